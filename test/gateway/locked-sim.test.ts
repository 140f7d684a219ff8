import { expect, onTestFinished, test, vi } from 'vitest';
import type { ModemView } from '../../src/contract/modem.ts';
import type { SimView } from '../../src/contract/sim.ts';
import { secretive } from '../modem/secretive-modem.ts';
import { numbers } from './model/world.ts';
import { Office } from './office.ts';

const minuteMs = 60_000;
/** The program reads from the disk in a time of its own while it starts. */
const patience = { timeout: 60_000, interval: 0 };

test('a text whose SIM is presumably in a modem that is locked says so, also after a start of the program', async () => {
  const office = await Office.open(secretive);
  const { world } = office;
  onTestFinished(() => world.end());
  const ask = async <Data>(path: string) => (await world.gateway.request('GET', path)).data as Data;
  const modem = (await ask<ModemView[]>('/v1/modems')).find(({ number }) => number === numbers[0]);
  const lock = { action: 'query', on: true, pin: '0000' };
  expect((await world.gateway.request('POST', `/v1/modems/${modem?.id}/pin`, lock)).status).toBe(200);
  await world.pass(2 * minuteMs);
  world.unplug(0);
  await world.pass(5_000);
  world.plug(0, 0);
  await world.pass(30_000);
  const text = await office.send('waits for the PIN');
  const sentence = `Its SIM was last read in the modem ${modem?.id}, and is presumably still there. The SIM needs its PIN`;
  for (const start of [() => undefined, () => world.restart()]) {
    await start();
    await vi.waitFor(async () => {
      await world.pass(1_000);
      const sims = await ask<SimView[]>('/v1/sims');
      expect(sims.find(({ number }) => number === numbers[0])).toMatchObject({
        modem_id: null,
        presumed_modem_id: modem?.id,
      });
    }, patience);
    const { reason, message } = (await office.waits(text)) ?? {};
    expect([reason, message]).toEqual(['modem', expect.stringContaining(sentence)]);
  }
});
