import { formatTimestamp, type MessageDirection } from '../contract/message.ts';
import type { Attempt, MessageOrigin, Story, StoryPart, Waiting } from '../contract/story.ts';
import type { Database } from './database.ts';
import { isFingerprint } from './fingerprint.ts';
import { type ReceivedPart, receivedEvents, receivedParts } from './inbound-story.ts';
import type { SegmentRow } from './segment-store.ts';
import { TimelineStore } from './timeline-store.ts';

interface AttemptRow {
  readonly segment_id: number;
  readonly ordinal: number;
  readonly modem_id: string;
  readonly port: string;
  readonly pdu: string;
  readonly submitted_at: number;
  readonly ended_at: number | null;
  readonly outcome: Attempt['outcome'];
  readonly code: string | null;
  readonly detail: string | null;
}

interface HeadRow {
  readonly seq: number;
  readonly direction: MessageDirection;
  readonly segment_count: number;
}

interface OriginRow {
  readonly key_id: string | null;
  readonly name: string | null;
  readonly idempotency_key: string | null;
  readonly batch_id: string | null;
  readonly batch_name: string | null;
}

interface ModemRow {
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly forgotten_at: number | null;
}

/** A PDU of a message: as it was handed over, or as it came. */
export interface StoredPdu {
  readonly direction: 'MO' | 'MT';
  readonly part: number;
  readonly attempt: number | undefined;
  readonly pdu: string;
}

/** The whole story of one message: what happened to it, its segments, every attempt, its PDUs. */
export class MessageStory {
  readonly #database: Database;
  readonly #timeline: TimelineStore;
  readonly #waits: (seq: number) => Waiting | undefined;

  /** @param waits why a text has not left yet, as only those know who send it */
  constructor(database: Database, waits: (seq: number) => Waiting | undefined = () => undefined) {
    this.#database = database;
    this.#waits = waits;
    this.#timeline = new TimelineStore(database);
  }

  /** Undefined where there is no such message. */
  of(messageId: string): Story | undefined {
    const head = this.#head(messageId);
    if (!head) return undefined;
    return head.direction === 'inbound'
      ? this.#inbound(messageId, head)
      : this.#outbound(messageId, head.seq);
  }

  #outbound(messageId: string, seq: number): Story {
    const attempts = this.#attempts(seq);
    return {
      message_id: messageId,
      origin: this.#origin(seq),
      modem: this.#modem(attempts.at(-1)?.modem_id),
      waits: this.#waits(seq) ?? null,
      events: this.#events(seq),
      parts: this.#segments(seq).map((segment) => partOf(segment, attempts)),
    };
  }

  #inbound(messageId: string, { seq, segment_count: segmentCount }: HeadRow): Story {
    const received = this.#received(seq);
    return {
      message_id: messageId,
      origin: null,
      modem: null,
      waits: null,
      events: [...receivedEvents(received), ...this.#events(seq)],
      parts: receivedParts(received, segmentCount),
    };
  }

  /** The PDUs of a message in the order of its parts, those of each attempt. Undefined where there is no such message. */
  pdus(messageId: string): StoredPdu[] | undefined {
    const head = this.#head(messageId);
    if (!head) return undefined;
    const { seq } = head;
    const parts = new Map(this.#segments(seq).map(({ segment_id: id, position }) => [id, position]));
    const sent = this.#attempts(seq).map(({ segment_id: id, ordinal, pdu }) => ({
      direction: 'MO' as const,
      part: parts.get(id) ?? 1,
      attempt: ordinal,
      pdu,
    }));
    const received = this.#received(seq).map(({ position, pdu }) => ({
      direction: 'MT' as const,
      part: position,
      attempt: undefined,
      pdu,
    }));
    return [...sent, ...received]
      .filter(({ pdu }) => pdu !== '' && !isFingerprint(pdu))
      .sort((a, b) => a.part - b.part);
  }

  #head(messageId: string): HeadRow | undefined {
    return this.#database
      .prepare<[string], HeadRow>('SELECT seq, direction, segment_count FROM messages WHERE message_id = ?')
      .get(messageId);
  }

  #events(seq: number): Story['events'] {
    return this.#timeline.of(seq).map(({ at, entry, position, detail }) => ({
      at: formatTimestamp(at),
      entry,
      part: position,
      detail,
    }));
  }

  #origin(seq: number): MessageOrigin | null {
    const row = this.#database
      .prepare<[number], OriginRow>(
        `SELECT messages.key_id, keys.name, idempotency_key, batch_id, batches.name AS batch_name FROM messages
         LEFT JOIN keys USING (key_id) LEFT JOIN batches USING (batch_seq) WHERE seq = ?`,
      )
      .get(seq);
    if (!row?.key_id) return null;
    return {
      kind: kindOf(row.key_id),
      name: row.name,
      idempotency_key: row.idempotency_key,
      batch: row.batch_id === null ? null : { batch_id: row.batch_id, name: row.batch_name },
    };
  }

  #modem(id: string | undefined): Story['modem'] {
    if (id === undefined) return null;
    const row = this.#database
      .prepare<[string], ModemRow>('SELECT manufacturer, model, forgotten_at FROM modems WHERE modem_id = ?')
      .get(id);
    return {
      id,
      manufacturer: row?.manufacturer ?? null,
      model: row?.model ?? null,
      forgotten: row !== undefined && row.forgotten_at !== null,
    };
  }

  #segments(seq: number): SegmentRow[] {
    return this.#database
      .prepare<[number], SegmentRow>('SELECT * FROM segments WHERE message_seq = ? ORDER BY position')
      .all(seq);
  }

  #attempts(seq: number): AttemptRow[] {
    return this.#database
      .prepare<[number], AttemptRow>(
        `SELECT attempts.* FROM attempts JOIN segments USING (segment_id)
         WHERE message_seq = ? ORDER BY attempt_id LIMIT 10000`,
      )
      .all(seq);
  }

  #received(seq: number): ReceivedPart[] {
    return this.#database
      .prepare<[number], ReceivedPart>(
        `SELECT position, pdu, received_at, reference, imported FROM inbound_parts
         WHERE message_seq = ? ORDER BY position, part_id`,
      )
      .all(seq);
  }
}

/** What stands in the place of a key's id where no key was used. */
function kindOf(keyId: string): MessageOrigin['kind'] {
  if (keyId.startsWith('session:')) return 'session';
  return keyId === 'mail' ? 'mail' : 'key';
}

function partOf(segment: SegmentRow, attempts: readonly AttemptRow[]): StoryPart {
  return {
    part: segment.position,
    state: segment.state,
    reference: segment.reference,
    report_status: segment.report_status,
    submitted_at: time(segment.submitted_at),
    accepted_at: time(segment.accepted_at),
    reported_at: time(segment.reported_at),
    attempts: attempts.filter(({ segment_id: id }) => id === segment.segment_id).map(toAttempt),
  };
}

function toAttempt(row: AttemptRow): Attempt {
  return {
    attempt: row.ordinal,
    modem_id: row.modem_id,
    port: row.port,
    submitted_at: formatTimestamp(row.submitted_at),
    ended_at: time(row.ended_at),
    outcome: row.outcome,
    code: row.code,
    detail: row.detail,
  };
}

function time(epochMs: number | null): string | null {
  return epochMs === null ? null : formatTimestamp(epochMs);
}
