import { expect, onTestFinished, test } from 'vitest';
import { numbers } from './model/world.ts';
import { Office } from './office.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

async function openOffice(): Promise<Office> {
  const office = await Office.open();
  onTestFinished(() => office.world.end());
  return office;
}

const patch = (office: Office, settings: object) =>
  office.world.gateway.request('PATCH', '/v1/settings', settings);

test('a text tells what person or modem it waits for, and that it waits for nothing once it has left', async () => {
  const office = await openOffice();
  const { world } = office;
  await patch(office, { sending_paused: true });
  const text = await office.send('waits');
  expect(await office.waits(text)).toMatchObject({ reason: 'sending_paused', until: null });
  await world.pause(0, true);
  await patch(office, { sending_paused: false });
  expect(await office.waits(text)).toMatchObject({ reason: 'sim_paused', until: null });
  world.unplug(0);
  await world.pass(5_000);
  await world.pause(0, false);
  expect(await office.waits(text)).toMatchObject({ reason: 'modem', until: null });
  world.plug(0, 0);
  await world.pass(2 * minuteMs);
  expect([await office.status(text), await office.waits(text)]).toEqual(['delivered', null]);
});

test('a text tells what time it waits for', async () => {
  const office = await openOffice();
  const { world } = office;
  const at = office.at(2 * hourMs);
  const scheduled = await office.send('scheduled', { scheduled_at: at });
  expect(await office.waits(scheduled)).toMatchObject({ reason: 'scheduled', until: at.replace('.000', '') });
  world.network.addPhone('+15557654322', { refuse: 41 });
  const refused = await office.send('refused', { to: '+15557654322' });
  await world.pass(5_000);
  const { reason, until } = (await office.waits(refused)) ?? {};
  expect(reason).toBe('retry');
  expect(Date.parse(until ?? '') - world.clock.now()).toBeGreaterThan(0);
  world.clock.shift(3 * hourMs);
  await world.pass(minuteMs);
  expect(await office.waits(scheduled)).toMatchObject({
    reason: 'clock',
    message: expect.stringMatching(/jumped by 180 minutes/),
    until: null,
  });
});

test.each([
  ['window', { windows: [{ days: ['mon'], from: '03:00', to: '03:01' }], time_zone: 'UTC' }],
  ['day', { limits: { per_day: 1 } }],
  ['recipients', { limits: { recipients_per_day: 1 } }],
])(
  'a text tells that it waits for the %s that is set for its SIM, and until when',
  async (word, settings) => {
    const office = await openOffice();
    const { world } = office;
    await office.send('first', { to: '+15557000001' });
    await world.pass(minuteMs);
    await office.set(settings);
    const second = await office.send('second', { to: '+15557000002' });
    await world.pass(minuteMs);
    const { reason, until } = (await office.waits(second)) ?? {};
    expect(reason).toBe(word);
    expect(Date.parse(until ?? '')).toBeGreaterThan(world.clock.now());
  },
);

test('a text whose fate is unknown and one of a paused batch tell it', async () => {
  const office = await openOffice();
  const { world } = office;
  world.strike(0, 'lose-result');
  const lost = await office.send('lost', { to: '+15557654330' });
  world.network.addPhone('+15557654330', { reports: [] });
  await world.pass(125_000);
  expect(await office.waits(lost)).toMatchObject({ reason: 'evidence', until: expect.any(String) });
  const { data } = await world.gateway.request('POST', '/v1/sms/batch', {
    paused: true,
    messages: [{ from: numbers[1], to: '+15557000009', body: 'in a batch' }],
  });
  const [{ data: batched }] = (data as { results: [{ data: { message_id: string } }] }).results;
  expect(await office.waits(batched.message_id)).toMatchObject({ reason: 'batch_paused', until: null });
});

test('a text of a SIM that is blamed for its failures tells it, and when the SIM is tried again', async () => {
  const office = await openOffice();
  const { world } = office;
  for (const to of ['+15557654331', '+15557654332', '+15557654333']) {
    world.network.addPhone(to, { refuse: 50 });
    await office.send('refused', { to });
  }
  await world.pass(20_000);
  const { reason, until } = (await office.waits(await office.send('behind them'))) ?? {};
  expect(reason).toBe('sim_blamed');
  expect(Date.parse(until ?? '')).toBeGreaterThan(world.clock.now());
});
