import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type Emulation, startEmulation } from '../../src/emulator/index.ts';
import type { Transport } from '../../src/modem/transport.ts';
import { ManualClock } from '../manual-clock.ts';
import { framed } from './bench.ts';

function start(): { emulation: Emulation; clock: ManualClock; open: (place?: number) => Promise<Transport> } {
  const clock = new ManualClock();
  const emulation = startEmulation({ clock, count: 2 });
  const open = (place = 1) => emulation.open(`emulator:${place}`, { baudRate: 115_200 });
  return { emulation, clock, open };
}

async function ask(transport: Transport, octets: string): Promise<string> {
  const answer = once(transport, 'data', { signal: AbortSignal.timeout(60_000) });
  await transport.write(octets);
  return (await answer).join('');
}

describe('an emulation', () => {
  it('has modems with numbers of their own, in a network with phones that answer', () => {
    const { emulation } = start();
    expect(emulation.modems.map(({ path, number }) => `${path} ${number}`)).toEqual([
      'emulator:1 +15550100001',
      'emulator:2 +15550100002',
    ]);
    expect(emulation.phones.map((phone) => phone.behaviour)).toContain('auto-reply');
  });

  it('opens each modem as a transport', async () => {
    const { open } = start();
    const transport = await open();
    expect(transport.path).toBe('emulator:1');
    expect(await ask(transport, 'ATE0+CSQ\r')).toBe(`ATE0+CSQ\r${framed('+CSQ: 20,99', 'OK')}`);
  });

  it('has one host a modem', async () => {
    const { open } = start();
    const first = await open();
    await expect(open()).rejects.toMatchObject({ code: 'busy' });
    await first.close();
    await expect(open()).resolves.toBeDefined();
  });

  it('has no modem that it does not have, and none without power', async () => {
    const { emulation, open } = start();
    await expect(open(3)).rejects.toMatchObject({ code: 'absent' });
    emulation.modems[0]?.modem.powerOff();
    await expect(open()).rejects.toMatchObject({ code: 'absent' });
  });

  it('ends a transport once, with a cause, when the modem loses power', async () => {
    const { emulation, open } = start();
    const transport = await open();
    const causes: unknown[] = [];
    transport.on('close', (cause) => causes.push(cause));
    emulation.modems[0]?.modem.powerOff();
    await transport.close();
    expect(causes).toMatchObject([{ code: 'absent' }]);
    await expect(transport.write('AT\r')).rejects.toMatchObject({ code: 'closed' });
  });

  it('ends a transport without a cause when its host closes it, and nothing comes after', async () => {
    const { emulation, open } = start();
    const transport = await open();
    const heard: unknown[] = [];
    transport.on('data', (octets) => heard.push(octets));
    transport.on('close', (cause) => heard.push(cause));
    await transport.close();
    emulation.modems[0]?.modem.unsolicited('RING');
    await transport.close();
    expect(heard).toEqual([undefined]);
  });

  it('cuts the power when it stops', () => {
    const { emulation } = start();
    emulation.stop();
    expect(emulation.modems.map((station) => station.modem.powered)).toEqual([false, false]);
  });
});
