import type { Clock, Timer } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { SegmentRow } from '../store/segment-store.ts';
import type { DeliveryReports } from './delivery-reports.ts';
import type { OutboundLedger, OutboundLife } from './outbound-life.ts';
import type { Refusal } from './refusal-judgement.ts';

/** The wall clock may be set while texts wait: it is looked at again at least this often. */
const longestWaitMs = 60_000;
const troublePauseMs = 5_000;

/** No text is in a modem's hands for so long: each has its result, or none for good, in a few minutes. */
const longestHandingOverMs = 600_000;

/** No modem answers a send later than this, even one that was given up. */
const latestAnswerMs = 3_600_000;

/** Reading what a modem has told of takes no longer; so often is looked whether it was read. */
const longestReadingMs = 20_000;
const readingPauseMs = 250;

/** A report that lay in wait since so long before the handing-over may be its evidence. */
const evidenceSinceMs = 120_000;

/**
 * Ends the waiting of texts that may have been sent: by a late answer, by a report that was there already, or by
 * the end of the time in which evidence is waited for. What a crash left half done starts its wait anew.
 */
export class Settlement {
  readonly #ledger: OutboundLedger;
  readonly #life: OutboundLife;
  readonly #reports: DeliveryReports;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #hasUnread: (simId: number) => boolean;
  #timer: Timer | undefined;
  /** Tries to write down what is known only here. */
  readonly #tries = new Set<Timer>();

  constructor(
    ledger: OutboundLedger,
    life: OutboundLife,
    reports: DeliveryReports,
    clock: Clock,
    log: Logger,
    /** Whether a SIM's modem has told of something that was not read yet. */
    hasUnread: (simId: number) => boolean = () => false,
  ) {
    this.#ledger = ledger;
    this.#life = life;
    this.#reports = reports;
    this.#clock = clock;
    this.#log = log;
    this.#hasUnread = hasUnread;
  }

  /** What was being handed over when the program ended is ambiguous now, and waits its full time for evidence. */
  start(): void {
    for (const segment of [
      ...this.#ledger.segments.inState('submitting'),
      ...this.#ledger.segments.inState('ambiguous'),
    ]) {
      this.#life.ambiguous(segment.segment_id, 'the gateway ended before the result was known');
    }
    this.check();
  }

  stop(): void {
    this.#timer?.cancel();
    for (const attempt of this.#tries) attempt.cancel();
  }

  /** Looks at what waits, and sets the timer for the rest. Where the disk does not take it, it looks again. */
  check(): void {
    this.#timer?.cancel();
    const waitMs = this.#settleDue();
    if (waitMs !== undefined) this.#timer = this.#clock.after(waitMs, () => this.check());
  }

  #settleDue(): number | undefined {
    try {
      const now = this.#clock.now();
      this.#reports.reconsider();
      for (const segment of this.#ledger.segments.inState('submitting')) this.#giveUpLost(segment, now);
      for (const segment of this.#ledger.segments.inState('ambiguous')) this.#settle(segment, now);
      const next = this.#ledger.segments.inState('ambiguous').map(({ settle_by }) => settle_by ?? now);
      if (next.length === 0) return undefined;
      return Math.min(Math.max(Math.min(...next) - now + 1, readingPauseMs), longestWaitMs);
    } catch (error) {
      this.#log.error({ err: error }, 'texts of unknown fate cannot be settled');
      return troublePauseMs;
    }
  }

  /** A disk that was full when the SIM went away leaves a text in the hands of nobody. */
  #giveUpLost(segment: SegmentRow, now: number): void {
    if (now - (segment.submitted_at ?? now) > longestHandingOverMs)
      this.#life.ambiguous(segment.segment_id, 'its result was never written down');
  }

  #settle(segment: SegmentRow, now: number): void {
    const since = (segment.submitted_at ?? now) - evidenceSinceMs;
    const earlier = segment.sim_id === null ? [] : this.#ledger.reports.unmatchedSince(segment.sim_id, since);
    if (this.#reports.settleByEarlier(segment, earlier)) return;
    if ((segment.settle_by ?? 0) <= now && !this.#mayStillBeRead(segment, now))
      this.#life.unresolved(segment.segment_id);
  }

  /**
   * While a late answer is listened for, nothing is read from the modem: evidence that it told of in that time is given
   * a moment more.
   */
  #mayStillBeRead({ sim_id: simId, settle_by: settleBy }: SegmentRow, now: number): boolean {
    return simId !== null && now < (settleBy ?? 0) + longestReadingMs && this.#hasUnread(simId);
  }

  /** `+CMGS: n` came with nothing pending: it answers the text of this SIM whose fate is not known. */
  lateSubmit(simId: number, reference: number): void {
    const segment = this.#latest(simId);
    const proof = `a late answer of the modem (reference ${reference})`;
    if (segment) this.#write(() => this.#life.accepted(segment.segment_id, reference, proof));
    this.check();
  }

  /** An error came for a send that had been given up. */
  lateRefusal(simId: number, refusal: Refusal, afterMs: number): void {
    const segment = this.#latest(simId);
    if (segment?.state === 'ambiguous') this.#write(() => this.#life.refusedLate(segment, refusal, afterMs));
    this.check();
  }

  /** The modem says it once: what the disk does not take now is written as soon as it does. */
  #write(evidence: () => void): void {
    try {
      evidence();
    } catch (error) {
      this.#log.error({ err: error }, 'a late answer of a modem cannot be written down');
      const again = this.#clock.after(troublePauseMs, () => {
        this.#tries.delete(again);
        this.#write(evidence);
      });
      this.#tries.add(again);
    }
  }

  /** Of this SIM: one at a time is handed over, and the modem answers no other but the last. */
  #latest(simId: number): SegmentRow | undefined {
    return this.#ledger.segments.latestUndecided(simId, this.#clock.now() - latestAnswerMs);
  }
}
