import { describe, expect, it } from 'vitest';
import { generic, immediate, positionPort, profiles } from '../../../src/emulator/index.ts';
import { SidePort } from '../../../src/emulator/ports.ts';
import { DiscoveryBench, huaweiCodes, type Stick } from './discovery-bench.ts';
import type { FakeDevice } from './fake-system.ts';

const quectel = { profile: profiles['quectel-ec25'] ?? generic };
const huawei = { profile: profiles['huawei-e173'] ?? generic };
const sim800 = { profile: profiles.sim800 ?? generic };
const ours = '+15550001111';
const others = '+15550002222';
const friend = '+15557654321';

async function started(...sticks: readonly ((bench: DiscoveryBench) => Stick)[]): Promise<DiscoveryBench> {
  const bench = new DiscoveryBench();
  for (const stick of sticks) await bench.plug(stick(bench));
  bench.start();
  return bench;
}

/** A bridge with one port at a socket. */
function bridge(socket: string, tty: string): FakeDevice {
  const interfaces = [{ number: 0, codes: 'ff0102', driver: 'ch341', tty }];
  return { socket, id: '1a86:7523', product: 'USB Serial', interfaces };
}

describe('a stick with several ports', () => {
  it.each([
    ['a Quectel EC25, by the table of ids', quectel, {}, 'ttyUSB2'],
    ['a Huawei E173, by the marks on its interfaces', huawei, huaweiCodes, 'ttyUSB2'],
  ])('is served at one of them, the others are not opened: %s', async (_, kind, codes, tty) => {
    const bench = await started((table) => table.stick('1-1', 0, kind, { ...codes }));
    const facts = await bench.ready(tty);
    expect(facts.sim?.number).toBe(ours);
    await bench.clock.advance(120_000);
    expect(bench.served).toEqual([tty]);
    expect(bench.opened).toEqual([tty]);
  });

  it('plugged in while this runs can send within three seconds of its being ready', async () => {
    const bench = await started();
    await bench.clock.advance(5_000);
    const stick = bench.stick('1-1', 0, { profile: immediate(quectel.profile) });
    await bench.plug(stick);
    const before = bench.clock.monotonic();
    await bench.ready('ttyUSB2');
    expect(bench.clock.monotonic() - before).toBeLessThan(1_000 + 500 + 3_000);
  });

  it('is served at the next port where the first says nothing', async () => {
    const bench = new DiscoveryBench();
    const modem = bench.fleet.modem(quectel);
    const silent = new SidePort(modem, () => undefined);
    const device: FakeDevice = {
      socket: '1-1',
      id: '2c7c:0125',
      interfaces: [2, 3].map((number) => ({
        number,
        codes: 'ff0000',
        driver: 'option',
        tty: `ttyUSB${number}`,
      })),
    };
    await bench.plug(bench.device(device, [silent, modem]));
    bench.start();
    await bench.ready('ttyUSB3');
    expect(bench.tried[0]).toBe(bench.path('ttyUSB2'));
    expect(bench.served).toEqual(['ttyUSB3']);
  });

  it('of an unknown kind is tried port by port; one that speaks of positions or in frames is let go', async () => {
    const bench = new DiscoveryBench();
    const modem = bench.fleet.modem(quectel);
    const device: FakeDevice = {
      socket: '1-1',
      id: '2cb7:ffff',
      interfaces: [0, 1].map((number) => ({
        number,
        codes: 'ffffff',
        driver: 'option',
        tty: `ttyUSB${number}`,
      })),
    };
    await bench.plug(bench.device(device, [positionPort(modem, bench.clock), modem]));
    bench.start();
    await bench.ready('ttyUSB1');
    expect(bench.opened).toEqual(['ttyUSB0', 'ttyUSB1']);
    bench.tried.length = 0;
    await bench.clock.advance(120_000);
    expect(bench.opened).toEqual([]);
  });

  it('and another one beside it are two modems, wherever each is', async () => {
    const bench = await started(
      (table) => table.stick('1-1', 0, { ...quectel, sim: { number: ours } }),
      (table) => table.stick('1-2', 4, { ...quectel, sim: { number: others } }),
    );
    await bench.ready('ttyUSB2');
    await bench.ready('ttyUSB6');
    expect(bench.facts('ttyUSB2').imei).not.toBe(bench.facts('ttyUSB6').imei);
  });
});

describe('a port that tells nothing of what arrives', () => {
  /** A stick whose two ports for commands tell or not. */
  async function withEars(first: boolean, second: boolean): Promise<DiscoveryBench> {
    const bench = await started((table) => {
      const profile = { ...quectel.profile, tells: () => first, tellsSecond: () => second };
      return table.stick('1-1', 0, { profile });
    });
    await bench.ready('ttyUSB2');
    return bench;
  }

  const text = (bench: DiscoveryBench) =>
    bench.fleet.network.deliver({ from: friend, to: ours, text: 'hello' });

  it('is left for the other port of the stick', async () => {
    const bench = await withEars(false, true);
    text(bench);
    await bench.clock.advance(75_000);
    expect(bench.served).toEqual(['ttyUSB3']);
    await bench.ready('ttyUSB3');
    const before = bench.fleet.kept.length;
    text(bench);
    await bench.clock.advance(1_000);
    expect(bench.fleet.kept).toHaveLength(before + 1);
    expect(bench.facts('ttyUSB3').deaf).toBe(false);
  });

  it('is kept where all are like that, and asked every ten seconds', async () => {
    const bench = await withEars(false, false);
    text(bench);
    await bench.clock.advance(75_000);
    await bench.ready('ttyUSB3');
    text(bench);
    await bench.clock.advance(70_000);
    await bench.ready('ttyUSB2');
    expect(bench.served).toEqual(['ttyUSB2']);
    expect(bench.facts('ttyUSB2').deaf).toBe(true);
    const before = bench.fleet.kept.length;
    text(bench);
    await bench.clock.advance(12_000);
    expect(bench.fleet.kept).toHaveLength(before + 1);
    bench.tried.length = 0;
    await bench.clock.advance(300_000);
    expect(bench.opened).toEqual([]);
  });
});

describe('a port that never becomes fit', () => {
  it('is left for the other port of the stick', async () => {
    const bench = new DiscoveryBench();
    const good = bench.fleet.modem(quectel);
    const bad = bench.fleet.modem({ ...quectel, sim: { number: others } });
    bad.faults.refusals.push({ command: '+CMGF', result: { kind: 'error' }, times: 100_000 });
    const device: FakeDevice = {
      socket: '1-1',
      id: '2c7c:0125',
      interfaces: [2, 3].map((number) => ({
        number,
        codes: 'ff0000',
        driver: 'option',
        tty: `ttyUSB${number}`,
      })),
    };
    await bench.plug(bench.device(device, [bad, good]));
    bench.start();
    await bench.ready('ttyUSB3', 300_000);
    expect(bench.served).toEqual(['ttyUSB3']);
  });
});

describe('behind a bridge', () => {
  it('a modem is looked for last, and served at the rate that it speaks', async () => {
    const bench = new DiscoveryBench();
    const modem = bench.fleet.modem({ ...sim800, baudRate: 9_600 });
    await bench.plug(bench.device(bridge('1-1', 'ttyUSB0'), [modem]));
    await bench.plug(bench.stick('1-2', 4, { ...quectel, sim: { number: others } }));
    bench.start();
    await bench.ready('ttyUSB0');
    expect(bench.tried.findIndex((path) => path.endsWith('ttyUSB0'))).toBeGreaterThan(
      bench.tried.findIndex((path) => path.endsWith('ttyUSB6')),
    );
    expect(bench.facts('ttyUSB0').imei).toBe(modem.imei);
  });

  it('something else is knocked at now and then, and nobody is told', async () => {
    const bench = new DiscoveryBench();
    const scale = bench.fleet.modem();
    await bench.plug(bench.device(bridge('1-1', 'ttyUSB0'), [new SidePort(scale, () => undefined)]));
    bench.start();
    await bench.clock.advance(3_600_000);
    expect(bench.tried.length).toBeLessThan(12);
    expect(bench.plugged).toEqual([]);
    expect(bench.served).toEqual([]);
  });

  it('several are tried one after the other', async () => {
    const bench = new DiscoveryBench();
    const held = new Set<string>();
    let most = 0;
    const { open } = bench.fleet;
    Object.assign(bench.fleet, {
      open: async (path: string, how: { baudRate: number }) => {
        const transport = await open(path, how);
        held.add(path);
        most = Math.max(most, held.size);
        transport.once('close', () => held.delete(path));
        return transport;
      },
    });
    for (const at of [0, 1, 2]) {
      const modem = bench.fleet.modem({ sim: null });
      const nothing = new SidePort(modem, () => undefined);
      await bench.plug(bench.device(bridge(`1-${at + 1}`, `ttyUSB${at}`), [nothing]));
    }
    bench.start();
    await bench.clock.advance(30_000);
    expect(bench.opened).toHaveLength(3);
    expect(most).toBe(1);
  });
});

describe('what is left alone', () => {
  it('is whatever a person says by ids, and all that is no modem', async () => {
    const bench = new DiscoveryBench({ neverTouch: ['2c7c:0125'] });
    const board: FakeDevice = {
      socket: '1-3',
      id: '2341:0043',
      interfaces: [{ number: 0, codes: '020201', driver: 'cdc_acm', tty: 'ttyACM0' }],
    };
    await bench.plug(bench.stick('1-1', 0, quectel));
    await bench.plug(bench.device(board, [bench.fleet.modem({ sim: null })]));
    bench.system.builtIn('ttyS0');
    await bench.source.read();
    bench.start();
    await bench.clock.advance(120_000);
    expect(bench.tried).toEqual([]);
    expect(bench.plugged).toEqual([]);
  });

  it('can be one port of several, by its path', async () => {
    const bench = new DiscoveryBench({ neverTouch: ['ttyUSB2'] });
    await bench.plug(bench.stick('1-1', 0, quectel));
    bench.start();
    await bench.advance(2_000);
    await bench.ready('ttyUSB3');
    expect(bench.opened).toEqual(['ttyUSB3']);
  });

  it('can be all that could serve, of which nobody is told then', async () => {
    const bench = new DiscoveryBench({ neverTouch: ['ttyUSB2', 'ttyUSB3'] });
    await bench.plug(bench.stick('1-1', 0, quectel));
    bench.start();
    await bench.advance(60_000);
    expect(bench.tried).toEqual([]);
    expect(bench.plugged).toEqual([]);
  });

  it('are the other ports of a device of which one is named', async () => {
    const bench = new DiscoveryBench({ named: ['ttyUSB3'] });
    await bench.plug(bench.stick('1-1', 0, quectel));
    bench.start();
    bench.serveNamed('ttyUSB3');
    await bench.ready('ttyUSB3');
    await bench.clock.advance(120_000);
    expect(bench.opened).toEqual(['ttyUSB3']);
    expect(bench.served).toEqual(['ttyUSB3']);
  });

  it('is everything where nothing is to be looked for', async () => {
    const bench = new DiscoveryBench({ find: false });
    await bench.plug(bench.stick('1-1', 0, quectel));
    bench.start();
    await bench.clock.advance(60_000);
    expect(bench.tried).toEqual([]);
  });
});

describe('two specifications for one stick', () => {
  it('are told: one port serves, the other waits', async () => {
    const bench = new DiscoveryBench({ named: ['ttyUSB2', 'ttyUSB3'] });
    await bench.plug(bench.stick('1-1', 0, quectel));
    bench.start();
    bench.serveNamed('ttyUSB2');
    bench.serveNamed('ttyUSB3');
    await bench.ready('ttyUSB2');
    await bench.clock.advance(60_000);
    expect(bench.fleet.member(bench.path('ttyUSB2')).canSend).toBe(true);
    expect(bench.facts('ttyUSB3').obstacle).toMatchObject({
      code: 'port_absent',
      message: expect.stringContaining('is another port of the modem at'),
    });
    expect(bench.warnings).toEqual(['several of the named ports belong to one device: name one of them']);
  });
});
