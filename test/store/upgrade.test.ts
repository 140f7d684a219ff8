import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { messageQuery } from '../../src/contract/message-query.ts';
import { Database } from '../../src/store/database.ts';
import { MessageLog } from '../../src/store/message-log.ts';
import { earlierDatabase } from './earlier-database.ts';
import { temporaryFolder } from './temporary-database.ts';

/** The version before messages were counted by triggers. */
const uncounted = 18;

function oldDatabase(): string {
  return earlierDatabase(uncounted, (connection) => {
    const insert = connection.prepare(
      `INSERT INTO messages (message_id, direction, status, from_number, to_number, body, encoding, segment_count, created_at)
     VALUES (?, ?, ?, '+14155552671', '+14155553000', 'The water stands at 12 cm', 'gsm7', 1, ?)`,
    );
    for (let place = 0; place < 30; place++) {
      const [direction, status] = place % 3 === 0 ? ['inbound', 'received'] : ['outbound', 'sent'];
      insert.run(crypto.randomUUID(), direction, status, Date.UTC(2026, 5, 8 + (place % 2)));
    }
  });
}

test('a database that is brought to the present version says so, and knows its messages', () => {
  let told = 0;
  const database = Database.open(oldDatabase(), 1_000, () => told++);
  onTestFinished(() => database.close());
  const total = (query: Record<string, string>) =>
    new MessageLog(database).page(messageQuery.parse(query))?.total;
  expect(told).toBe(1);
  expect(total({})).toBe(30);
  expect(total({ direction: 'inbound' })).toBe(10);
  expect(total({ status: 'sent', to_date: '2026-06-08' })).toBe(10);
  expect(total({ number: '+14155553000' })).toBe(30);
  expect(total({ q: 'WATER' })).toBe(30);
});

test('a new database is not brought anywhere', () => {
  let told = 0;
  Database.open(join(temporaryFolder(), 'postern.db'), 1_000, () => told++).close();
  expect(told).toBe(0);
});
