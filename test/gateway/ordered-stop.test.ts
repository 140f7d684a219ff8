import { describe, expect, it } from 'vitest';
import { EmulatedModem, EmulatedNetwork, emulatedTransport } from '../../src/emulator/index.ts';
import type { OpenTransport } from '../../src/modem/transport.ts';
import { ManualClock } from '../manual-clock.ts';
import { MortalGateway } from './model/mortal-gateway.ts';

async function isReady(gateway: MortalGateway): Promise<boolean> {
  const { data } = await gateway.request('GET', '/v1/modems');
  return (data as { state: string }[]).some(({ state }) => state === 'ready');
}

describe('an ordered stop', () => {
  it('does not wait for ever for a driver that lets nothing go', async () => {
    const clock = new ManualClock();
    const network = new EmulatedNetwork({ clock });
    const modem = new EmulatedModem({ clock, network, sim: network.addSim({ number: '+15550100001' }) });
    modem.powerOn();
    let closing = false;
    const open: OpenTransport = async (path, { baudRate }) => {
      const transport = emulatedTransport(modem, path, baudRate);
      transport.close = () => {
        closing = true;
        return new Promise(() => undefined);
      };
      return transport;
    };
    const gateway = await MortalGateway.start(clock, open, ['path=/dev/ttyUSB0']);
    for (let second = 0; second < 60 && !(await isReady(gateway)); second++) await clock.advance(1_000);
    const began = clock.monotonic();
    await gateway.stop();
    expect(closing).toBe(true);
    expect(clock.monotonic() - began).toBeLessThanOrEqual(10_000);
  });
});
