import { symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LinuxPorts } from '../../../src/modem/discovery/linux-ports.ts';
import { NeverTouch } from '../../../src/modem/discovery/never-touch.ts';
import { bridge, FakeSystem, huaweiStick } from './fake-system.ts';

describe('the list of what is never touched', () => {
  it('takes paths and ids', async () => {
    const system = new FakeSystem();
    system.plug(huaweiStick);
    system.plug(bridge);
    const { ports } = await new LinuxPorts(system.folders).list();
    const left = async (...entries: string[]) => {
      const list = new NeverTouch(entries);
      const closed = await Promise.all(ports.map((port) => list.port(port)));
      return ports.filter((_, at) => !closed[at]).map(({ path }) => path.slice(-7));
    };
    expect(await left()).toEqual(['ttyUSB0', 'ttyUSB1', 'ttyUSB2', 'ttyUSB9']);
    expect(await left(system.path('ttyUSB1'))).toEqual(['ttyUSB0', 'ttyUSB2', 'ttyUSB9']);
    expect(await left('12D1:1506')).toEqual(['ttyUSB9']);
    expect(await left('1a86:*')).toEqual(['ttyUSB0', 'ttyUSB1', 'ttyUSB2']);
    expect(await left('1a86:7522')).toHaveLength(4);
  });

  it('holds for every name of a port', async () => {
    const system = new FakeSystem();
    system.plug(bridge);
    const link = system.path('scale');
    symlinkSync(system.path('ttyUSB9'), link);
    expect(await new NeverTouch([link]).path(system.path('ttyUSB9'))).toBe(true);
    expect(await new NeverTouch([system.path('ttyUSB9')]).path(link)).toBe(true);
    expect(await new NeverTouch(['com7']).path('COM7')).toBe(true);
    expect(await new NeverTouch([link]).path(system.path('ttyUSB8'))).toBe(false);
  });
});
