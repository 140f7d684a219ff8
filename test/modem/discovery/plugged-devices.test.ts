import { describe, expect, it } from 'vitest';
import { generic, immediate, profiles } from '../../../src/emulator/index.ts';
import { DiscoveryBench } from './discovery-bench.ts';
import type { FakeDevice } from './fake-system.ts';

const quectel = { profile: immediate(profiles['quectel-ec25'] ?? generic) };

describe('a port that another program holds', () => {
  async function held(program: string): Promise<{ bench: DiscoveryBench; release: () => void }> {
    const bench = new DiscoveryBench();
    await bench.plug(bench.stick('1-1', 0, quectel));
    bench.system.run(812, program, [bench.path('ttyUSB2')]);
    const release = bench.fleet.hold(bench.path('ttyUSB2'));
    bench.start();
    return { bench, release };
  }

  it('by ModemManager is waited for while that looks at what is new, and served then', async () => {
    const { bench, release } = await held('ModemManager');
    await bench.advance(25_000);
    expect(bench.plugged).toEqual([]);
    expect(bench.opened).toEqual(['ttyUSB2']);
    release();
    await bench.ready('ttyUSB2', 5_000);
    expect(bench.told).toEqual([]);
  });

  it('by ModemManager for good is told with the rule, and served once that is in force', async () => {
    const { bench, release } = await held('ModemManager');
    await bench.advance(60_000);
    expect(bench.plugged).toMatchObject([
      {
        key: '1-1',
        ports: ['ttyUSB0', 'ttyUSB1', 'ttyUSB2', 'ttyUSB3'].map((tty) => bench.path(tty)),
        obstacle: {
          code: 'port_busy',
          message: expect.stringContaining('held by ModemManager (process 812)'),
          remedy: { file: { content: expect.stringContaining('ENV{ID_MM_DEVICE_IGNORE}="1"') } },
        },
      },
    ]);
    release();
    await bench.ready('ttyUSB2');
    expect(bench.told).toEqual(['1-1 port_busy', '1-1 cleared']);
  });

  it('by a program that means it is told at once', async () => {
    const { bench } = await held('gammu-smsd');
    await bench.advance(2_000);
    expect(bench.plugged[0]?.obstacle.message).toContain('gammu-smsd (process 812)');
  });

  it('is knocked at every few seconds, and no other port of the stick meanwhile', async () => {
    const { bench } = await held('gammu-smsd');
    await bench.advance(30_000);
    expect(bench.opened).toEqual(['ttyUSB2']);
    expect(bench.tried.length).toBeGreaterThan(10);
    expect(bench.tried.length).toBeLessThan(20);
  });
});

describe('a port that this user may not open', () => {
  it('is told with what gives the right, and served once it is given', async () => {
    const bench = new DiscoveryBench();
    await bench.plug(bench.stick('1-1', 0, quectel));
    bench.forbidden.add(bench.path('ttyUSB2'));
    bench.start();
    await bench.advance(2_000);
    expect(bench.plugged).toMatchObject([{ obstacle: { code: 'port_forbidden' } }]);
    expect(bench.plugged[0]?.obstacle.remedy?.commands.at(-1)).toMatch(/^sudo usermod -aG \w+ anna$/);
    bench.forbidden.clear();
    await bench.ready('ttyUSB2', 10_000);
    expect(bench.told).toEqual(['1-1 port_forbidden', '1-1 cleared']);
  });
});

describe('a modem that does not answer', () => {
  it('is told after its time to start, and served when it answers', async () => {
    const bench = new DiscoveryBench();
    const modem = bench.fleet.modem(quectel);
    modem.faults.hang = true;
    await bench.plug(bench.stickOf(modem, '1-1', 0));
    bench.start();
    await bench.clock.advance(40_000);
    expect(bench.plugged).toEqual([]);
    await bench.clock.advance(60_000);
    expect(bench.plugged).toMatchObject([
      { obstacle: { code: 'no_answer', message: expect.stringContaining('answers on none of its ports') } },
    ]);
    modem.faults.hang = false;
    await bench.ready('ttyUSB2', 90_000);
    expect(bench.told).toEqual(['1-1 no_answer', '1-1 cleared']);
  });

  it('whose ports are kept from this container is told with the way to pass them', async () => {
    const bench = new DiscoveryBench();
    const stick = bench.stick('1-1', 0, quectel);
    await bench.plug(stick);
    for (const tty of stick.ports.keys()) bench.system.hide(tty);
    await bench.source.read();
    bench.start();
    await bench.clock.advance(1_000);
    expect(bench.plugged).toMatchObject([
      {
        obstacle: {
          code: 'port_hidden',
          message: expect.stringContaining(`--device=${bench.path('ttyUSB2')}`),
        },
      },
    ]);
    expect(bench.tried).toEqual([]);
  });
});

describe('a stick that shows its CD-ROM', () => {
  const cdrom: FakeDevice = {
    socket: '1-1',
    id: '12d1:1f01',
    product: 'HUAWEI Mobile',
    interfaces: [{ number: 0, codes: '080650', driver: 'usb-storage' }],
  };

  it('is told when nothing switches it over', async () => {
    const bench = new DiscoveryBench();
    await bench.plug({ device: cdrom, ports: new Map() });
    bench.start();
    await bench.advance(14_000);
    expect(bench.plugged).toEqual([]);
    await bench.advance(2_000);
    expect(bench.plugged).toMatchObject([{ key: '1-1', ports: [], obstacle: { code: 'cdrom_mode' } }]);
    await bench.unplug({ device: cdrom, ports: new Map() });
    await bench.advance(1_000);
    expect(bench.told).toEqual(['1-1 cdrom_mode', '1-1 cleared']);
  });

  it('and is switched over is a modem like any other', async () => {
    const bench = new DiscoveryBench();
    await bench.plug({ device: cdrom, ports: new Map() });
    bench.start();
    await bench.advance(5_000);
    await bench.unplug({ device: cdrom, ports: new Map() });
    await bench.plug(bench.stick('1-1', 0, quectel));
    await bench.ready('ttyUSB2');
    await bench.advance(30_000);
    expect(bench.told).toEqual([]);
  });

  it('is nobody’s business where it is to be left alone', async () => {
    const bench = new DiscoveryBench({ neverTouch: ['12d1:*'] });
    await bench.plug({ device: cdrom, ports: new Map() });
    bench.start();
    await bench.advance(60_000);
    expect(bench.told).toEqual([]);
  });
});
