import type { Clock } from '../clock.ts';
import type { WarningWord } from '../contract/modem.ts';
import type { Logger } from '../log.ts';
import type { SimStore } from '../store/sim-store.ts';
import type { Attention } from './attention.ts';
import { balanceAmount } from './balance-amount.ts';
import type { SimInModem } from './silence-watch.ts';

const hourMs = 3_600_000;
/** A question that failed is asked again after so long. */
const retryMs = hourMs;
const failuresTold = 3;
const longestText = 200;

/** A SIM in a modem through which the network can be asked with a code; what it answers. */
export interface AskableSim extends SimInModem {
  readonly ussd: (code: string) => Promise<string>;
}

interface Reading {
  readonly text: string;
  readonly pattern: string | null;
  readonly amount: number | undefined;
}

export type BalanceStore = Pick<SimStore, 'get' | 'keepBalance'>;

/** Asks the network from time to time what is left on a SIM, and tells when that is little. */
export class BalanceWatch {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #store: BalanceStore;
  readonly #attention: Attention;
  readonly #asking = new Set<number>();
  #stopped = false;
  /** What was read out of the last answer of each SIM. */
  readonly #readings = new Map<number, Reading>();
  /** Questions that failed in a row, and when the last one did: monotonic milliseconds. */
  readonly #failures = new Map<number, { readonly count: number; readonly at: number }>();

  constructor(clock: Clock, log: Logger, store: BalanceStore, attention: Attention) {
    this.#clock = clock;
    this.#log = log;
    this.#store = store;
    this.#attention = attention;
  }

  /** What is still being asked comes to nothing. */
  stop(): void {
    this.#stopped = true;
  }

  /** Asks if it is time to. What became of it is told by its words alone; this never rejects. */
  async check(sim: AskableSim): Promise<void> {
    const code = sim.settings.balance_code;
    if (code === null) return this.#clear(sim);
    if (this.#stopped || this.#asking.has(sim.simId)) return;
    this.#asking.add(sim.simId);
    try {
      if (this.#isDue(sim)) await this.#ask(sim, code);
      else await this.#judge(sim);
    } catch (error) {
      this.#onFailure(sim, error as Error);
    } finally {
      this.#asking.delete(sim.simId);
    }
  }

  #isDue({ simId, settings }: AskableSim): boolean {
    const failedAt = this.#failures.get(simId)?.at;
    if (failedAt !== undefined && this.#clock.monotonic() - failedAt < retryMs) return false;
    const last = this.#store.get(simId)?.balance;
    const agoMs = last && this.#clock.now() - last.at;
    return agoMs === undefined || agoMs < 0 || agoMs >= settings.balance_every_hours * hourMs;
  }

  async #ask(sim: AskableSim, code: string): Promise<void> {
    const text = (await sim.ussd(code)).slice(0, longestText);
    this.#failures.delete(sim.simId);
    const amount = await this.#read(sim, text);
    if (this.#stopped) return;
    this.#store.keepBalance(sim.simId, { amount, text, at: this.#clock.now() });
    await this.#judge(sim);
  }

  async #read({ simId, settings }: AskableSim, text: string): Promise<number | undefined> {
    const pattern = settings.balance_pattern;
    const known = this.#readings.get(simId);
    if (known?.text === text && known.pattern === pattern) return known.amount;
    const amount = await balanceAmount(text, pattern);
    this.#readings.set(simId, { text, pattern, amount });
    return amount;
  }

  /** Once is nothing: the modem may have been busy. */
  #onFailure(sim: AskableSim, error: Error): void {
    if (this.#stopped) return;
    const count = (this.#failures.get(sim.simId)?.count ?? 0) + 1;
    this.#failures.set(sim.simId, { count, at: this.#clock.monotonic() });
    this.#log.info({ err: error, port: sim.notice.port }, 'the balance could not be asked for');
    if (count < failuresTold) return;
    this.#tell(sim, 'balance_unreadable', true, () => {
      return `What is left on ${nameOf(sim)} cannot be asked for with ${sim.settings.balance_code}: ${error.message}`;
    });
  }

  /** By what was answered last, also right after a start, and by the pattern and floor as they are now. */
  async #judge(sim: AskableSim): Promise<void> {
    const last = this.#store.get(sim.simId)?.balance;
    if (!last || this.#failures.has(sim.simId)) return;
    const floor = sim.settings.balance_floor;
    const amount = await this.#read(sim, last.text);
    if (this.#stopped) return;
    this.#tell(sim, 'balance_unreadable', amount === undefined, () => {
      const remedy = 'Set a balance_pattern that finds it with "postern sims settings".';
      return `The network's answer about ${nameOf(sim)} shows no amount: "${last.text}". ${remedy}`;
    });
    this.#tell(sim, 'balance_low', amount !== undefined && floor !== null && amount < floor, () => {
      return `Only ${amount} is left on ${nameOf(sim)}, less than ${floor}. Top it up. The network said: "${last.text}".`;
    });
  }

  #clear(sim: AskableSim): void {
    for (const word of ['balance_low', 'balance_unreadable'] as const)
      this.#attention.clear(sim.notice.modem_id, word);
  }

  #tell({ notice }: AskableSim, code: WarningWord, stands: boolean, sentence: () => string): void {
    if (stands) this.#attention.raise({ ...notice, problem: { code, message: sentence() } });
    else this.#attention.clear(notice.modem_id, code);
  }
}

function nameOf({ notice }: AskableSim): string {
  return notice.number ?? `the SIM in the modem at ${notice.port}`;
}
