import { describe, expect, test } from 'vitest';
import { messageQuery } from '../../src/contract/message-query.ts';
import { createLog } from '../../src/log.ts';
import type { Database } from '../../src/store/database.ts';
import { eraseMessage } from '../../src/store/emptying.ts';
import { lookedThrough } from '../../src/store/message-candidates.ts';
import { MessageLog } from '../../src/store/message-log.ts';
import { mostNewest } from '../../src/store/remembered-finds.ts';
import { SearchIndex } from '../../src/store/search-index.ts';
import { ManualClock } from '../manual-clock.ts';
import { storeMessage } from './stored-message.ts';
import { temporaryDatabase } from './temporary-database.ts';

const perPage = 7;

const bodies = [
  'Order 4711 left',
  'order 47',
  '4',
  '47',
  'x47',
  'Zebra "quoted" *',
  'ZEBRA',
  'Besprechung 会議は三時',
  '会議',
  'Ünï',
  'smile 😀😀',
  'a\0nul zebra',
  'ends with zq',
  'z\u0003q',
  '',
  'qz\ufffdq',
];
const searched = [
  ...[
    '47',
    '4711',
    'order 47',
    'zebra',
    'ZEBRA',
    '"quoted"',
    ' *',
    '会議',
    '会議は',
    '三時',
    'Ünï',
    'ün',
    '😀😀',
  ],
  ...[
    'zq',
    'ra',
    'left',
    'ft',
    'z\u0003',
    '\u0003',
    'zebra\u0003',
    'l z',
    'd ',
    'qz',
    'z\ufffd',
    '4',
    'no such',
    'noth',
    'n',
  ],
];

/** Every body so often, at each end of what does not hold what is searched for. */
const rounds = 10;
const beforeOthers = rounds * bodies.length;
const beforeNewest = beforeOthers + lookedThrough;

/** More messages than are looked through one by one, of which few hold what is searched for: the oldest and the newest. */
function office(): Database {
  const database = temporaryDatabase();
  database.transaction(() => {
    storeBodies(database);
    database
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
         INSERT INTO messages (message_id, direction, status, from_number, to_number, body, encoding, segment_count, created_at)
         SELECT 'm' || i, 'outbound', 'sent', '+14155552671', '+14155553000', 'Nothing', 'gsm7', 1, 1780925406000 FROM n`,
      )
      .run(lookedThrough);
    storeBodies(database);
  });
  return database;
}

function storeBodies(database: Database): void {
  for (let round = 0; round < rounds; round++) {
    for (const body of bodies)
      storeMessage(database, { body, direction: round % 3 ? 'inbound' : 'outbound' });
  }
}

function seqOf(database: Database, id: string): unknown {
  return database.prepare('SELECT seq FROM messages WHERE message_id = ?').pluck().get(id);
}

function lookedAt(database: Database, text: string, direction: string | undefined): number[] {
  return database
    .prepare<unknown[], { seq: number }>(
      `SELECT seq FROM messages NOT INDEXED WHERE instr(lower(body), lower(?)) > 0 AND direction = coalesce(?, direction)
       ORDER BY seq DESC`,
    )
    .all(text, direction ?? null)
    .map(({ seq }) => seq);
}

describe('a search among very many messages', () => {
  test('finds by the index what a look at every message finds', () => {
    const database = office();
    const index = new SearchIndex(database, new ManualClock(), createLog({ level: 'silent' }));
    const log = new MessageLog(database);
    const check = () => {
      for (const q of searched) {
        for (const direction of [undefined, 'inbound'] as const) {
          const expected = lookedAt(database, q, direction);
          const behindRemembered = Math.ceil(mostNewest / perPage);
          const last = Math.max(1, Math.ceil(expected.length / perPage));
          for (const page of [1, 2, behindRemembered, Math.ceil(last / 2), last].map(String)) {
            const asked = { q, page, per_page: String(perPage), ...(direction ? { direction } : {}) };
            const found = log.page(messageQuery.parse(asked));
            const seqs = found?.data.map(({ message_id: id }) => seqOf(database, id));
            const start = (Number(page) - 1) * perPage;
            expect([asked, found?.total, seqs]).toEqual([
              asked,
              expected.length,
              expected.slice(start, start + perPage),
            ]);
          }
        }
      }
    };
    while (index.behind > 40) index.takeIn();
    check();
    while (index.behind > 0) index.takeIn();
    check();
    for (let seq = beforeNewest; seq < beforeNewest + 40; seq++) eraseMessage(database, seq, 1);
    database
      .prepare(`UPDATE messages SET body = body || ' 会議 zq' WHERE seq > ? AND seq % 7 = 0`)
      .run(beforeNewest + 40);
    database.prepare('DELETE FROM messages WHERE seq > ? AND seq % 11 = 0').run(beforeNewest + 40);
    check();
  });
});
