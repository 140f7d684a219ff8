import type { Clock, Timer } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Database } from '../store/database.ts';

/** A greater difference between the wall clock and the time that has passed is no correction but a jump. */
const jumpMs = 3_600_000;
/** A clock that was set is believed when it went on evenly for so long. */
const steadyForMs = 600_000;
const lookEveryMs = 10_000;
/** What a time server corrects meanwhile does not begin the wait anew. */
const toleratedMs = 5_000;

/** A clock that may know that it is not to be believed. */
export interface DoubtedClock extends Clock {
  readonly doubt?: ClockDoubt | undefined;
}

/** Why the wall clock is not believed. */
export interface ClockDoubt {
  /** By the time that is gone by meanwhile, in milliseconds since 1970. */
  readonly since: number;
  readonly sentence: string;
}

/**
 * The wall clock as texts live by it. When it jumps by more than an hour, or stands before the newest row of the
 * database, it is doubted: `now()` goes on from the last time that was believed, until the wall clock has gone evenly
 * for ten minutes or a person says that it is right. (A machine without a battery or a network may start in 1970.)
 */
export class SteadyClock implements DoubtedClock {
  readonly #clock: Clock;
  readonly #database: Pick<Database, 'transaction' | 'afterCommit'>;
  readonly #log: Logger;
  readonly #believed: (byMs: number) => void;
  /** A believed time, and the monotonic time at which it was. */
  #anchor: { readonly wall: number; readonly at: number };
  #doubt: (ClockDoubt & { evenSince: number; offsetMs: number }) | undefined;
  #timer: Timer | undefined;

  constructor(
    clock: Clock,
    database: Pick<Database, 'transaction' | 'afterCommit'>,
    log: Logger,
    /** Called, in a transaction, with how far time moves when the wall clock is believed again. */
    believed: (byMs: number) => void,
  ) {
    this.#clock = clock;
    this.#database = database;
    this.#log = log;
    this.#believed = believed;
    this.#anchor = { wall: clock.now(), at: clock.monotonic() };
  }

  /** `newestAt`: the time of the newest row in the database, which cannot lie ahead. */
  start(newestAt: number | undefined): void {
    if (newestAt !== undefined && newestAt > this.#clock.now() + toleratedMs) {
      this.#anchor = { wall: newestAt, at: this.#clock.monotonic() };
      this.#begin('stands before the newest message');
    }
    this.#look();
  }

  stop(): void {
    this.#timer?.cancel();
  }

  /** Why the wall clock is not believed now: also what it did a moment ago counts. */
  get doubt(): ClockDoubt | undefined {
    this.now();
    return this.#doubt;
  }

  now(): number {
    const wall = this.#clock.now();
    const at = this.#clock.monotonic();
    const expected = this.#anchor.wall + at - this.#anchor.at;
    if (this.#doubt) return expected;
    if (Math.abs(wall - expected) > jumpMs) {
      this.#begin(`jumped by ${Math.round((wall - expected) / 60_000)} minutes`);
      return expected;
    }
    this.#anchor = { wall, at };
    return wall;
  }

  monotonic(): number {
    return this.#clock.monotonic();
  }

  after(delayMs: number, action: () => void): Timer {
    return this.#clock.after(delayMs, action);
  }

  /**
   * A person says that the wall clock is right: from when that is on disk. Throws where the disk does not take what
   * follows from it.
   */
  believe(): void {
    if (!this.doubt) return;
    const byMs = this.#clock.now() - this.now();
    this.#database.transaction(() => {
      this.#database.afterCommit(() => {
        this.#doubt = undefined;
        this.#anchor = { wall: this.#clock.now(), at: this.#clock.monotonic() };
        this.#log.warn({ byMs }, 'the clock of this machine is believed again');
      });
      this.#believed(byMs);
    });
  }

  #believeIfWritten(): void {
    try {
      this.believe();
    } catch (error) {
      this.#log.warn({ err: error }, 'the clock would be believed again, but that cannot be written down');
    }
  }

  #begin(what: string): void {
    const at = this.#clock.monotonic();
    const sentence = `The clock of this machine ${what}: it says ${new Date(this.#clock.now()).toISOString()}. Scheduled texts, expiry and limits wait until it has gone evenly for ten minutes, or until you confirm that it is right.`;
    const since = this.#anchor.wall + at - this.#anchor.at;
    this.#doubt = { since, sentence, evenSince: at, offsetMs: this.#clock.now() - at };
    this.#log.warn(sentence);
  }

  #look(): void {
    this.now();
    const doubt = this.#doubt;
    if (doubt) {
      const at = this.#clock.monotonic();
      const offsetMs = this.#clock.now() - at;
      if (Math.abs(offsetMs - doubt.offsetMs) > toleratedMs)
        Object.assign(doubt, { evenSince: at, offsetMs });
      else if (at - doubt.evenSince >= steadyForMs) this.#believeIfWritten();
    }
    this.#timer = this.#clock.after(lookEveryMs, () => this.#look());
  }
}
