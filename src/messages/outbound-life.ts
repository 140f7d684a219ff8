import type { Clock } from '../clock.ts';
import type { FailureWord, Message } from '../contract/message.ts';
import { formatTimestamp } from '../contract/timestamp.ts';
import type { Database } from '../store/database.ts';
import type { EventLog } from '../store/event-log.ts';
import type { MessageRow } from '../store/message-row.ts';
import type { OutboundRow, OutboundStore } from '../store/outbound-store.ts';
import type { ReportRow, ReportStore } from '../store/report-store.ts';
import type { NewAttempt, SegmentRow, SegmentState, SegmentStore } from '../store/segment-store.ts';
import type { TimelineStore } from '../store/timeline-store.ts';
import { sameRecipient } from './recipient-match.ts';
import { type Judgement, judgeRefusal, type Refusal } from './refusal-judgement.ts';
import { judgeReport } from './report-judgement.ts';
import { mostAttempts, onceMorePauseMs, retryPauseMs } from './retry-schedule.ts';
import type { SendingRules } from './sending-rules.ts';

/** What a message's life is written in. */
export interface OutboundLedger {
  readonly database: Pick<Database, 'transaction' | 'transactionToActUpon' | 'afterCommit' | 'version'>;
  readonly outbound: OutboundStore;
  readonly segments: SegmentStore;
  readonly reports: ReportStore;
  readonly timeline: TimelineStore;
  readonly events: Pick<EventLog, 'record' | 'announce' | 'heard'>;
  readonly toMessage: (row: MessageRow) => Message;
  /** Whether a recipient wants no more texts. */
  readonly hasOptedOut?: (recipient: string) => boolean;
}

/** How long evidence is awaited for a text that may have been sent, where nothing else is set. Milliseconds. */
export const defaultEvidenceWaitMs = 60_000;

/** A `due_at` that no clock reaches: the text waits for evidence, not for time. */
const heldForEvidence = 9_000_000_000_000_000;

/** A segment of which the network has not yet said what became of it; in any other state it has. */
const undecidedStates: ReadonlySet<SegmentState> = new Set([
  'waiting',
  'submitting',
  'ambiguous',
  'unresolved',
]);

/** A report that came before its `+CMGS` belongs to what was handed over so shortly before. */
const earlyReportMs = 600_000;

/** What a person has set for each SIM, as far as the life of its texts depends on it. */
export type LifeRules = Pick<SendingRules, 'of' | 'cost'>;

/** What the sender does after a refusal. */
export type Verdict =
  | { readonly next: 'go-on'; readonly judgement?: Judgement }
  | { readonly next: 'hold'; readonly judgement: Judgement };

/**
 * Every move of an outbound text after it was accepted, each in one transaction that is on disk when the method
 * returns: status, segments, attempts, timeline and events move together or not at all.
 *
 *     queued ⇄ dispatched ─► sent ─► delivered
 *         └────────┴──► failed ─(evidence after ambiguous_submit)─► sent
 */
export class OutboundLife {
  readonly #ledger: OutboundLedger;
  readonly #clock: Clock;
  readonly #evidenceWaitMs: number;
  readonly #wake: (number: string) => void;
  readonly #random: () => number;
  readonly #rules: LifeRules | undefined;

  constructor(
    ledger: OutboundLedger,
    clock: Clock,
    evidenceWaitMs: number = defaultEvidenceWaitMs,
    /** Called with a number for which a text may leave again. */
    wake: (number: string) => void = () => undefined,
    random: () => number = Math.random,
    /** What a person has set for each SIM. */
    rules: LifeRules | undefined = undefined,
  ) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#evidenceWaitMs = evidenceWaitMs;
    this.#wake = wake;
    this.#random = random;
    this.#rules = rules;
  }

  /** The PDU leaves now. False when the text does not wait any more, and must not leave. */
  begin(messageSeq: number, attempt: Omit<NewAttempt, 'at'>, position: number): boolean {
    const { database, outbound, segments, timeline } = this.#ledger;
    return database.transaction(() => {
      const row = outbound.get(messageSeq);
      if (!row || (row.status !== 'queued' && row.status !== 'dispatched')) return false;
      if (row.started === 0 && this.#isUnwanted(row)) return false;
      const at = this.#clock.now();
      if (row.due_at > at) return false;
      if (!segments.begin({ ...attempt, at })) return false;
      if (row.status === 'queued') outbound.setStatus(messageSeq, 'dispatched');
      if (row.started === 0) outbound.setStarted(messageSeq, true);
      timeline.add(messageSeq, at, 'submitting', position, attempt.port);
      if (row.status === 'queued') this.#announce(messageSeq);
      return true;
    });
  }

  /** Its recipient said STOP while it waited: it fails here, where nothing of it has left. */
  #isUnwanted({ seq, to_number: recipient }: OutboundRow): boolean {
    if (!this.#ledger.hasOptedOut?.(recipient)) return false;
    this.#fail(seq, 'cancelled', 'the recipient asked for no more texts before any part of it left');
    return true;
  }

  /** The network took the segment. `reference` is its TP-MR, undefined where only a report proves it. */
  accepted(segmentId: number, reference: number | undefined, proof?: string): void {
    this.#ledger.database.transaction(() => {
      const segment = this.#ledger.segments.get(segmentId);
      if (!segment || !undecidedStates.has(segment.state)) return;
      const at = this.#clock.now();
      this.#ledger.segments.setAccepted(segmentId, reference, at);
      this.#ledger.segments.endAttempt(segmentId, { outcome: 'accepted', detail: proof, at });
      const detail = proof ?? `reference ${reference}`;
      this.#ledger.timeline.add(
        segment.message_seq,
        at,
        proof ? 'segment_settled' : 'segment_accepted',
        segment.position,
        detail,
      );
      this.#whenSegmentLeft(segment.message_seq, at);
      if (reference === undefined) return;
      if (!proof) this.#hintAtOthers(segment, reference, at);
      this.#applyEarlyReports(segment, reference, at);
    });
  }

  /** The modem or the network refused. `afterMs` counts from the PDU; undefined when it was never written. */
  refused(
    segmentId: number,
    refusal: Refusal,
    afterMs: number | undefined,
    attempt: Omit<NewAttempt, 'at'>,
  ): Verdict {
    const judgement = judgeRefusal(refusal, afterMs);
    if (judgement.class === 'accepted') {
      this.accepted(segmentId, undefined, refusal.text);
      return { next: 'go-on' };
    }
    if (judgement.class === 'ambiguous') {
      this.ambiguous(segmentId, refusal.text);
      return { next: 'go-on' };
    }
    return this.#ledger.database.transaction(() =>
      this.#applyRefusal(segmentId, refusal, judgement, afterMs, attempt),
    );
  }

  /** How the modem stood when it refused a segment. */
  explained(segmentId: number, circumstances: string): void {
    const segment = this.#ledger.segments.get(segmentId);
    if (segment)
      this.#ledger.timeline.add(
        segment.message_seq,
        this.#clock.now(),
        'circumstances',
        segment.position,
        circumstances,
      );
  }

  /** An error code for a text that already waits for evidence; one that explains nothing changes nothing. */
  refusedLate(segment: SegmentRow, refusal: Refusal, afterMs: number): void {
    const judgement = judgeRefusal(refusal, afterMs);
    if (judgement.class === 'ambiguous') return;
    if (judgement.class === 'accepted') return this.accepted(segment.segment_id, undefined, refusal.text);
    this.#ledger.database.transaction(() => this.#endRefused(segment, refusal, judgement, this.#clock.now()));
  }

  /** It may have been sent, and nobody knows: the text waits for evidence. */
  ambiguous(segmentId: number, cause: string): void {
    this.#ledger.database.transaction(() => {
      const segment = this.#ledger.segments.get(segmentId);
      if (!segment || (segment.state !== 'submitting' && segment.state !== 'ambiguous')) return;
      const at = this.#clock.now();
      this.#ledger.segments.setAmbiguous(segmentId, at + this.#evidenceWait(segment));
      if (segment.state === 'submitting')
        this.#ledger.segments.endAttempt(segmentId, { outcome: 'ambiguous', detail: cause, at });
      if (this.#isWaiting(segment.message_seq)) {
        this.#ledger.outbound.postpone(segment.message_seq, heldForEvidence, 'dispatched');
        this.#ledger.outbound.setStarted(segment.message_seq, true);
      }
      this.#ledger.timeline.add(segment.message_seq, at, 'segment_ambiguous', segment.position, cause);
    });
  }

  /** No evidence came in time. */
  unresolved(segmentId: number): void {
    this.#ledger.database.transaction(() => {
      const segment = this.#ledger.segments.get(segmentId);
      if (segment?.state !== 'ambiguous') return;
      if (this.#mayBeResent(segment)) return this.#resend(segment);
      this.#ledger.segments.setState(segmentId, 'unresolved');
      const sentence =
        'the text may have been sent, but no result ever came; it was not sent again on a guess';
      this.#fail(segment.message_seq, 'ambiguous_submit', this.#named(segment, sentence));
    });
  }

  #evidenceWait({ sim_id: simId }: SegmentRow): number {
    const seconds = simId === null ? null : this.#rules?.of(simId).evidence_seconds;
    return seconds == null ? this.#evidenceWaitMs : seconds * 1_000;
  }

  /** Once, where a person has chosen that for the SIM, and only while the text is wanted. */
  #mayBeResent({ sim_id: simId, resent, message_seq: seq }: SegmentRow): boolean {
    if (simId === null || resent === 1 || this.#rules?.of(simId).after_ambiguity !== 'resend_once')
      return false;
    return this.#isWaiting(seq) && (this.#ledger.outbound.get(seq)?.expires_at ?? 0) > this.#clock.now();
  }

  #resend({ segment_id: id, message_seq: seq, position }: SegmentRow): void {
    const at = this.#clock.now();
    this.#ledger.segments.setResent(id);
    this.#ledger.timeline.add(seq, at, 'resent', position, 'no result ever came; it may arrive twice');
    this.#putBack(seq, at);
  }

  /** A report that belongs to this segment. */
  reported(segment: SegmentRow, report: ReportRow): void {
    this.#ledger.database.transaction(() => {
      const { segments, reports, timeline } = this.#ledger;
      const judgement = judgeReport(report.status);
      const at = report.received_at;
      reports.assign(report.report_id, segment.segment_id);
      const code = `TP-ST 0x${report.status.toString(16).padStart(2, '0').toUpperCase()}`;
      const centreTime = report.discharged_at === null ? '' : `, ${formatTimestamp(report.discharged_at)}`;
      timeline.add(segment.message_seq, at, 'segment_reported', segment.position, `${code}${centreTime}`);
      const state = judgement.state === 'pending' ? 'accepted' : judgement.state;
      segments.setReported(segment.segment_id, state, report.status, at);
      if (judgement.state === 'delivered') this.#whenSegmentDelivered(segment.message_seq, at);
      if (judgement.state === 'undelivered') {
        this.#fail(
          segment.message_seq,
          judgement.word,
          this.#named(segment, `${judgement.sentence} (${code})`),
        );
      }
    });
  }

  /** Fails what is older than its validity; `obstacle` says what kept a number from sending, where a person must act. */
  expire(
    limit: number,
    obstacle: (number: string) => { word: FailureWord; sentence: string } | undefined,
  ): number {
    return this.#ledger.database.transaction(() => {
      const expired = this.#ledger.outbound.expired(this.#clock.now(), limit);
      for (const row of expired) {
        const reason = obstacle(row.from_number);
        const sentence = 'the text was not sent within its validity';
        this.#fail(row.seq, reason?.word ?? 'expired', reason ? `${sentence}: ${reason.sentence}` : sentence);
      }
      return expired.length;
    });
  }

  /** Moves what waits at a number as its SIM comes and goes; true while there is more to move. */
  flip(number: string, to: 'queued' | 'dispatched', limit: number): boolean {
    const moved = this.#ledger.database.transaction(() =>
      this.#ledger.outbound.flip(number, to, this.#clock.now(), limit),
    );
    for (const seq of moved) this.#announce(seq);
    return moved.length === limit;
  }

  // Refusals -----------------------------------------------------------------------------------------------------

  /** Evidence may have come while the modem thought about its prompt: what the network has is not sent again. */
  #applyRefusal(
    segmentId: number,
    refusal: Refusal,
    judgement: Judgement,
    afterMs: number | undefined,
    attempt: Omit<NewAttempt, 'at'>,
  ): Verdict {
    const segment = this.#ledger.segments.get(segmentId);
    if (!segment) return { next: 'go-on' };
    if (!undecidedStates.has(segment.state)) return verdictOn(judgement);
    const at = this.#clock.now();
    if (afterMs === undefined) {
      this.#ledger.segments.refusedBefore({ ...attempt, at });
    }
    return this.#endRefused(segment, refusal, judgement, at);
  }

  #endRefused(segment: SegmentRow, refusal: Refusal, judgement: Judgement, at: number): Verdict {
    const { segments, timeline } = this.#ledger;
    segments.endAttempt(segment.segment_id, { outcome: 'rejected', code: refusal.text, at });
    segments.setState(segment.segment_id, 'waiting');
    timeline.add(segment.message_seq, at, 'segment_refused', segment.position, refusal.text);
    const verdict = verdictOn(judgement);
    if (verdict.next === 'hold') {
      segments.uncount(segment.segment_id);
      this.#putBack(segment.message_seq, at);
    } else this.#retryOrFail(segment, judgement, refusal, at);
    return verdict;
  }

  #retryOrFail(segment: SegmentRow, judgement: Judgement, refusal: Refusal, at: number): void {
    const attempts = this.#ledger.segments.get(segment.segment_id)?.attempts ?? 1;
    const once = judgement.class === 'once-more';
    const most = once ? 2 : mostAttempts;
    const dueAt = at + (once ? onceMorePauseMs : retryPauseMs(attempts, this.#random()));
    const tooLate = dueAt >= (this.#ledger.outbound.get(segment.message_seq)?.expires_at ?? 0);
    if (judgement.class === 'permanent' || attempts >= most || tooLate) {
      this.#ledger.segments.setState(segment.segment_id, 'rejected');
      return this.#fail(
        segment.message_seq,
        judgement.word,
        this.#named(segment, `${judgement.sentence} (${refusal.text})`),
      );
    }
    this.#putBack(segment.message_seq, dueAt);
  }

  /** A text that failed meanwhile, over another part of it, does not come back. */
  #putBack(messageSeq: number, dueAt: number): void {
    if (!this.#isWaiting(messageSeq)) return;
    const left = this.#ledger.segments.ofMessage(messageSeq).some(({ state }) => state !== 'waiting');
    this.#ledger.outbound.setStarted(messageSeq, left);
    this.#ledger.outbound.postpone(messageSeq, dueAt, left ? 'dispatched' : 'queued');
    this.#ledger.timeline.add(
      messageSeq,
      this.#clock.now(),
      'postponed',
      undefined,
      new Date(dueAt).toISOString(),
    );
    this.#announce(messageSeq);
    this.#wakeSenderOf(messageSeq);
  }

  #isWaiting(messageSeq: number): boolean {
    const status = this.#ledger.outbound.get(messageSeq)?.status;
    return status === 'queued' || status === 'dispatched';
  }

  /** What evidence or a late refusal sets free is known to no sender yet. */
  #wakeSenderOf(messageSeq: number): void {
    const row = this.#ledger.outbound.get(messageSeq);
    if (row) this.#wake(row.from_number);
  }

  #fail(messageSeq: number, word: FailureWord, sentence: string): void {
    const row = this.#ledger.outbound.get(messageSeq);
    if (!row || row.status === 'failed' || row.status === 'delivered') return;
    const reason = `${word}: ${sentence}`;
    this.#ledger.outbound.setFailed(messageSeq, reason);
    this.#ledger.timeline.add(messageSeq, this.#clock.now(), 'failed', undefined, reason);
    this.#record(messageSeq, 'sms.failed');
  }

  #named(segment: SegmentRow, sentence: string): string {
    const count = this.#ledger.outbound.get(segment.message_seq)?.segment_count ?? 1;
    return count > 1 ? `part ${segment.position} of ${count}: ${sentence}` : sentence;
  }

  // Acceptance and delivery --------------------------------------------------------------------------------------

  /** When the last segment left the message is sent; else the next ones may follow at once. */
  #whenSegmentLeft(messageSeq: number, at: number): void {
    const row = this.#ledger.outbound.get(messageSeq);
    if (!row || (row.status === 'failed' && !row.failure_reason?.startsWith('ambiguous_submit'))) return;
    if (row.started === 0) this.#ledger.outbound.setStarted(messageSeq, true);
    const segments = this.#ledger.segments.ofMessage(messageSeq);
    const states = segments.map(({ state }) => state);
    if (states.every((state) => state === 'accepted' || state === 'delivered')) {
      this.#ledger.outbound.setSent(messageSeq, at);
      this.#charge(row, segments);
      this.#ledger.timeline.add(messageSeq, at, 'sent');
      this.#record(messageSeq, 'sms.sent');
      if (states.includes('delivered')) this.#whenSegmentDelivered(messageSeq, at);
    } else if (row.status !== 'failed' && !states.includes('ambiguous')) {
      if (row.due_at !== 0) {
        this.#ledger.outbound.postpone(messageSeq, 0, 'dispatched');
        this.#wake(row.from_number);
      }
    }
  }

  /** By the SIM that took the last segment. */
  #charge({ seq, cost_usd: charged }: OutboundRow, sent: readonly SegmentRow[]): void {
    const simId = sent.at(-1)?.sim_id;
    if (simId == null || !this.#rules) return;
    const cost = this.#rules.cost(simId, sent.length);
    if (cost !== charged) this.#ledger.outbound.setCost(seq, cost);
  }

  #whenSegmentDelivered(messageSeq: number, at: number): void {
    const row = this.#ledger.outbound.get(messageSeq);
    if (row?.status !== 'sent') return;
    if (!this.#ledger.segments.ofMessage(messageSeq).every(({ state }) => state === 'delivered')) return;
    this.#ledger.outbound.setDelivered(messageSeq, at);
    this.#ledger.timeline.add(messageSeq, at, 'delivered');
    this.#record(messageSeq, 'sms.delivered');
  }

  /**
   * A modem that counts its references shows by the next one whether it used one for a text of unknown fate. It may
   * count otherwise, so that this is a hint for a person and proves nothing.
   */
  #hintAtOthers(segment: SegmentRow, reference: number, at: number): void {
    const { segments, timeline } = this.#ledger;
    const undecided = segments.inState('ambiguous').filter(({ sim_id }) => sim_id === segment.sim_id);
    if (undecided.length !== 1) return;
    const [{ segment_id, message_seq, position } = segment] = undecided;
    const expected = segments.expectedReference(segment_id);
    if (expected === undefined || segments.expectedReference(segment.segment_id) !== expected) return;
    const passedOver = (reference - expected + 256) % 256;
    if (passedOver > 1) return;
    const hint =
      passedOver === 1
        ? `the next text got reference ${reference}: ${expected} was passed over, so this one was probably sent`
        : `the next text got reference ${reference}, which this one would have had: it was probably not sent`;
    timeline.add(message_seq, at, 'hint', position, hint);
  }

  /** A fast network reports before the modem has given the reference. */
  #applyEarlyReports(segment: SegmentRow, reference: number, at: number): void {
    if (segment.sim_id === null) return;
    const since = Math.max(at - earlyReportMs, (segment.submitted_at ?? at) - 1_000);
    for (const report of this.#ledger.reports.unmatched(segment.sim_id, reference, since)) {
      const current = this.#ledger.segments.get(segment.segment_id);
      if (current?.state !== 'accepted' || !sameRecipient(segment.recipient ?? '', report.recipient))
        continue;
      this.reported(current, report);
    }
  }

  #record(messageSeq: number, type: 'sms.sent' | 'sms.delivered' | 'sms.failed'): void {
    const row = this.#ledger.outbound.get(messageSeq);
    if (!row) return;
    const message = this.#ledger.toMessage(row);
    this.#ledger.events.record(type, message);
    this.#ledger.events.announce({ type: 'message.changed', data: message });
  }

  #announce(messageSeq: number): void {
    if (!this.#ledger.events.heard) return;
    const row = this.#ledger.outbound.get(messageSeq);
    if (row) this.#ledger.events.announce({ type: 'message.changed', data: this.#ledger.toMessage(row) });
  }
}

function verdictOn(judgement: Judgement): Verdict {
  const holds = judgement.class === 'hold-sim' || judgement.class === 'hold-modem';
  return { next: holds ? 'hold' : 'go-on', judgement };
}
