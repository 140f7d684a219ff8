import { rm } from 'node:fs/promises';
import { type Clock, systemClock } from '../src/clock.ts';
import { databaseFile } from '../src/config.ts';
import { retentionSettings } from '../src/contract/retention.ts';
import { silentLog } from '../src/log.ts';
import { Retention } from '../src/messages/retention.ts';
import { AuditLog } from '../src/store/audit-log.ts';
import { Database } from '../src/store/database.ts';
import { DeliveryStore } from '../src/store/delivery-store.ts';
import { eraseMessage } from '../src/store/emptying.ts';
import { EventLog } from '../src/store/event-log.ts';
import { IdempotencyStore } from '../src/store/idempotency-store.ts';
import { PersonStore } from '../src/store/person-store.ts';
import { Pruning } from '../src/gateway/pruning.ts';
import { RetentionStore } from '../src/store/retention-store.ts';
import { type Figure, median, quantile } from './figures.ts';
import { fullStore } from './full-store.ts';

const past = 1_000_000;
const besides = 200_000;
const slices = 200;
const mostMs = 20;

/** What one slice of forgetting keeps everything else waiting, in time of the processor: the disk's own comes on top. */
export async function forget(): Promise<Figure[]> {
  const dataDir = await fullStore({ past, queued: 0 });
  const database = Database.open(databaseFile(dataDir));
  try {
    fillBesides(database);
    return [
      figure('remove by age', retention(database, { keep_outbound_days: 2 })),
      figure('remove by count', retention(database, { keep_inbound_count: 1_000 })),
      figure('redact', retention(database, { redact_outbound_days: 2 })),
      figure('erase a person', erasure(database)),
      figure('find what names a person', readings(database)),
      figure('answers and audit', pruning(database)),
      figure('events', events(database)),
      figure('webhook deliveries', deliveries(database)),
    ];
  } finally {
    database.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function figure(what: string, took: readonly number[]): Figure {
  const longest = Math.max(...took);
  const each = `median ${median(took).toFixed(2)}, p99 ${quantile(took, 0.99).toFixed(2)}`;
  return {
    what: `forget, ${what}, ${took.length} slices, the longest`,
    measured: `${longest.toFixed(2)} ms (${each})`,
    limit: { text: `< ${mostMs} ms`, kept: longest < mostMs },
  };
}

/** What else grows with every text. */
function fillBesides(database: Database): void {
  const longAgo = Date.now() - 90 * 24 * 3_600_000;
  const ended = `FROM messages WHERE direction = 'outbound' LIMIT ${besides}`;
  const told = `json_object('message_id', message_id, 'body', body, 'to', to_number)`;
  database.transaction(() => {
    for (const sql of [
      `INSERT INTO events (event_id, event_type, data, created_at)
       SELECT printf('%026d', seq), 'sms.sent', ${told}, ${longAgo} ${ended}`,
      `INSERT INTO idempotency (key_id, idempotency_key, request_hash, answer, created_at)
       SELECT 'key', message_id, 'hash', ${told}, ${longAgo} ${ended}`,
      `INSERT INTO audit (at, action, actor_kind) SELECT ${longAgo} * 0, 'settings.change', 'nobody' ${ended}`,
      `INSERT INTO webhooks (webhook_id, url, label, events, sealed_secret, created_at, updated_at)
       VALUES ('hook', 'http://localhost', '', '[]', '', 0, 0)`,
      `INSERT INTO deliveries (delivery_id, webhook_id, event_id, event_type, message_id, body, state, due_at, created_at, ended_at)
       SELECT 'd' || seq, 'hook', 'e' || seq, 'sms.sent', message_id, ${told}, 'delivered', 0, ${longAgo}, ${longAgo} ${ended}`,
    ])
      database.prepare(sql).run();
  });
}

/** A clock whose timers fall due when they are asked to: one slice after another. */
class SliceClock implements Clock {
  readonly now = systemClock.now;
  readonly monotonic = systemClock.monotonic;
  #next: () => void = () => undefined;

  after(_delayMs: number, action: () => void) {
    this.#next = action;
    return { cancel: () => undefined };
  }

  /** Processor time of each of the next slices. */
  measure(): number[] {
    return Array.from({ length: slices }, () => timed(() => this.#next()));
  }
}

function timed(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

function retention(database: Database, settings: object): number[] {
  const clock = new SliceClock();
  const wanted = retentionSettings.parse(settings);
  const store = new RetentionStore(database);
  new Retention(
    store,
    () => wanted,
    () => true,
    clock,
    silentLog,
  ).start();
  return clock.measure();
}

function erasure(database: Database): number[] {
  const store = new PersonStore(database);
  return Array.from({ length: slices }, (_, person) =>
    timed(() => {
      const theirs = store.messages('to_number', `+1555${7_049_000 + person}`, 0, 10);
      database.transaction(() => {
        for (const { seq } of theirs) eraseMessage(database, seq, Date.now());
      });
    }),
  );
}

function readings(database: Database): number[] {
  const store = new PersonStore(database);
  const kinds = ['calls', 'callDeliveries', 'unmatchedReports', 'waitingParts'] as const;
  return kinds.flatMap((kind) => {
    let after = { id: 0, at: 0 };
    return Array.from({ length: slices / kinds.length }, () =>
      timed(() => {
        after = store[kind](after, 500).at(-1) ?? after;
      }),
    );
  });
}

function pruning(database: Database): number[] {
  const clock = new SliceClock();
  const answers = new IdempotencyStore(database);
  const audit = new AuditLog(database, clock);
  const kinds = [(limit: number) => answers.prune(clock.now(), limit), (limit: number) => audit.prune(limit)];
  return kinds.flatMap((kind) => {
    new Pruning(clock, silentLog, [kind]).start();
    return clock.measure();
  });
}

function events(database: Database): number[] {
  const clock = new SliceClock();
  new EventLog(database, clock, silentLog).start();
  return clock.measure();
}

function deliveries(database: Database): number[] {
  const store = new DeliveryStore(database);
  return Array.from({ length: slices }, () => timed(() => void store.prune(Date.now())));
}
