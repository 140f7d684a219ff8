import type { Clock, Timer } from '../clock.ts';
import type { WarningWord } from '../contract/modem.ts';
import type { Logger } from '../log.ts';
import type { AbsenceWatch } from './absence-watch.ts';
import type { Attention } from './attention.ts';
import type { AskableSim, BalanceWatch } from './balance-watch.ts';
import type { SilenceWatch } from './silence-watch.ts';

const roundEveryMs = 60_000;

/** A modem that has just come back first gets what waited for it. */
const settledAfterMs = 600_000;

const simWords: readonly WarningWord[] = ['no_reports', 'no_inbound', 'balance_low', 'balance_unreadable'];

export interface RoundsContext {
  readonly clock: Clock;
  readonly log: Logger;
  readonly attention: Attention;
  readonly absence: AbsenceWatch;
  readonly silence: SilenceWatch;
  readonly balance: BalanceWatch;
  /** The SIMs in modems that are ready. */
  readonly sims: () => readonly Omit<AskableSim, 'seenAt'>[];
}

/** Goes round all modems and SIMs each minute, to see what has been missing for too long. */
export class SimRounds {
  readonly #context: RoundsContext;
  /** When each SIM was first seen: milliseconds since 1970. */
  readonly #seenAt = new Map<number, number>();
  /** The SIM that the warnings of a modem are about. */
  readonly #simIn = new Map<string, number>();
  #timer: Timer | undefined;

  constructor(context: RoundsContext) {
    this.#context = context;
  }

  start(): void {
    this.#timer = this.#context.clock.after(roundEveryMs, () => {
      this.start();
      this.#context.absence.check();
      this.#attempt(() => this.#lookAtSims());
    });
  }

  stop(): void {
    this.#timer?.cancel();
    this.#context.balance.stop();
  }

  #lookAtSims(): void {
    const { absence, silence, balance } = this.#context;
    const sims = this.#context.sims();
    this.#clearMoved(sims);
    for (const present of sims) {
      const { modem_id: modemId } = present.notice;
      const sim = { ...present, seenAt: this.#firstSeen(present.simId) };
      this.#simIn.set(modemId, sim.simId);
      this.#attempt(() => absence.readyFor(modemId, settledAfterMs) && silence.check(sim));
      void balance.check(sim);
    }
  }

  /** What the disk refuses is looked at again in the next round. */
  #attempt(look: () => void): void {
    try {
      look();
    } catch (error) {
      this.#context.log.warn({ err: error }, 'what the SIMs are silent about could not be looked at');
    }
  }

  #firstSeen(simId: number): number {
    const seenAt = this.#seenAt.get(simId) ?? this.#context.clock.now();
    this.#seenAt.set(simId, seenAt);
    return seenAt;
  }

  /** What was said of a SIM is not said of the modem that it was taken out of. */
  #clearMoved(sims: readonly Omit<AskableSim, 'seenAt'>[]): void {
    for (const [modemId, simId] of this.#simIn) {
      const other = sims.find((sim) => (sim.notice.modem_id === modemId) !== (sim.simId === simId));
      if (!other) continue;
      for (const word of simWords) this.#context.attention.clear(modemId, word);
      this.#simIn.delete(modemId);
    }
  }
}
