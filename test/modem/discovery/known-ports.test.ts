import { symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KnownPorts } from '../../../src/modem/discovery/known-ports.ts';
import { LinuxPorts } from '../../../src/modem/discovery/linux-ports.ts';
import { ManualClock } from '../../manual-clock.ts';
import { bridge, FakeSystem, huaweiStick } from './fake-system.ts';

async function known(): Promise<{ system: FakeSystem; ports: KnownPorts }> {
  const system = new FakeSystem();
  system.plug(huaweiStick);
  system.plug(bridge);
  system.builtIn('ttyS0');
  symlinkSync(system.path('ttyUSB2'), system.path('gsm0'));
  const ports = new KnownPorts(new ManualClock());
  ports.update((await new LinuxPorts(system.folders).list()).ports);
  return { system, ports };
}

describe('a port', () => {
  it('is known by its path and by every link to it', async () => {
    const { system, ports } = await known();
    expect((await ports.find(system.path('gsm0')))?.path).toBe(system.path('ttyUSB2'));
    expect((await ports.find(system.path('ttyUSB2')))?.device?.vendorId).toBe('12d1');
    expect(await ports.find(system.path('ttyUSB8'))).toBeUndefined();
  });

  it.each([
    ['ttyUSB2', false],
    ['ttyUSB9', true],
    ['ttyS0', true],
  ])('%s is a UART: %j', async (tty, uart) => {
    const { system, ports } = await known();
    expect(await ports.isUart(system.path(tty))).toBe(uart);
  });

  it.each([
    ['/dev/pts/7', false],
    ['/dev/ttys003', false],
    ['/dev/ttyXR0', true],
  ])('that no system lists, %s, is taken for a UART: %j', async (path, uart) => {
    const { ports } = await known();
    expect(await ports.isUart(path)).toBe(uart);
  });

  it('is asked about in vain for five seconds where the system never says what is plugged in', async () => {
    const clock = new ManualClock();
    let over = false;
    const finding = new KnownPorts(clock).find('/nowhere/ttyUSB0').finally(() => {
      over = true;
    });
    await clock.advance(4_999);
    expect(over).toBe(false);
    await clock.advance(1);
    expect(await finding).toBeUndefined();
  });
});
