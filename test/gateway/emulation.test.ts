import { expect, onTestFinished, test } from 'vitest';
import type { EmulationView } from '../../src/contract/emulation.ts';
import type { ModemView, OwnNumber } from '../../src/contract/modem.ts';
import { World } from './model/world.ts';

/** The first two of the emulated SIMs sit in the sticks of this world already. */
const count = 3;
const path = 'emulator:3';

async function begin(): Promise<World> {
  const world = await World.begin();
  onTestFinished(() => world.end());
  return world;
}

const emulated = async ({ gateway }: World) =>
  ((await gateway.request('GET', '/v1/modems')).data as ModemView[]).filter(({ port }) => port === path);
const numbers = async ({ gateway }: World) =>
  ((await gateway.request('GET', '/v1/numbers')).data as OwnNumber[]).map(({ number }) => number);

test('emulated modems are plugged in when a person asks, can text, and are there again after a restart', async () => {
  const world = await begin();
  const { status, data } = await world.gateway.request('POST', '/v1/emulation', { modems: count });
  expect([status, (data as EmulationView).modems]).toEqual([201, count]);
  await world.pass(20_000);
  expect(await emulated(world)).toMatchObject([{ emulated: true, state: 'ready', is_new: false }]);
  const again = await world.gateway.request('POST', '/v1/emulation', { modems: count });
  expect(again.status).toBe(409);
  await world.restart();
  await world.pass(20_000);
  expect(await emulated(world)).toMatchObject([{ emulated: true, state: 'ready' }]);
});

test('they are taken away with their numbers; what they sent stays explained', async () => {
  const world = await begin();
  const before = await numbers(world);
  const own = (await world.gateway.request('POST', '/v1/emulation', { modems: count })).data as EmulationView;
  await world.pass(20_000);
  const [modem] = await emulated(world);
  const request = { from: modem?.number, to: own.phones[0]?.number, body: 'hello' };
  const sent = (await world.gateway.request('POST', '/v1/sms/send', request)).data as { message_id: string };
  await world.pass(20_000);
  expect((await emulated(world))[0]).toMatchObject({ last_sent_at: expect.any(String) });
  await world.gateway.request('DELETE', '/v1/emulation');
  await world.pass(1_000);
  expect(await emulated(world)).toEqual([]);
  expect(await numbers(world)).toEqual(before);
  const story = (await world.gateway.request('GET', `/v1/sms/${sent.message_id}/events`)).data;
  expect(story).toMatchObject({ modem: { id: modem?.id, model: modem?.model, forgotten: false } });
});

test('a modem that is plugged in for the first time is new until somebody has looked at it', async () => {
  const world = await begin();
  const modems = async () => (await world.gateway.request('GET', '/v1/modems')).data as ModemView[];
  const [first] = await modems();
  expect(first?.is_new).toBe(true);
  await world.gateway.request('POST', `/v1/modems/${first?.id}/welcome`);
  expect((await modems())[0]?.is_new).toBe(false);
});
