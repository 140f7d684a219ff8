import type { Clock, Timer } from '../clock.ts';
import { hoursKeptMs, minutesKeptMs } from '../contract/health.ts';
import type { Logger } from '../log.ts';
import type { ModemFacts } from '../modem/modem-facts.ts';
import type { HealthMinute, HealthStore } from '../store/health-store.ts';
import { OnlineShare } from './online-share.ts';
import { SteadyTime } from './steady-time.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** So few hours are made and rows pruned at once that nothing else waits; the rest follows soon. */
const prunedAtOnce = 200;
const catchUpMs = 1_000;

/** A modem whose history is kept, under the id that it is shown with. */
export interface RecordedModem {
  readonly modemId: string;
  readonly facts: ModemFacts;
}

/** Writes down each minute how every modem fares, makes hours of the minutes, and forgets what is old. */
export class HealthHistory {
  readonly #store: HealthStore;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #modems: () => readonly RecordedModem[];
  readonly #shares: OnlineShare;
  #time: SteadyTime | undefined;
  #timer: Timer | undefined;
  #catchUpTimer: Timer | undefined;

  constructor(store: HealthStore, clock: Clock, log: Logger, modems: () => readonly RecordedModem[]) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
    this.#modems = modems;
    this.#shares = new OnlineShare(clock);
  }

  start(): void {
    this.#time = new SteadyTime(this.#clock, this.#store.newestMinute());
    this.#arm();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#catchUpTimer?.cancel();
  }

  /** A modem is ready, or no longer. */
  note(modemId: string, ready: boolean): void {
    this.#shares.note(modemId, ready);
  }

  /** At the end of the minute; a timer that is a little early must not come twice. */
  #arm(): void {
    const restMs = minuteMs - (this.#clock.now() % minuteMs);
    const delayMs = restMs < minuteMs / 2 ? restMs + minuteMs : restMs;
    this.#timer = this.#clock.after(delayMs, () => {
      this.#arm();
      this.#attempt(() => this.#record());
      this.#tidy();
    });
  }

  /** The minute that has just ended. */
  #record(): void {
    const at = Math.round(this.#clock.now() / minuteMs) * minuteMs - minuteMs;
    const modems = this.#modems().filter(({ facts }) => facts.id !== facts.port || facts.state === 'ready');
    const shares = this.#shares.take(new Set(modems.map(({ modemId }) => modemId)));
    if (modems.length === 0) return;
    this.#store.add(modems.map((modem) => minuteOf(modem, at, shares.get(modem.modemId) ?? 0)));
  }

  /** Hours and pruning, a piece at a time until all is done. */
  #tidy(): void {
    this.#catchUpTimer?.cancel();
    this.#attempt(() => {
      const more = [this.#makeHour(), this.#prune()].includes(true);
      if (more) this.#catchUpTimer = this.#clock.after(catchUpMs, () => this.#tidy());
    });
  }

  /** Makes the oldest hour that is over and was not made; whether there may be another. */
  #makeHour(): boolean {
    const now = this.#clock.now();
    const first = this.#store.firstMinute(this.#store.hoursEnd(now) ?? 0);
    if (first === undefined) return false;
    const hour = Math.floor(first / hourMs) * hourMs;
    if (hour + hourMs > now) return false;
    this.#store.makeHour(hour);
    return true;
  }

  #prune(): boolean {
    if (!this.#time?.steady) return false;
    const now = this.#clock.now();
    return this.#store.prune(now - minutesKeptMs, now - hoursKeptMs, prunedAtOnce) >= prunedAtOnce;
  }

  /** A full disk must not end the recording: the next minute tries again. */
  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#log.warn({ err: error }, 'The health of the modems could not be written down');
    }
  }
}

function minuteOf({ modemId, facts }: RecordedModem, at: number, online: number): HealthMinute {
  const { health } = facts;
  return {
    modemId,
    at,
    simId: facts.sim?.simId,
    online,
    signal: facts.signal,
    reference: health?.reference,
    quality: health?.quality,
    temperature: health?.temperature,
    supply: health?.supply,
    storagePercent: health && fullest(health.stores),
    technology: facts.technology,
    operator: facts.operator,
  };
}

/** How full the fullest store is, in percent. */
function fullest(stores: readonly { readonly used: number; readonly total: number }[]): number | undefined {
  const shares = stores.filter(({ total }) => total > 0).map(({ used, total }) => (100 * used) / total);
  return shares.length === 0 ? undefined : Math.max(...shares);
}
