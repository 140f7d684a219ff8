import { randomInt } from 'node:crypto';
import { decodeTime, monotonicFactory } from 'ulid';
import type { Clock, Timer } from '../clock.ts';
import type { EventEnvelope, EventType, LiveChange } from '../contract/event.ts';
import { formatTimestamp } from '../contract/message.ts';
import type { Logger } from '../log.ts';
import type { Database } from './database.ts';

/** What a listener hears: an event that is kept and has an id, or a passing change. */
export type Announcement = EventEnvelope | LiveChange;
export type Listener = (announcement: Announcement) => void;

interface EventRow {
  readonly event_id: string;
  readonly event_type: EventType;
  readonly data: string;
  readonly created_at: number;
}

const keptForMs = 24 * 3_600_000;
const pruneEveryMs = 3_600_000;
/** So few are deleted at once that nothing else waits for it; the rest follows soon. */
const prunedAtOnce = 500;
const pruneAgainMs = 1_000;

/**
 * The events of the last 24 hours, and those who listen. An event is written in the transaction of the change it
 * tells of and told only once that is on disk.
 */
export class EventLog {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #listeners = new Set<Listener>();
  readonly #keepers: ((event: EventEnvelope) => void)[] = [];
  readonly #nextUlid = monotonicFactory(randomShare);
  #earliestIdMs: number | undefined;
  #pruneTimer: Timer | undefined;

  constructor(database: Database, clock: Clock, log: Logger) {
    this.#database = database;
    this.#clock = clock;
    this.#log = log;
  }

  /** Begins to forget what is older than a day. */
  start(): void {
    this.#prune();
  }

  stop(): void {
    this.#pruneTimer?.cancel();
    this.#pruneTimer = undefined;
  }

  /** Keeps an event, as a part of the caller's transaction where there is one, else in one of its own. */
  record(type: EventType, data: unknown): EventEnvelope {
    const at = this.#clock.now();
    const envelope = toEnvelope(this.#nextId(), type, at, data);
    return this.#database.transaction(() => {
      this.#database
        .prepare('INSERT INTO events (event_id, event_type, data, created_at) VALUES (?, ?, ?, ?)')
        .run(envelope.event_id, type, JSON.stringify(data), at);
      for (const keep of this.#keepers) keep(envelope);
      this.#database.afterCommit(() => this.#tell(envelope));
      return envelope;
    });
  }

  /** Calls `keep` in the transaction of every event, to write what must not be lost if the event is not. */
  alongside(keep: (event: EventEnvelope) => void): void {
    this.#keepers.push(keep);
  }

  /** Whether anyone listens: a passing change that nobody would hear need not be read and put into words. */
  get heard(): boolean {
    return this.#listeners.size > 0;
  }

  /** Tells of a change that only live views need: it is not kept. */
  announce(change: LiveChange): void {
    if (!this.heard) return;
    this.#database.afterCommit(() => this.#tell(change));
  }

  /** Calls `listener` with all that is recorded or announced from now on; answers how to stop that. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * At most `limit` events that were kept after the one with the id `eventId`, oldest first. An id that is no
   * longer kept stands for its place in time.
   */
  since(eventId: string, limit: number): EventEnvelope[] {
    const known = this.#database
      .prepare<[string], { event_seq: number }>('SELECT event_seq FROM events WHERE event_id = ?')
      .get(eventId);
    const [column, value] = known ? ['event_seq', known.event_seq] : ['event_id', eventId];
    return this.#database
      .prepare<[number | string, number], EventRow>(
        `SELECT event_id, event_type, data, created_at FROM events WHERE ${column} > ?
         ORDER BY ${column} LIMIT ?`,
      )
      .all(value as number | string, limit)
      .map((row) => toEnvelope(row.event_id, row.event_type, row.created_at, JSON.parse(row.data)));
  }

  /** The id of the event that was kept last; undefined where there is none. */
  newestId(): string | undefined {
    return this.#database
      .prepare<[], { event_id: string }>('SELECT event_id FROM events ORDER BY event_seq DESC LIMIT 1')
      .get()?.event_id;
  }

  /** Ids only ever grow, also where the clock was set back or the program started again. */
  #nextId(): string {
    this.#earliestIdMs ??= this.#newestIdMs() + 1;
    return this.#nextUlid(Math.max(this.#clock.now(), this.#earliestIdMs));
  }

  #newestIdMs(): number {
    const newest = this.#database
      .prepare<[], { event_id: string }>('SELECT event_id FROM events ORDER BY event_id DESC LIMIT 1')
      .get();
    return newest ? decodeTime(newest.event_id) : -1;
  }

  #tell(announcement: Announcement): void {
    for (const listener of this.#listeners) {
      try {
        listener(announcement);
      } catch (error) {
        this.#log.error({ err: error }, 'A listener failed on an event');
      }
    }
  }

  #prune(): void {
    let more = false;
    try {
      more = this.#deleteOldest() === prunedAtOnce;
    } catch (error) {
      this.#log.warn({ err: error }, 'Old events could not be deleted');
    }
    this.#pruneTimer = this.#clock.after(more ? pruneAgainMs : pruneEveryMs, () => this.#prune());
  }

  #deleteOldest(): number {
    return this.#database
      .prepare(
        `DELETE FROM events WHERE event_seq IN
           (SELECT event_seq FROM events WHERE created_at < ? ORDER BY created_at LIMIT ${prunedAtOnce})`,
      )
      .run(this.#clock.now() - keptForMs).changes;
  }
}

/** A random number from 0 up to 1. The library's own source asks the system for every single character. */
function randomShare(): number {
  return randomInt(0x1_0000_0000) / 0x1_0000_0000;
}

function toEnvelope(id: string, type: EventType, at: number, data: unknown): EventEnvelope {
  return {
    event_id: id,
    event_type: type,
    api_version: 'v1',
    timestamp: formatTimestamp(at),
    data: data as EventEnvelope['data'],
  };
}
