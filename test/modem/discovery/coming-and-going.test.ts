import { describe, expect, it } from 'vitest';
import { generic, immediate, profiles } from '../../../src/emulator/index.ts';
import { ModemStore } from '../../../src/store/modem-store.ts';
import { DiscoveryBench } from './discovery-bench.ts';

const quectel = { profile: immediate(profiles['quectel-ec25'] ?? generic) };
const ours = '+15550001111';

async function serving(): Promise<DiscoveryBench> {
  const bench = new DiscoveryBench();
  await bench.plug(bench.stick('1-1', 0, quectel));
  bench.start();
  await bench.ready('ttyUSB2');
  return bench;
}

describe('a stick that is pulled out', () => {
  it('leaves the fleet within a second, also where no driver says so', async () => {
    const bench = new DiscoveryBench();
    const stick = bench.stick('1-1', 0, quectel);
    await bench.plug(stick);
    bench.start();
    await bench.ready('ttyUSB2');
    const { modem } = bench.fleet.member(bench.path('ttyUSB2'));
    await bench.unplug(stick, true);
    await bench.advance(1_000);
    expect(bench.served).toEqual([]);
    expect(modem.facts.state).toBe('absent');
  });

  it('comes back at other names in another socket with its IMEI, its SIM and the number of that', async () => {
    const bench = new DiscoveryBench();
    const modem = bench.fleet.modem(quectel);
    const at = (socket: string, first: number) => bench.stickOf(modem, socket, first);
    await bench.plug(at('1-1', 0));
    bench.start();
    const before = await bench.ready('ttyUSB2');
    await bench.unplug(at('1-1', 0));
    await bench.advance(2_000);
    await bench.plug(at('1-4', 7));
    const after = await bench.ready('ttyUSB9');
    expect(after).toMatchObject({
      id: before.id,
      imei: modem.imei,
      sim: { simId: before.sim?.simId, number: ours },
    });
    expect(bench.served).toEqual(['ttyUSB9']);
  });

  it('and put back between two looks is known as put back', async () => {
    const bench = new DiscoveryBench();
    const stick = bench.stick('1-1', 0, quectel);
    await bench.plug(stick);
    bench.start();
    await bench.ready('ttyUSB2');
    const { modem } = bench.fleet.member(bench.path('ttyUSB2'));
    bench.system.unplug(stick.device);
    bench.system.plug(stick.device);
    await bench.source.read();
    await bench.advance(1_000);
    expect(modem.facts.state).toBe('absent');
    await bench.ready('ttyUSB2');
    expect(bench.fleet.member(bench.path('ttyUSB2')).modem).not.toBe(modem);
  });

  it('while its ports are being tried is tried no further', async () => {
    const bench = new DiscoveryBench();
    const modem = bench.fleet.modem(quectel);
    modem.faults.hang = true;
    const stick = bench.stickOf(modem, '1-1', 0);
    await bench.plug(stick);
    bench.start();
    await bench.advance(1_200);
    await bench.unplug(stick);
    await bench.advance(5_000);
    bench.tried.length = 0;
    await bench.advance(120_000);
    expect(bench.tried).toEqual([]);
    expect(bench.plugged).toEqual([]);
  });

  it('does not disturb another one', async () => {
    const bench = await serving();
    const other = bench.stick('1-2', 4, { ...quectel, sim: { number: '+15550002222' } });
    await bench.plug(other);
    await bench.ready('ttyUSB6');
    bench.fleet.states.length = 0;
    await bench.unplug(other, true);
    await bench.advance(10_000);
    expect(bench.fleet.states.filter((state) => state.includes('ttyUSB2'))).toEqual([]);
    expect(bench.served).toEqual(['ttyUSB2']);
  });
});

describe('a named port', () => {
  it('that is gone from the listing is let go at once, though its driver says nothing, and waited for', async () => {
    const bench = new DiscoveryBench({ named: ['ttyUSB2'], find: false });
    const stick = bench.stick('1-1', 0, quectel);
    await bench.plug(stick);
    bench.start();
    bench.serveNamed('ttyUSB2');
    await bench.ready('ttyUSB2');
    await bench.unplug(stick, true);
    await bench.advance(1_000);
    expect(bench.facts('ttyUSB2')).toMatchObject({ state: 'absent', obstacle: { code: 'port_absent' } });
  });

  it('of a device that was put back between two looks is opened anew', async () => {
    const bench = new DiscoveryBench({ named: ['ttyUSB2'], find: false });
    const stick = bench.stick('1-1', 0, quectel);
    await bench.plug(stick);
    bench.start();
    bench.serveNamed('ttyUSB2');
    await bench.ready('ttyUSB2');
    bench.tried.length = 0;
    bench.system.unplug(stick.device);
    bench.system.plug(stick.device);
    await bench.source.read();
    await bench.advance(2_000);
    expect(bench.opened).toEqual(['ttyUSB2']);
    await bench.ready('ttyUSB2');
  });

  it('of a modem that is disabled is free for another one that is plugged in there, and not for the same', async () => {
    const bench = new DiscoveryBench({ named: ['ttyUSB2'], find: false });
    const modem = bench.fleet.modem(quectel);
    const other = bench.fleet.modem({ ...quectel, sim: { number: '+15550002222' } });
    const [mine, its] = [modem, other].map((each) => bench.stickOf(each, '1-1', 0));
    if (!mine || !its) throw new Error('two sticks');
    await bench.plug(mine);
    bench.start();
    bench.serveNamed('ttyUSB2');
    const { id, imei, port, manufacturer, model, firmware } = await bench.ready('ttyUSB2');
    const modems = new ModemStore(bench.fleet.database);
    modems.setDisabled({ modemId: id, imei, port, manufacturer, model, firmware }, true, 0);
    await bench.fleet.member(port).modem.letGo('released');
    expect(bench.facts('ttyUSB2').state).toBe('disabled');
    await bench.unplug(mine);
    await bench.advance(3_000);
    await bench.plug(its);
    expect(await bench.ready('ttyUSB2')).toMatchObject({ imei: other.imei });
    await bench.unplug(its);
    await bench.advance(3_000);
    await bench.plug(mine);
    for (let tries = 0; bench.facts('ttyUSB2').state !== 'disabled'; tries++) {
      expect(tries).toBeLessThan(100);
      await bench.advance(100);
    }
    bench.tried.length = 0;
    await bench.advance(60_000);
    expect(bench.tried).toEqual([]);
  });

  it('tells where on the USB it is: clones at named ports are told apart by their sockets', async () => {
    const bench = new DiscoveryBench({ named: ['ttyUSB2', 'ttyUSB6'], find: false });
    const clone = { ...quectel, imei: '490154203237518' };
    await bench.plug(bench.stick('1-1', 0, clone));
    await bench.plug(bench.stick('1-2', 4, { ...clone, sim: { number: '+15550002222' } }));
    bench.start();
    for (const tty of ['ttyUSB2', 'ttyUSB6']) bench.serveNamed(tty);
    for (const tty of ['ttyUSB2', 'ttyUSB6']) await bench.ready(tty);
    await bench.advance(20_000);
    expect(['ttyUSB2', 'ttyUSB6'].map((tty) => bench.facts(tty).id)).toEqual([
      '490154203237518@1-1',
      '490154203237518@1-2',
    ]);
  });

  it('that no system lists is no business of the listings', async () => {
    const bench = new DiscoveryBench({ named: ['pts/7'], find: false });
    const modem = bench.fleet.modem(quectel);
    bench.system.file('dev', 'pts/7', '');
    bench.fleet.plug(bench.path('pts/7'), modem);
    const stick = bench.stick('1-1', 0, { ...quectel, sim: { number: '+15550002222' } });
    await bench.plug(stick);
    bench.start();
    await bench.advance(10);
    bench.serveNamed('pts/7');
    await bench.ready('pts/7');
    bench.fleet.states.length = 0;
    await bench.unplug(stick);
    await bench.advance(5_000);
    expect(bench.facts('pts/7').state).toBe('ready');
    expect(bench.fleet.states).toEqual([]);
  });
});

describe('a system that cannot say what is plugged in', () => {
  it('has not said that everything is gone', async () => {
    const bench = await serving();
    bench.fleet.states.length = 0;
    bench.source.trouble = new Error('access denied');
    await bench.advance(10_000);
    expect(bench.facts('ttyUSB2').state).toBe('ready');
    expect(bench.fleet.states).toEqual([]);
    expect(bench.warnings).toEqual(['the ports cannot be listed']);
    bench.source.trouble = undefined;
    await bench.advance(5_000);
    expect(bench.facts('ttyUSB2').state).toBe('ready');
  });
});

describe('when this stops', () => {
  it('what was found stays with the fleet, and nothing is tried any more', async () => {
    const bench = await serving();
    bench.discovery.stop();
    bench.tried.length = 0;
    await bench.plug(bench.stick('1-2', 4, { ...quectel, sim: { number: '+15550002222' } }));
    await bench.advance(60_000);
    expect(bench.facts('ttyUSB2').state).toBe('ready');
    expect(bench.tried).toEqual([]);
  });
});
