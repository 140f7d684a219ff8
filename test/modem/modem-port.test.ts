import { expect, test } from 'vitest';
import { EmulatedModem, EmulatedNetwork, emulatedTransport } from '../../src/emulator/index.ts';
import { PortHandle } from '../../src/modem/modem-port.ts';
import { OpenDevices } from '../../src/modem/open-devices.ts';
import type { Transport } from '../../src/modem/transport.ts';
import { ManualClock } from '../manual-clock.ts';

test('a stick that was pulled out while its port was being opened is opened anew when it is back', async () => {
  const clock = new ManualClock();
  const network = new EmulatedNetwork({ clock });
  const modem = new EmulatedModem({ clock, network, sim: network.addSim({ number: '+15550001111' }) });
  const opened: Transport[] = [];
  const open = async (path: string) => {
    const transport = emulatedTransport(modem, path);
    opened.push(transport);
    if (opened.length === 1) modem.powerOff();
    await clock.advance(0);
    return transport;
  };
  modem.powerOn();
  const port = { path: '/dev/ttyUSB0', baudRate: 115_200, emulated: true, open };
  const handle = new PortHandle(port, new OpenDevices());
  await expect((await handle.open()).write('AT\r')).rejects.toThrow('is closed');
  await handle.close();
  modem.powerOn();
  await (await handle.open()).write('AT\r');
  expect(opened).toHaveLength(2);
});
