import type { Database } from './database.ts';

/** What happened to a message, in the words that a person reads. */
export type TimelineEntry =
  | 'accepted'
  | 'submitting'
  | 'segment_accepted'
  | 'segment_refused'
  | 'circumstances'
  | 'segment_ambiguous'
  | 'segment_settled'
  | 'segment_reported'
  | 'postponed'
  | 'resent'
  | 'held'
  | 'cancelled'
  | 'erased'
  | 'sent'
  | 'delivered'
  | 'failed'
  | 'hint';

export interface TimelineRow {
  readonly at: number;
  readonly entry: TimelineEntry;
  readonly position: number | null;
  readonly detail: string | null;
}

/** The story of each message: every move and attempt with its time. */
export class TimelineStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(messageSeq: number, at: number, entry: TimelineEntry, position?: number, detail?: string): void {
    this.#database
      .prepare('INSERT INTO timeline (message_seq, at, entry, position, detail) VALUES (?, ?, ?, ?, ?)')
      .run(messageSeq, at, entry, position ?? null, detail ?? null);
  }

  of(messageSeq: number): TimelineRow[] {
    return this.#database
      .prepare<[number], TimelineRow>(
        'SELECT at, entry, position, detail FROM timeline WHERE message_seq = ? ORDER BY entry_id LIMIT 10000',
      )
      .all(messageSeq);
  }
}
