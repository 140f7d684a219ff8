import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SessionStore } from '../../src/store/session-store.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryDatabase } from './temporary-database.ts';

function setUp() {
  const clock = new ManualClock();
  const database = temporaryDatabase();
  return { clock, database, sessions: new SessionStore(database, clock) };
}

function opened(sessions: SessionStore) {
  const result = sessions.redeem(sessions.issueLink());
  if (!result) throw new Error('the link did not work');
  return result;
}

test('a link opens a session, and the cookie proves it', () => {
  const { sessions } = setUp();
  const { cookie, session } = opened(sessions);
  expect(sessions.authenticate(cookie)).toEqual(session);
  expect(sessions.isActive(session.id)).toBe(true);
});

test('a link works once', () => {
  const { sessions } = setUp();
  const token = sessions.issueLink();
  expect(sessions.redeem(token)).toBeDefined();
  expect(sessions.redeem(token)).toBeUndefined();
});

test('a link works for a quarter of an hour', async () => {
  const { sessions, clock } = setUp();
  const [soon, late] = [sessions.issueLink(), sessions.issueLink()];
  await clock.advance(15 * 60_000 - 1);
  expect(sessions.redeem(soon)).toBeDefined();
  await clock.advance(1);
  expect(sessions.redeem(late)).toBeUndefined();
});

test('a link that was never issued does not work', () => {
  const { sessions } = setUp();
  expect(sessions.redeem('')).toBeUndefined();
  expect(sessions.redeem('x'.repeat(43))).toBeUndefined();
});

test('of too many unused links the oldest stops working', () => {
  const { sessions } = setUp();
  const tokens = Array.from({ length: 101 }, () => sessions.issueLink());
  expect(sessions.redeem(tokens[0] ?? '')).toBeUndefined();
  expect(sessions.redeem(tokens[1] ?? '')).toBeDefined();
  expect(sessions.redeem(tokens[100] ?? '')).toBeDefined();
});

test('a session that was ended, or is older than 30 days, is no longer good', async () => {
  const { sessions, clock } = setUp();
  const [first, second] = [opened(sessions), opened(sessions)];
  sessions.end(first.session.id);
  expect(sessions.authenticate(first.cookie)).toBeUndefined();
  expect(sessions.authenticate(second.cookie)).toBeDefined();
  await clock.advance(30 * 24 * 3_600_000);
  expect(sessions.authenticate(second.cookie)).toBeUndefined();
  expect(sessions.isActive(second.session.id)).toBe(false);
});

test('a session outlives a restart, of which the file knows only a hash', () => {
  const { sessions, database, clock } = setUp();
  const { cookie, session } = opened(sessions);
  expect(new SessionStore(database, clock).authenticate(cookie)).toEqual(session);
  expect(readFileSync(`${database.file}-wal`, 'latin1')).not.toContain(cookie.slice(0, 20));
});

test('the oldest of more than a thousand sessions gives way', () => {
  const { sessions, database } = setUp();
  const oldest = opened(sessions);
  database.transaction(() => {
    for (let count = 0; count < 1_000; count++) opened(sessions);
  });
  expect(sessions.authenticate(oldest.cookie)).toBeUndefined();
  expect(database.prepare('SELECT count(*) AS count FROM sessions').get()).toEqual({ count: 1_000 });
});

test.each(['', 'short', 'ä'.repeat(43), 'x'.repeat(43), 'x'.repeat(100_000)])(
  'the cookie %#, which is nobody’s, is refused',
  (cookie) => {
    const { sessions } = setUp();
    opened(sessions);
    expect(sessions.authenticate(cookie)).toBeUndefined();
  },
);
