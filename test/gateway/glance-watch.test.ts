import { expect, it } from 'vitest';
import type { Glance, PersonNotice } from '../../src/contract/glance.ts';
import { GlanceWatch } from '../../src/gateway/glance-watch.ts';
import { silentLog } from '../../src/log.ts';
import { EventLog } from '../../src/store/event-log.ts';
import { SettingsStore } from '../../src/store/settings-store.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryDatabase } from '../store/temporary-database.ts';

const received = (body: string) => ({
  message_id: '018f4d2e-7b1a-7c3d-9e5f-1a2b3c4d5e6f',
  from: '+15550100002',
  to: '+15550100001',
  body,
});

/** A watch over real stores, without a modem. */
function watched() {
  const database = temporaryDatabase();
  const clock = new ManualClock();
  const events = new EventLog(database, clock, silentLog);
  const settings = new SettingsStore(database);
  const glances: Glance[] = [];
  const notices: PersonNotice[] = [];
  const views = { modems: () => [], numbers: () => [] };
  const watch = new GlanceWatch(
    { clock, log: silentLog, views, settings, events },
    { glance: (glance) => glances.push(glance), notice: (notice) => notices.push(notice) },
  );
  return { database, clock, events, settings, glances, notices, watch };
}

it('tells how all stands at once, and again only when that has changed', async () => {
  const { clock, settings, glances, watch } = watched();
  watch.start();
  await clock.advance(10_000);
  expect(glances).toEqual([{ sending_paused: false, waiting: 0, modems: [] }]);
  settings.change({ sending_paused: true });
  await clock.advance(2_000);
  expect(glances.at(-1)?.sending_paused).toBe(true);
  watch.stop();
  settings.change({ sending_paused: false });
  await clock.advance(10_000);
  expect(glances).toHaveLength(2);
});

it('tells of texts that come in from now on, each once, and of none from before', async () => {
  const { clock, events, notices, watch } = watched();
  events.record('sms.received', received('before'));
  watch.start();
  events.record('sms.received', received('first'));
  events.record('call.missed', { from: null, to: null });
  await clock.advance(4_000);
  events.record('sms.received', received('second'));
  await clock.advance(4_000);
  expect(notices).toEqual([
    { kind: 'received', from: '+15550100002', body: 'first' },
    { kind: 'received', from: '+15550100002', body: 'second' },
  ]);
});

it('tells the first where none came before, and few of very many', async () => {
  const { clock, events, notices, watch } = watched();
  watch.start();
  for (let text = 0; text < 100; text++) events.record('sms.received', received(String(text)));
  await clock.advance(10_000);
  expect(notices).toHaveLength(20);
  events.record('sms.received', received('later'));
  await clock.advance(2_000);
  expect(notices.at(-1)).toMatchObject({ body: 'later' });
});

it('goes on telling when the database can be read again', async () => {
  const { database, clock, events, notices, watch } = watched();
  watch.start();
  database.prepare('ALTER TABLE events RENAME TO away').run();
  await clock.advance(10_000);
  database.prepare('ALTER TABLE away RENAME TO events').run();
  events.record('sms.received', received('first'));
  await clock.advance(2_000);
  expect(notices).toHaveLength(1);
  watch.stop();
});
