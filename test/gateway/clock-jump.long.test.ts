import { expect, onTestFinished, test } from 'vitest';
import { Office } from './office.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

async function openOffice(): Promise<Office> {
  const office = await Office.open();
  onTestFinished(() => office.world.end());
  return office;
}

test('a clock that jumps ahead expires nothing before it has gone evenly for ten minutes', async () => {
  const office = await openOffice();
  const { world } = office;
  world.unplug(0);
  await world.pass(minuteMs);
  const [short, long] = [await office.send('short', { validity_seconds: 3_600 }), await office.send('long')];
  world.clock.shift(5 * hourMs);
  await world.pass(9 * minuteMs);
  expect([await office.status(short), await office.status(long)]).toEqual(['queued', 'queued']);
  expect((await office.queue()).clock?.message).toMatch(/jumped by 300 minutes/);
  await world.pass(3 * minuteMs);
  expect([await office.status(short), await office.status(long)]).toEqual([
    'failed: modem_failure',
    'queued',
  ]);
  expect((await office.queue()).clock).toBeNull();
});

test('a scheduled text does not leave because the clock jumped, until a person says that it is right', async () => {
  const office = await openOffice();
  const { world } = office;
  const scheduled = await office.send('at its time', { scheduled_at: office.at(2 * hourMs) });
  expect(await office.status(scheduled)).toBe('queued');
  world.clock.shift(3 * hourMs);
  await world.pass(5 * minuteMs);
  expect([await office.status(scheduled), office.taken]).toEqual(['queued', []]);
  await office.decide('believe-clock');
  await world.pass(minuteMs);
  expect([await office.status(scheduled), office.taken]).toEqual(['delivered', ['at its time']]);
});

test('a clock that was set back by twenty years keeps no text that is to leave at once, nor one that is tried again', async () => {
  const office = await openOffice();
  const { world } = office;
  world.network.addPhone('+15557654322', { refuse: 41 });
  const refused = await office.send('refused', { to: '+15557654322' });
  await world.pass(5_000);
  world.clock.shift(-20 * 365 * 24 * hourMs);
  await office.send('at once');
  await world.pass(20 * minuteMs);
  expect(office.taken).toEqual(['at once']);
  expect((await office.story(refused)).filter((entry) => entry === 'segment_refused').length).toBeGreaterThan(
    3,
  );
});

test('a machine that starts with its clock before the newest message does not believe it', async () => {
  const office = await openOffice();
  const { world } = office;
  await office.send('before');
  await world.pass(minuteMs);
  world.clock.shift(-30 * 24 * hourMs);
  await world.restart();
  expect((await office.queue()).clock?.message).toMatch(/stands before the newest message/);
  await world.pass(11 * minuteMs);
  expect((await office.queue()).clock).toBeNull();
});

test('a scheduled text is queued until it is due, over a start of the program, and then leaves once', async () => {
  const office = await openOffice();
  const { world } = office;
  const scheduled = await office.send('at its time', { scheduled_at: office.at(10 * minuteMs) });
  await world.cutPower();
  await world.pass(9 * minuteMs);
  expect([await office.status(scheduled), office.taken]).toEqual(['queued', []]);
  await world.pass(2 * minuteMs);
  expect([await office.status(scheduled), office.taken]).toEqual(['delivered', ['at its time']]);
});

test.each([
  ['whose SIM may write to nobody new today', { limits: { recipients_per_day: 1 } }, []],
  ['whose SIM is blamed for its failures', {}, ['+15557654331', '+15557654332', '+15557654333']],
])('a scheduled text %s waits as well while the clock is in doubt', async (_, settings, refusing) => {
  const office = await openOffice();
  const { world } = office;
  await office.set(settings);
  await office.send('before');
  for (const to of refusing) {
    world.network.addPhone(to, { refuse: 50 });
    await office.send('refused', { to });
  }
  await world.pass(minuteMs);
  const scheduled = await office.send('at its time', { scheduled_at: office.at(4 * minuteMs) });
  world.clock.shift(3 * hourMs);
  await world.pass(9 * minuteMs);
  expect([await office.status(scheduled), office.taken]).toEqual(['queued', ['before']]);
  await world.pass(6 * minuteMs);
  expect([await office.status(scheduled), office.taken]).toEqual(['delivered', ['before', 'at its time']]);
});
