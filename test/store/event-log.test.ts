import { expect, test } from 'vitest';
import { eventEnvelope } from '../../src/contract/event.ts';
import { silentLog } from '../../src/log.ts';
import { type Announcement, EventLog } from '../../src/store/event-log.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryDatabase } from './temporary-database.ts';

function setUp() {
  const clock = new ManualClock();
  const database = temporaryDatabase();
  const events = new EventLog(database, clock, silentLog);
  const heard: Announcement[] = [];
  const unsubscribe = events.subscribe((announcement) => heard.push(announcement));
  return { clock, database, events, heard, unsubscribe };
}

const firstUlid = '0'.repeat(26);
const removed = { type: 'modem.removed', data: { id: '1' } } as const;

test('an event is kept and told in its envelope', () => {
  const { events, heard } = setUp();
  events.record('sms.sent', { message_id: '1' });
  const [kept] = events.since(firstUlid, 10);
  expect(eventEnvelope.parse(kept)).toEqual(kept);
  expect(kept).toMatchObject({
    event_id: expect.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
    event_type: 'sms.sent',
    api_version: 'v1',
    timestamp: '2026-06-08T13:30:06Z',
    data: { message_id: '1' },
  });
  expect(heard).toEqual([kept]);
});

test('nobody hears of an event before its transaction is on disk, and never if it is taken back', () => {
  const { database, events, heard } = setUp();
  database.transaction(() => {
    events.record('sms.sent', {});
    events.announce(removed);
    expect(heard).toEqual([]);
  });
  expect(heard).toHaveLength(2);
  expect(() =>
    database.transaction(() => {
      events.record('sms.failed', {});
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(heard).toHaveLength(2);
  expect(events.since(firstUlid, 10)).toHaveLength(1);
});

test('a passing change is told but not kept', () => {
  const { events, heard } = setUp();
  events.announce(removed);
  expect(heard).toEqual([removed]);
  expect(events.since(firstUlid, 10)).toEqual([]);
});

test('who has left hears nothing more', () => {
  const { events, heard, unsubscribe } = setUp();
  unsubscribe();
  events.record('sms.sent', {});
  events.announce(removed);
  expect(heard).toEqual([]);
});

test('a listener that fails spoils neither the change nor the other listeners', () => {
  const { events } = setUp();
  const late: Announcement[] = [];
  events.subscribe(() => {
    throw new Error('broken');
  });
  events.subscribe((announcement) => late.push(announcement));
  events.record('sms.sent', {});
  expect(late).toHaveLength(1);
});

test('ids grow within a millisecond, when the clock is set back, and over a restart', () => {
  const { database, events } = setUp();
  const ids = Array.from({ length: 100 }, () => events.record('sms.sent', {}).event_id);
  const earlier = new ManualClock(Date.UTC(2020, 0, 1));
  const restarted = new EventLog(database, earlier, silentLog);
  ids.push(restarted.record('sms.sent', {}).event_id, restarted.record('sms.sent', {}).event_id);
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(102);
});

test('resuming goes on after the event that was seen last, a part at a time', () => {
  const { events } = setUp();
  const ids = Array.from({ length: 7 }, () => events.record('sms.sent', {}).event_id);
  const read = (from: string, limit: number) => events.since(from, limit).map(({ event_id }) => event_id);
  expect(read(ids[2] ?? '', 3)).toEqual(ids.slice(3, 6));
  expect(read(ids[5] ?? '', 3)).toEqual(ids.slice(6));
  expect(read(ids[6] ?? '', 3)).toEqual([]);
});

test('events are forgotten after a day; resuming from one of them gives what is left', async () => {
  const { clock, database, events } = setUp();
  events.start();
  const old = events.record('sms.sent', { number: 1 }).event_id;
  await clock.advance(12 * 3_600_000);
  events.record('sms.sent', { number: 2 });
  await clock.advance(13 * 3_600_000);
  events.stop();
  expect(database.prepare('SELECT count(*) AS count FROM events').get()).toEqual({ count: 1 });
  expect(events.since(old, 10).map(({ data }) => data)).toEqual([{ number: 2 }]);
});

test('very many old events go in parts, not in one long write', async () => {
  const { clock, database, events } = setUp();
  database.transaction(() => {
    for (let count = 0; count < 1_200; count++) events.record('sms.sent', {});
  });
  await clock.advance(25 * 3_600_000);
  const left = () =>
    database.prepare<[], { count: number }>('SELECT count(*) AS count FROM events').get()?.count;
  events.start();
  expect(left()).toBe(700);
  await clock.advance(1_000);
  expect(left()).toBe(200);
  await clock.advance(1_000);
  expect(left()).toBe(0);
  events.stop();
});
