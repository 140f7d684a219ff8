import type { Timer } from '../clock.ts';
import type { FailureWord } from '../contract/message.ts';
import type { Logger } from '../log.ts';
import type { BlameStore } from '../store/blame-store.ts';
import type { OutboundLedger, OutboundLife } from './outbound-life.ts';
import { type HeldTrouble, QueueHold } from './queue-hold.ts';
import { Sender, type SendingSim, type SimStanding } from './sender.ts';
import type { SendingRules } from './sending-rules.ts';
import { type BlameStanding, SimBlame } from './sim-blame.ts';
import type { DoubtedClock } from './steady-clock.ts';

/** What stands between a number and sending, told when its texts expire over it. */
export interface SendingObstacle {
  readonly word: FailureWord;
  readonly sentence: string;
}

/** Told when no text of a SIM can leave, with a sentence for people, and with none when one has left again. */
export type SimTroubled = (
  simId: number,
  sentence: string | undefined,
  word?: 'sim_refused' | HeldTrouble['word'],
) => void;

/** Why the queue of a SIM that is there rests, and for how much longer. Milliseconds. */
export interface Rest {
  readonly kind: 'sim_blamed' | 'modem_trouble';
  readonly ms: number;
}

/** So many texts change their status in one commit; a long queue is moved in several, so that nothing stalls. */
const flippedAtOnce = 200;
const expiredAtOnce = 100;
const longestWaitMs = 60_000;
const troublePauseMs = 5_000;

/**
 * Knows which number can send now and keeps a sender for each of them: texts follow their number, wherever its SIM
 * turns up.
 */
export class Router {
  readonly #ledger: OutboundLedger;
  readonly #life: OutboundLife;
  readonly #clock: DoubtedClock;
  readonly #log: Logger;
  readonly #rules: SendingRules;
  readonly #settlementDue: () => void;
  readonly #obstacle: (number: string) => SendingObstacle | undefined;
  readonly #blamed: SimTroubled;
  readonly #blames: Pick<BlameStore, 'all' | 'keep' | 'forget'> | undefined;
  readonly #senders = new Map<string, { readonly sim: SendingSim; readonly sender: Sender }>();
  readonly #ending = new Set<Promise<void>>();
  /** By SIM. */
  readonly #standings = new Map<number, SimStanding>();
  /** By SIM, what its texts were shown by last. */
  readonly #allowed = new Map<number, boolean>();
  #expiry: Timer | undefined;
  #stopped = false;

  constructor(
    ledger: OutboundLedger,
    life: OutboundLife,
    clock: DoubtedClock,
    log: Logger,
    rules: SendingRules,
    settlementDue: () => void,
    obstacle: (number: string) => SendingObstacle | undefined,
    blamed: SimTroubled = () => undefined,
    /** Where it is kept which SIMs are blamed. */
    blames?: Pick<BlameStore, 'all' | 'keep' | 'forget'>,
  ) {
    this.#ledger = ledger;
    this.#life = life;
    this.#clock = clock;
    this.#log = log;
    this.#rules = rules;
    this.#settlementDue = settlementDue;
    this.#obstacle = obstacle;
    this.#blamed = blamed;
    this.#blames = blames;
  }

  /** No SIM is there yet: what a former run left as dispatched waits again. */
  start(): void {
    for (const kept of this.#blames?.all() ?? []) {
      this.#standing(kept.simId, kept);
      this.#blamed(kept.simId, kept.sentence);
    }
    for (const number of this.#ledger.outbound.waitingNumbers()) this.#flip(number, 'queued');
    this.#expire();
  }

  /** Begins nothing new; resolves when every segment in hand has its result. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#expiry?.cancel();
    for (const [number] of this.#senders) this.#end(number);
    await Promise.all(this.#ending);
  }

  canSendNow(number: string): boolean {
    const { sim } = this.#senders.get(number) ?? {};
    if (!sim || this.#standings.get(sim.simId)?.blame.blamed) return false;
    return this.#rules.allowsNow(sim.simId);
  }

  /** Whether the SIM of this number is in a modem that can send now, whatever its texts wait for. */
  isPresent(number: string): boolean {
    return this.#senders.has(number);
  }

  restOf(simId: number): Rest | undefined {
    const { blame, hold } = this.#standings.get(simId) ?? {};
    if (blame && blame.remainingMs > 0) return { kind: 'sim_blamed', ms: blame.remainingMs };
    if (hold && hold.remainingMs > 0) return { kind: 'modem_trouble', ms: hold.remainingMs };
    return undefined;
  }

  /** Takes note of all SIMs that can send now. */
  update(sims: readonly SendingSim[]): void {
    if (this.#stopped) return;
    const byNumber = new Map(sims.map((sim) => [sim.number, sim]));
    for (const [number, { sim }] of this.#senders) {
      const now = byNumber.get(number);
      if (now?.simId !== sim.simId || now.modem !== sim.modem) this.#end(number);
    }
    for (const [number, sim] of byNumber) if (!this.#senders.has(number)) this.#begin(number, sim);
  }

  /** A person has set something for a SIM, or for all. */
  rulesChanged(): void {
    this.#rules.changed();
    for (const [number, { sim, sender }] of this.#senders) {
      this.#onLimit(sim.simId);
      sender.wake();
      this.#flip(number, this.canSendNow(number) ? 'dispatched' : 'queued');
    }
  }

  /** Something new waits for this number. */
  wake(number: string): void {
    this.#senders.get(number)?.sender.wake();
  }

  #begin(number: string, sim: SendingSim): void {
    const sender = new Sender(
      sim,
      this.#ledger,
      this.#life,
      this.#standing(sim.simId),
      this.#clock,
      this.#log,
      this.#settlementDue,
    );
    this.#senders.set(number, { sim, sender });
    sender.start();
    this.#flip(number, 'dispatched');
    this.#flip(number, 'queued');
  }

  #standing(simId: number, kept?: BlameStanding): SimStanding {
    const known = this.#standings.get(simId);
    if (known) return known;
    const standing: SimStanding = {
      hold: new QueueHold(this.#clock),
      blame: new SimBlame(this.#clock, kept),
      unrecorded: [],
      blamed: (sentence) => this.#onBlame(simId, sentence),
      held: (trouble) => this.#blamed(simId, trouble?.sentence, trouble?.word),
      rules: this.#rules,
      limited: () => this.#onLimit(simId),
    };
    this.#standings.set(simId, standing);
    return standing;
  }

  /** Texts are shown as `queued` while a limit or a window keeps them, and as `dispatched` when it does no longer. */
  #onLimit(simId: number): void {
    const allowed = this.#rules.allowsNow(simId);
    if ((this.#allowed.get(simId) ?? true) === allowed) return;
    this.#allowed.set(simId, allowed);
    for (const [number, { sim }] of this.#senders)
      if (sim.simId === simId) this.#flip(number, allowed ? 'dispatched' : 'queued');
  }

  #onBlame(simId: number, sentence: string | undefined): void {
    this.#keepBlame(simId, sentence);
    this.#blamed(simId, sentence);
    for (const [number, { sim }] of this.#senders)
      if (sim.simId === simId) this.#flip(number, sentence === undefined ? 'dispatched' : 'queued');
  }

  /** What cannot be kept holds all the same until the program ends. */
  #keepBlame(simId: number, sentence: string | undefined): void {
    const standing = this.#standings.get(simId)?.blame.standing;
    try {
      if (standing && sentence !== undefined) this.#blames?.keep({ simId, ...standing, sentence });
      else this.#blames?.forget(simId);
    } catch (error) {
      this.#log.warn({ err: error }, 'the blame of a SIM cannot be written down');
    }
  }

  #end(number: string): void {
    const { sender } = this.#senders.get(number) ?? {};
    this.#senders.delete(number);
    if (!sender) return;
    const ending = sender.stop().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
    this.#flip(number, 'queued');
  }

  #flip(number: string, to: 'queued' | 'dispatched'): void {
    if (this.#stopped) return;
    const wanted = this.canSendNow(number) ? 'dispatched' : 'queued';
    if (wanted !== to) return;
    const againMs = this.#flipSome(number, to);
    if (againMs !== undefined) this.#clock.after(againMs, () => this.#flip(number, to));
  }

  /** When there is more to do; what the disk does not take now is tried again. */
  #flipSome(number: string, to: 'queued' | 'dispatched'): number | undefined {
    try {
      return this.#life.flip(number, to, flippedAtOnce) ? 0 : undefined;
    } catch (error) {
      this.#log.error({ err: error, number }, 'the status of waiting texts cannot be written down');
      return troublePauseMs;
    }
  }

  /** Looks, once a minute at least, for what is too old, and for what waits for evidence. */
  #expire(): void {
    this.#settlementDue();
    this.#expiry = this.#clock.after(this.#expireDue(), () => this.#expire());
  }

  /** Fails what is too old now; answers when to look again. Where the disk does not take it, that is later. */
  #expireDue(): number {
    if (this.#clock.doubt) return longestWaitMs;
    try {
      const expired = this.#life.expire(expiredAtOnce, this.#obstacle);
      const now = this.#clock.now();
      const next =
        expired === expiredAtOnce ? now : (this.#ledger.outbound.nextExpiry() ?? now + longestWaitMs);
      return Math.min(Math.max(next - now, 0), longestWaitMs);
    } catch (error) {
      this.#log.error({ err: error }, 'texts past their validity cannot be marked');
      return troublePauseMs;
    }
  }
}
