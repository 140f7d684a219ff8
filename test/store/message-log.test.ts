import { describe, expect, test } from 'vitest';
import { message } from '../../src/contract/message.ts';
import { type MessageQuery, messageQuery } from '../../src/contract/message-query.ts';
import { MessageLog } from '../../src/store/message-log.ts';
import { storeMessage } from './stored-message.ts';
import { temporaryDatabase } from './temporary-database.ts';

function setUp() {
  const database = temporaryDatabase();
  const log = new MessageLog(database);
  const page = (query: Record<string, string> = {}) => log.page(messageQuery.parse(query) as MessageQuery);
  const ids = (query: Record<string, string> = {}) => page(query)?.data.map((found) => found.message_id);
  return { database, log, page, ids };
}

describe('one message', () => {
  test('is shown with every field, times in whole seconds', () => {
    const { database, log } = setUp();
    const id = storeMessage(database, {
      status: 'delivered',
      sent_at: '2026-06-08T13:30:07.999Z',
      delivered_at: '2026-06-08T14:02:11Z',
      cost_usd: 0.0075,
      client_reference: 'order 7',
      segment_count: 2,
      encoding: 'ucs2',
    });
    const found = log.find(id);
    expect(found).toEqual({
      message_id: id,
      from: '+14155552671',
      to: '+14155553000',
      body: 'Your verification code is 482910',
      direction: 'outbound',
      segment_count: 2,
      status: 'delivered',
      failure_reason: null,
      sent_at: '2026-06-08T13:30:07Z',
      delivered_at: '2026-06-08T14:02:11Z',
      cost_usd: 0.0075,
      created_at: '2026-06-08T13:30:06Z',
      client_reference: 'order 7',
      encoding: 'ucs2',
    });
    expect(message.parse(found)).toEqual(found);
  });

  test('says whether it is complete when it came in, also with no number of ours known', () => {
    const { database, log } = setUp();
    const id = storeMessage(database, { direction: 'inbound', to: null, complete: false });
    expect(log.find(id)).toMatchObject({ to: null, complete: false, status: 'received' });
  });

  test('is undefined when there is none', () => {
    expect(setUp().log.find(crypto.randomUUID())).toBeUndefined();
  });
});

describe('the order of the log', () => {
  test('is newest first by arrival, whatever the clock said meanwhile', () => {
    const { database, ids } = setUp();
    const days = ['2026-06-08T10:00:00Z', '2020-01-01T00:00:00Z', '2026-06-08T10:00:00Z'];
    const stored = days.map((created_at) => storeMessage(database, { created_at }));
    expect(ids()).toEqual(stored.reverse());
  });

  test('cuts into pages that overlap nowhere and leave nothing out', () => {
    const { database, page } = setUp();
    const stored = Array.from({ length: 45 }, () => storeMessage(database));
    const pages = ['1', '2', '3', '4'].map((number) => page({ page: number }));
    expect(pages.map((part) => part?.data.length)).toEqual([20, 20, 5, 0]);
    expect(pages.every((part) => part?.total === 45)).toBe(true);
    expect(pages.flatMap((part) => part?.data.map(({ message_id }) => message_id))).toEqual(stored.reverse());
  });

  test('with after: is oldest first, only what is newer', () => {
    const { database, page } = setUp();
    const stored = Array.from({ length: 5 }, () => storeMessage(database));
    const found = page({ after: stored[1] ?? '', per_page: '2' });
    expect(found?.data.map(({ message_id }) => message_id)).toEqual(stored.slice(2, 4));
    expect(found?.total).toBe(3);
    expect(page({ after: stored[4] ?? '' })).toEqual({ data: [], total: 0 });
  });

  test('with after a message that is not there: has no answer', () => {
    expect(setUp().page({ after: crypto.randomUUID() })).toBeUndefined();
  });
});

describe('filters', () => {
  const here = '+14155552671';
  const there = '+14155553000';
  const cases: readonly [string, Record<string, string>, readonly string[]][] = [
    ['nothing', {}, ['out', 'in', 'failed', 'name']],
    ['a number, as sender or recipient', { number: here }, ['out', 'in', 'failed', 'name']],
    ['a number, of the other side', { number: there }, ['out', 'in']],
    ['a number whose plus became a blank', { number: ' 14155553000' }, ['out', 'in']],
    ['a sender that is a name', { number: 'ACME' }, ['name']],
    ['half a number', { number: '+1415' }, []],
    ['a direction', { direction: 'inbound' }, ['in', 'name']],
    ['a status', { status: 'failed' }, ['failed']],
    ['a first day', { from_date: '2026-06-09' }, ['failed', 'name']],
    ['a last day, to its last millisecond', { to_date: '2026-06-08' }, ['out', 'in']],
    ['one day', { from_date: '2026-06-09', to_date: '2026-06-09' }, ['failed']],
    ['days the wrong way round', { from_date: '2026-06-10', to_date: '2026-06-09' }, []],
    ['a text, in any case', { q: 'VERIFICATION' }, ['out']],
    ['a text with signs that SQL knows', { q: '100%_' }, ['in']],
    ['a text that only such a sign would match', { q: '%' }, ['in']],
    ['a quote', { q: `'; DROP TABLE messages; --` }, []],
    ['NUL', { q: '\0' }, []],
    ['a reference', { client_reference: 'order 7' }, ['out']],
    ['several at once', { number: here, direction: 'inbound', q: 'off' }, ['in']],
  ];

  test.each(cases)('by %s', (_what, query, expected) => {
    const { database, page } = setUp();
    const names = new Map<string, string>();
    const store = (name: string, given: Parameters<typeof storeMessage>[1]) =>
      names.set(storeMessage(database, given), name);
    store('out', { client_reference: 'order 7' });
    store('in', {
      direction: 'inbound',
      from: there,
      to: here,
      body: '100%_ off',
      created_at: '2026-06-08T23:59:59.999Z',
    });
    store('failed', { status: 'failed', to: '+14155559999', body: 'x', created_at: '2026-06-09T00:00:00Z' });
    store('name', {
      direction: 'inbound',
      from: 'ACME',
      to: here,
      body: 'y',
      created_at: '2026-06-10T00:00:00Z',
    });
    const found = page(query);
    expect(found?.data.map(({ message_id }) => names.get(message_id)).reverse()).toEqual(expected);
    expect(found?.total).toBe(expected.length);
  });
});
