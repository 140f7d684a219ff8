import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { KeyStore } from '../../src/store/key-store.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryDatabase } from './temporary-database.ts';

function setUp() {
  const clock = new ManualClock();
  const database = temporaryDatabase();
  const keys = new KeyStore(database, clock, silentLog);
  /** What another process sees that opens the same file. */
  const elsewhere = new KeyStore(temporaryDatabase(database.file), clock, silentLog);
  return { clock, database, keys, elsewhere };
}

const till = { name: 'Till', scopes: ['sms:send', 'sms:read'] } as const;
const wanted = { name: till.name, scopes: [...till.scopes] };

describe('API keys', () => {
  test('a new key is ak_ and at least 32 random characters, never the same twice', () => {
    const { keys } = setUp();
    const made = Array.from({ length: 50 }, () => keys.create(wanted).key);
    for (const key of made) expect(key).toMatch(/^ak_[0-9A-Za-z]{32,}$/);
    expect(new Set(made).size).toBe(50);
  });

  test('a key is recognised with its id, name and scopes', () => {
    const { keys } = setUp();
    const { id, key } = keys.create(wanted);
    expect(keys.authenticate(key)).toEqual({ id, name: 'Till', scopes: ['sms:send', 'sms:read'] });
  });

  test('the file holds no key, only its hash and first characters', () => {
    const { keys, database } = setUp();
    const { key } = keys.create(wanted);
    const written = [database.file, `${database.file}-wal`]
      .map((file) => readFileSync(file, 'latin1'))
      .join();
    expect(written).toContain(key.slice(0, 9));
    expect(written).not.toContain(key.slice(0, 12));
    expect(written).not.toContain(key.slice(-20));
  });

  test.each([
    ['empty', ''],
    ['without its prefix', 'sk_0123456789012345678901234567890123456789'],
    ['too short', 'ak_0123456789'],
    ['far too long', `ak_${'x'.repeat(100_000)}`],
    ['with other characters', `ak_${'ä'.repeat(40)}`],
    ['well-formed but unknown', `ak_${'0'.repeat(40)}`],
  ])('a key that is %s is refused', (_what, key) => {
    const { keys } = setUp();
    keys.create(wanted);
    expect(keys.authenticate(key)).toBeUndefined();
  });

  test('a key with one character changed or added is refused', () => {
    const { keys } = setUp();
    const { key } = keys.create(wanted);
    const changed = key.slice(0, -1) + (key.endsWith('a') ? 'b' : 'a');
    expect(keys.authenticate(changed)).toBeUndefined();
    expect(keys.authenticate(`${key}a`)).toBeUndefined();
    expect(keys.authenticate(key.toLowerCase())).toBeUndefined();
  });

  test('a key that another process made counts at once', () => {
    const { keys, elsewhere } = setUp();
    const { id, key } = elsewhere.create(wanted);
    expect(keys.authenticate(key)?.id).toBe(id);
  });

  test('a key that another process revoked is refused at once', () => {
    const { keys, elsewhere } = setUp();
    const { id, key } = keys.create(wanted);
    expect(keys.authenticate(key)).toBeDefined();
    expect(keys.isActive(id)).toBe(true);
    expect(elsewhere.revoke(id)).toBe(true);
    expect(keys.authenticate(key)).toBeUndefined();
    expect(keys.isActive(id)).toBe(false);
  });

  test('revoking tells whether there was anything to revoke', () => {
    const { keys, clock } = setUp();
    const { id } = keys.create(wanted);
    expect(keys.revoke('nobody')).toBe(false);
    expect(keys.revoke(id)).toBe(true);
    expect(keys.revoke(id)).toBe(false);
    expect(keys.list()[0]?.revoked_at).toBe(new Date(clock.now()).toISOString().replace('.000', ''));
  });

  test('a scope named twice is kept once', () => {
    const { keys } = setUp();
    const { key } = keys.create({ name: 'x', scopes: ['webhooks', 'webhooks'] });
    expect(keys.authenticate(key)?.scopes).toEqual(['webhooks']);
  });
});

describe('the use of a key', () => {
  test('is written down seconds later, all of it at once', async () => {
    const { keys, elsewhere, clock, database } = setUp();
    const { key } = keys.create(wanted);
    for (let use = 0; use < 500; use++) keys.authenticate(key);
    expect(elsewhere.list()[0]).toMatchObject({ request_count: 0, last_used_at: null });
    await clock.advance(10_000);
    expect(elsewhere.list()[0]).toMatchObject({ request_count: 500, last_used_at: '2026-06-08T13:30:06Z' });
    const before = writes(database);
    await clock.advance(60_000);
    expect(writes(database)).toEqual(before);
  });

  test('is written down when the gateway stops', () => {
    const { keys, elsewhere } = setUp();
    const { key } = keys.create(wanted);
    keys.authenticate(key);
    keys.stop();
    expect(elsewhere.list()[0]?.request_count).toBe(1);
  });

  test('adds up over flushes and does not go back with the clock', async () => {
    const { keys, clock } = setUp();
    const { key } = keys.create(wanted);
    keys.authenticate(key);
    await clock.advance(10_000);
    keys.authenticate(key);
    await clock.advance(10_000);
    expect(keys.list()[0]).toMatchObject({ request_count: 2, last_used_at: '2026-06-08T13:30:16Z' });
  });

  test('is not counted for a key that is refused', () => {
    const { keys } = setUp();
    const { id, key } = keys.create(wanted);
    keys.revoke(id);
    keys.authenticate(key);
    expect(keys.list()[0]?.request_count).toBe(0);
  });
});

/** How many rows this connection has ever changed. */
function writes(database: ReturnType<typeof temporaryDatabase>): unknown {
  return database.prepare('SELECT total_changes() AS count').get();
}
