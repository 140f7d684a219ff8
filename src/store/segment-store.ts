import type { Database } from './database.ts';

/**
 * - `waiting`: not handed over, or refused in a way that may be tried again
 * - `submitting`: the PDU is being written, or was when the program ended
 * - `ambiguous`: it may have left, evidence is awaited until `settle_by`
 * - `unresolved`: no evidence came in time; a report that comes later still settles it
 * - `accepted`, `delivered`, `undelivered`, `rejected`: as the network said
 */
export type SegmentState =
  | 'waiting'
  | 'submitting'
  | 'ambiguous'
  | 'accepted'
  | 'delivered'
  | 'undelivered'
  | 'rejected'
  | 'unresolved';

/** One segment of an outbound message. Times are milliseconds since 1970. */
export interface SegmentRow {
  readonly segment_id: number;
  readonly message_seq: number;
  readonly position: number;
  readonly state: SegmentState;
  readonly attempts: number;
  readonly sim_id: number | null;
  readonly recipient: string | null;
  readonly reference: number | null;
  readonly submitted_at: number | null;
  readonly accepted_at: number | null;
  readonly settle_by: number | null;
  readonly reported_at: number | null;
  readonly report_status: number | null;
  /** 1 when it was handed over once more although it may have been sent. */
  readonly resent: number;
}

/** A segment of which nobody knows whether the network took it, with what is known of its last attempt. */
export interface UndecidedRow extends SegmentRow {
  readonly expected_reference: number | null;
  /** When its result came, or was given up. */
  readonly ended_at: number | null;
}

/** An attempt that begins: who hands what over. */
export interface NewAttempt {
  readonly segmentId: number;
  readonly simId: number;
  readonly recipient: string;
  readonly modemId: string;
  readonly port: string;
  readonly pdu: string;
  readonly expectedReference: number | undefined;
  readonly at: number;
}

/** How an attempt ended; `code` as the modem gave it. */
export interface AttemptEnd {
  readonly outcome: 'accepted' | 'rejected' | 'ambiguous';
  readonly code?: string | undefined;
  readonly detail?: string | undefined;
  readonly at: number;
}

/** Segments and the attempts to hand them over. */
export class SegmentStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  insert(messageSeq: number, count: number): void {
    const insert = this.#database.prepare('INSERT INTO segments (message_seq, position) VALUES (?, ?)');
    for (let position = 1; position <= count; position++) insert.run(messageSeq, position);
  }

  get(segmentId: number): SegmentRow | undefined {
    return this.#database
      .prepare<[number], SegmentRow>('SELECT * FROM segments WHERE segment_id = ?')
      .get(segmentId);
  }

  ofMessage(messageSeq: number): SegmentRow[] {
    return this.#database
      .prepare<[number], SegmentRow>('SELECT * FROM segments WHERE message_seq = +? ORDER BY position')
      .all(messageSeq);
  }

  /** The reference that the network gave to the last text of this SIM that it took, or undefined. */
  lastReference(simId: number): number | undefined {
    return this.#database
      .prepare<[number], { reference: number }>(
        `SELECT reference FROM segments INDEXED BY segments_by_sim
         WHERE sim_id = +? AND reference IS NOT NULL ORDER BY submitted_at DESC, segment_id DESC LIMIT 1`,
      )
      .get(simId)?.reference;
  }

  /** Writes that the PDU leaves now; false when the segment does not wait (any more), and must not leave. */
  begin(attempt: NewAttempt): boolean {
    const { changes } = this.#database
      .prepare(
        `UPDATE segments SET state = 'submitting', attempts = attempts + 1, sim_id = @simId, recipient = @recipient,
           submitted_at = @at, reference = NULL WHERE segment_id = @segmentId AND state = 'waiting'`,
      )
      .run({
        simId: attempt.simId,
        recipient: attempt.recipient,
        at: attempt.at,
        segmentId: attempt.segmentId,
      });
    if (changes === 0) return false;
    this.#insertAttempt(attempt);
    return true;
  }

  /** Counts an attempt that the modem refused before the PDU was asked for. */
  refusedBefore(attempt: NewAttempt): void {
    this.#database
      .prepare('UPDATE segments SET attempts = attempts + 1 WHERE segment_id = ?')
      .run(attempt.segmentId);
    this.#insertAttempt(attempt);
  }

  /** Takes an attempt back out of the count: it failed for want of a SIM or modem, which is not the text's fault. */
  uncount(segmentId: number): void {
    this.#database
      .prepare('UPDATE segments SET attempts = max(attempts - 1, 0) WHERE segment_id = ?')
      .run(segmentId);
  }

  endAttempt(segmentId: number, end: AttemptEnd): void {
    this.#database
      .prepare(
        `UPDATE attempts SET outcome = @outcome, code = @code, detail = @detail, ended_at = @at
         WHERE attempt_id = (SELECT max(attempt_id) FROM attempts WHERE segment_id = +@segmentId)`,
      )
      .run({
        segmentId,
        outcome: end.outcome,
        code: end.code ?? null,
        detail: end.detail ?? null,
        at: end.at,
      });
  }

  setAccepted(segmentId: number, reference: number | undefined, at: number): void {
    this.#database
      .prepare(
        `UPDATE segments SET state = 'accepted', reference = coalesce(?, reference), accepted_at = ?, settle_by = NULL
         WHERE segment_id = ?`,
      )
      .run(reference ?? null, at, segmentId);
  }

  setAmbiguous(segmentId: number, settleBy: number): void {
    this.#database
      .prepare(`UPDATE segments SET state = 'ambiguous', settle_by = ? WHERE segment_id = ?`)
      .run(settleBy, segmentId);
  }

  /** Lets a segment leave once more that may have been sent. */
  setResent(segmentId: number): void {
    this.#database
      .prepare(`UPDATE segments SET state = 'waiting', resent = 1, settle_by = NULL WHERE segment_id = ?`)
      .run(segmentId);
  }

  /** Segments of this SIM that were handed over from `since` to `until`, oldest first. */
  handedOver(
    simId: number,
    since: number,
    until: number,
  ): { readonly at: number; readonly recipient: string }[] {
    return this.#database
      .prepare<[number, number, number], { at: number; recipient: string }>(
        `SELECT submitted_at AS at, coalesce(recipient, '') AS recipient FROM segments INDEXED BY segments_by_sim
         WHERE sim_id = ? AND submitted_at BETWEEN ? AND ? ORDER BY submitted_at`,
      )
      .all(simId, since, until);
  }

  /** How many there were, also of messages that are kept no longer. */
  count(simId: number, since: number, until: number): number {
    const row = this.#database
      .prepare<[object], { count: number }>(
        `SELECT (SELECT count(*) FROM segments INDEXED BY segments_by_sim
               WHERE sim_id = @simId AND submitted_at BETWEEN @since AND @until)
           + (SELECT count(*) FROM past_usage INDEXED BY past_usage_by_sim
               WHERE sim_id = @simId AND at BETWEEN @since AND @until) AS count`,
      )
      .get({ simId, since, until });
    return row?.count ?? 0;
  }

  setState(segmentId: number, state: SegmentState): void {
    this.#database
      .prepare('UPDATE segments SET state = ?, settle_by = NULL WHERE segment_id = ?')
      .run(state, segmentId);
  }

  setReported(
    segmentId: number,
    state: 'accepted' | 'delivered' | 'undelivered',
    status: number,
    at: number,
  ): void {
    this.#database
      .prepare('UPDATE segments SET state = ?, report_status = ?, reported_at = ? WHERE segment_id = ?')
      .run(state, status, at, segmentId);
  }

  inState(state: 'submitting' | 'ambiguous'): SegmentRow[] {
    return this.#database
      .prepare<[string], SegmentRow>(
        `SELECT * FROM segments INDEXED BY segments_unsettled
         WHERE state = ? AND state IN ('submitting', 'ambiguous')`,
      )
      .all(state);
  }

  /** The reference that was expected when this segment was handed over last; undefined where none was known before. */
  expectedReference(segmentId: number): number | undefined {
    const row = this.#database
      .prepare<[number], { expected_reference: number | null }>(
        'SELECT expected_reference FROM attempts WHERE segment_id = ? ORDER BY attempt_id DESC LIMIT 1',
      )
      .get(segmentId);
    return row?.expected_reference ?? undefined;
  }

  /** The segment of this SIM that was handed over last, since then, with no result known. */
  latestUndecided(simId: number, since: number): SegmentRow | undefined {
    return this.#database
      .prepare<[number, number], SegmentRow>(
        `SELECT * FROM segments INDEXED BY segments_by_sim
         WHERE sim_id = ? AND submitted_at >= ? AND state IN ('ambiguous', 'unresolved')
         ORDER BY submitted_at DESC, segment_id DESC LIMIT 1`,
      )
      .get(simId, since);
  }

  /** Segments of this SIM whose report is still open and carries this reference, newest first. */
  openByReference(simId: number, reference: number): SegmentRow[] {
    return this.#database
      .prepare<[number, number], SegmentRow>(
        `SELECT * FROM segments WHERE sim_id = +? AND reference = +? AND state = 'accepted'
         ORDER BY accepted_at DESC, segment_id DESC LIMIT 100`,
      )
      .all(simId, reference);
  }

  /**
   * Segments of this SIM whose report is still open and whose reference nobody told: the modem called them 0, or they
   * are known to be taken in another way. Newest first.
   */
  openWithoutReference(simId: number): SegmentRow[] {
    return this.#database
      .prepare<[number, number], SegmentRow>(
        `SELECT * FROM (
           SELECT * FROM segments WHERE sim_id = +? AND reference = 0 AND state = 'accepted'
           UNION ALL
           SELECT * FROM segments WHERE sim_id = +? AND reference IS NULL AND state = 'accepted'
         ) ORDER BY accepted_at DESC, segment_id DESC LIMIT 100`,
      )
      .all(simId, simId);
  }

  /** Segments of this SIM with this reference that a final report has closed, newest first. */
  closedByReference(simId: number, reference: number): SegmentRow[] {
    return this.#database
      .prepare<[number, number], SegmentRow>(
        `SELECT * FROM segments INDEXED BY segments_closed
         WHERE sim_id = ? AND reference = ? AND state IN ('delivered', 'undelivered')
         ORDER BY segment_id DESC LIMIT 20`,
      )
      .all(simId, reference);
  }

  /** Segments of this SIM that were handed over in a span of time with no result known, oldest first. */
  undecided(simId: number, from: number, to: number): UndecidedRow[] {
    return this.#database
      .prepare<[number, number, number], UndecidedRow>(
        `SELECT segments.*, attempts.expected_reference, attempts.ended_at FROM segments INDEXED BY segments_by_sim
         JOIN attempts ON attempts.attempt_id = (SELECT max(attempt_id) FROM attempts WHERE attempts.segment_id = segments.segment_id)
         WHERE segments.sim_id = ? AND segments.submitted_at BETWEEN ? AND ?
           AND segments.state IN ('ambiguous', 'unresolved', 'waiting')
         ORDER BY segments.submitted_at, segments.segment_id LIMIT 100`,
      )
      .all(simId, from, to);
  }

  #insertAttempt(attempt: NewAttempt): void {
    this.#database
      .prepare(
        `INSERT INTO attempts (segment_id, ordinal, modem_id, port, pdu, expected_reference, submitted_at)
         VALUES (@segmentId, (SELECT attempts FROM segments WHERE segment_id = @segmentId), @modemId, @port, @pdu,
           @expectedReference, @at)`,
      )
      .run({
        segmentId: attempt.segmentId,
        modemId: attempt.modemId,
        port: attempt.port,
        pdu: attempt.pdu,
        expectedReference: attempt.expectedReference ?? null,
        at: attempt.at,
      });
  }
}
