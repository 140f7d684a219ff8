import type { Clock, Timer } from '../clock.ts';
import type { MessageDirection } from '../contract/message.ts';
import { leastDaysKept, type RetentionSettings } from '../contract/retention.ts';
import type { Logger } from '../log.ts';
import type { RetentionStore } from '../store/retention-store.ts';

const dayMs = 24 * 3_600_000;
const firstPassMs = 60_000;
const passEveryMs = 3_600_000;

/** One slice is one commit of so few messages that whatever else waits does not notice; then others have their turn. */
const messagesAtOnce = 3;
const sliceEveryMs = 25;
/** So many entries of an index are passed over in a fraction of a millisecond. */
const countedAtOnce = 5_000;
const reportsAtOnce = 200;

const directions: readonly MessageDirection[] = ['inbound', 'outbound'];

/**
 * Forgets messages by age and count, and takes texts out of old ones, as a person has set it; nothing by default. Never
 * what is not final, and never what is younger than two days. While the clock is in doubt nothing ages.
 */
export class Retention {
  readonly #store: RetentionStore;
  readonly #settings: () => RetentionSettings;
  readonly #isTimeSteady: () => boolean;
  readonly #clock: Clock;
  readonly #log: Logger;
  #pass: Generator<number> | undefined;
  #done = 0;
  #timer: Timer | undefined;

  constructor(
    store: RetentionStore,
    settings: () => RetentionSettings,
    isTimeSteady: () => boolean,
    clock: Clock,
    log: Logger,
  ) {
    this.#store = store;
    this.#settings = settings;
    this.#isTimeSteady = isTimeSteady;
    this.#clock = clock;
    this.#log = log;
  }

  start(): void {
    this.#after(firstPassMs);
  }

  stop(): void {
    this.#timer?.cancel();
    this.#pass = undefined;
  }

  #after(ms: number): void {
    this.#timer = this.#clock.after(ms, () => this.#step());
  }

  /** One slice; what fails is tried again with the next pass. */
  #step(): void {
    try {
      const slice = this.#nextSlice();
      if (!slice.done) {
        this.#done += slice.value;
        return this.#after(sliceEveryMs);
      }
    } catch (error) {
      this.#log.warn({ err: error }, 'old messages cannot be forgotten now');
    }
    if (this.#done > 0) this.#log.info({ messages: this.#done }, 'old messages were forgotten or redacted');
    this.#done = 0;
    this.#pass = undefined;
    this.#after(passEveryMs);
  }

  #nextSlice(): IteratorResult<number> {
    if (!this.#isTimeSteady()) return { done: true, value: undefined };
    this.#pass ??= this.#slices();
    return this.#pass.next();
  }

  /** All that there is to do, a slice at a time; each yields how many messages it has changed. */
  *#slices(): Generator<number> {
    for (const direction of directions) {
      const { days, count, redactDays } = limitsOf(this.#settings(), direction);
      if (days !== null) yield* this.#removeOlder(direction, days);
      if (count !== null) yield* this.#removeBeyond(direction, count);
      if (redactDays !== null) yield* this.#redactOlder(direction, redactDays);
    }
    const { keep_outbound_days: reportDays } = this.#settings();
    if (reportDays !== null) {
      while (this.#store.removeReports(this.#before(reportDays), reportsAtOnce) === reportsAtOnce) yield 0;
    }
    while (this.#store.removeUsage(this.#clock.now(), reportsAtOnce) === reportsAtOnce) yield 0;
  }

  *#removeOlder(direction: MessageDirection, days: number): Generator<number> {
    const before = this.#before(days);
    for (const emptied of [false, true]) {
      yield* this.#byAge(direction, emptied, before, (seqs, now) => this.#store.remove(seqs, before, now));
    }
  }

  *#redactOlder(direction: MessageDirection, days: number): Generator<number> {
    const before = this.#before(days);
    yield* this.#byAge(direction, false, before, (seqs, now) => this.#store.redact(seqs, before, now));
  }

  /** What is left over because it is not final is passed by, and looked at again in the next pass. */
  *#byAge(
    direction: MessageDirection,
    emptied: boolean,
    before: number,
    act: (seqs: readonly number[], now: number) => number,
  ): Generator<number> {
    let last = { seq: 0, created_at: Number.MIN_SAFE_INTEGER };
    for (;;) {
      const found = this.#store.olderThan(direction, emptied, before, last, messagesAtOnce);
      if (found.length === 0) return;
      last = found.at(-1) ?? last;
      yield act(
        found.map(({ seq }) => seq),
        this.#clock.now(),
      );
    }
  }

  *#removeBeyond(direction: MessageDirection, count: number): Generator<number> {
    let first = Number.MAX_SAFE_INTEGER;
    for (let left = count; left > 0; left -= countedAtOnce) {
      const stepped = this.#store.stepBack(direction, first, Math.min(left, countedAtOnce));
      if (stepped === undefined) return;
      first = stepped;
      yield 0;
    }
    const before = this.#before(leastDaysKept);
    for (let last = 0; ; ) {
      const found = this.#store.between(direction, last, first, messagesAtOnce);
      if (found.length === 0) return;
      last = found.at(-1) ?? last;
      yield this.#store.remove(found, before, this.#clock.now());
    }
  }

  #before(days: number): number {
    return this.#clock.now() - days * dayMs;
  }
}

function limitsOf(settings: RetentionSettings, direction: MessageDirection) {
  return direction === 'inbound'
    ? {
        days: settings.keep_inbound_days,
        count: settings.keep_inbound_count,
        redactDays: settings.redact_inbound_days,
      }
    : {
        days: settings.keep_outbound_days,
        count: settings.keep_outbound_count,
        redactDays: settings.redact_outbound_days,
      };
}
