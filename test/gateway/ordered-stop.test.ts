import { describe, expect, it } from 'vitest';
import { EmulatedModem, EmulatedNetwork, emulatedTransport } from '../../src/emulator/index.ts';
import type { OpenTransport } from '../../src/modem/transport.ts';
import { ManualClock } from '../manual-clock.ts';
import { settled } from '../modem/eventually.ts';
import { MortalGateway } from './model/mortal-gateway.ts';

describe('an ordered stop', () => {
  it('does not wait for ever for a driver that lets nothing go', async () => {
    const clock = new ManualClock();
    const network = new EmulatedNetwork({ clock });
    const modem = new EmulatedModem({ clock, network, sim: network.addSim({ number: '+15550100001' }) });
    let closing = false;
    const opened = Promise.withResolvers<void>();
    const open: OpenTransport = async (path) => {
      const transport = emulatedTransport(modem, path);
      transport.close = () => {
        closing = true;
        return new Promise(() => undefined);
      };
      opened.resolve();
      return transport;
    };
    const gateway = await MortalGateway.start(clock, open, ['path=/dev/ttyUSB0']);
    await settled(clock, opened.promise);
    await clock.advance(5_000);
    const began = clock.monotonic();
    await gateway.stop();
    expect(closing).toBe(true);
    expect(clock.monotonic() - began).toBeLessThanOrEqual(10_000);
  });
});
