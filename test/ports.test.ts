import { expect, it } from 'vitest';
import { portsText } from '../src/cli/ports.ts';
import { LinuxPorts } from '../src/modem/discovery/linux-ports.ts';
import { groupPorts } from '../src/modem/discovery/port-group.ts';
import { bridge, FakeSystem, quectelStick } from './modem/discovery/fake-system.ts';

async function text(system: FakeSystem, held: Readonly<Record<string, string>> = {}): Promise<string> {
  const { ports } = await new LinuxPorts(system.folders).list();
  const shown = await portsText(groupPorts(ports), async (path) => {
    const program = held[path.slice(path.lastIndexOf('/') + 1)];
    return program ? [{ pid: 812, program, service: undefined }] : [];
  });
  return shown.replaceAll(system.folders.dev, '/dev');
}

it('ports are listed by device, with what each is for and who holds it', async () => {
  const system = new FakeSystem();
  system.plug(quectelStick);
  system.plug(bridge);
  system.builtIn('ttyS0');
  expect(
    (await text(system, { ttyUSB5: 'ModemManager' })).split('\n').map((line) => line.split(/ {2,}/)),
  ).toEqual([
    ['DEVICE', 'PORT', 'USE', 'HELD BY'],
    ['built in', '/dev/ttyS0', 'only used when named with --modem'],
    ['Quectel EC25-EU (2c7c:0125)', '/dev/ttyUSB3', 'diagnostics or positioning, left alone'],
    ['', '/dev/ttyUSB4', 'diagnostics or positioning, left alone'],
    ['', '/dev/ttyUSB5', 'AT commands', 'ModemManager (812)'],
    ['', '/dev/ttyUSB6', 'AT commands (spare)'],
    ['USB Serial (1a86:7523)', '/dev/ttyUSB9', 'serial cable, tried last'],
  ]);
});

it('a port that this container was not given is told as such', async () => {
  const system = new FakeSystem();
  system.plug(bridge);
  system.hide('ttyUSB9');
  expect(await text(system)).toContain('not visible here');
});

it('where there is none, a person is told what to do', async () => {
  expect(await text(new FakeSystem())).toMatch(
    /No serial port is plugged in. Plug a modem into a USB socket/,
  );
});
