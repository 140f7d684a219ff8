import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type EmulatedModem, emulatedTransport } from '../../src/emulator/index.ts';
import { temporaryFolder } from '../store/temporary-database.ts';
import { settled, until } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const otherPort = '/dev/ttyUSB4';
const ours = '+15550001111';
const others = '+15550002222';
const iccid = '8900100000155500019';
const twin = { iccid, number: '+15550009999', tellsNumber: false };

/** Serves another port of a modem that is plugged in. */
function serveSecond(
  bench: FleetBench,
  modem: EmulatedModem,
  path: string,
  number?: string,
  socket?: string,
): void {
  bench.fleet.add({
    path,
    baudRate: 115_200,
    emulated: true,
    ...(socket && { usb: { vendorId: '12d1', productId: '1001', interfaceNumber: 1, socket } }),
    open: async () => emulatedTransport(modem.secondPort(), path),
    hints: { number, pin: undefined },
    found: false,
  });
}

describe('two modems that claim one SIM', () => {
  it('because it was moved from one to the other without a word: the one that has lost it says so, the other sends', async () => {
    const bench = new FleetBench();
    const first = bench.station(port, { sim: { iccid }, number: ours });
    await bench.reaches(port, 'ready');
    const second = bench.station(otherPort, { sim: null });
    await until(bench.clock, 'no card', () => bench.facts(otherPort).obstacle?.code === 'no_sim');
    const card = first.sim;
    first.equipment.changeSim(undefined);
    second.equipment.changeSim(card);
    await bench.reaches(otherPort, 'ready', 15_000);
    await until(bench.clock, 'no card here', () => bench.facts(port).obstacle?.code === 'no_sim', 5_000);
    expect(bench.member(otherPort).canSend).toBe(true);
    expect(bench.facts(otherPort)).toMatchObject({ obstacle: undefined, sim: { number: ours } });
    expect(bench.sims.list()).toHaveLength(1);
  });

  it('and are read again: one without a card invents none', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { sim: { iccid }, number: ours });
    await bench.reaches(port, 'ready');
    modem.settings.registrationReports = { CREG: 0, CGREG: 0, CEREG: 0 };
    modem.equipment.changeSim(undefined);
    await settled(bench.clock, bench.member(port).modem.recognise());
    await until(bench.clock, 'no card', () => bench.facts(port).obstacle?.code === 'no_sim', 20_000);
    expect(bench.sims.list()).toHaveLength(1);
  });

  it('with its texts held by both are asked again and again, until one has another', async () => {
    const bench = new FleetBench();
    bench.station(port, { sim: { iccid }, number: ours });
    const second = bench.station(otherPort, { sim: twin });
    await until(bench.clock, 'a conflict', () => bench.facts(otherPort).obstacle?.code === 'sim_conflict');
    await bench.clock.advance(3_600_000);
    expect([port, otherPort].map((path) => bench.member(path).canSend)).toEqual([false, false]);
    expect(bench.facts(port).obstacle?.message).toMatch(/^The modem at \/dev\/ttyUSB4 claims the same SIM\./);
    second.equipment.changeSim(bench.sim({ number: others }));
    await until(bench.clock, 'no conflict', () => bench.member(port).canSend, 60_000);
  });

  it('in two sockets, of one IMEI besides, are two modems and not two ports of one', async () => {
    const bench = new FleetBench();
    const usb = (socket: string) => ({ vendorId: '12d1', productId: '1001', interfaceNumber: 0, socket });
    const open = (modem: EmulatedModem) => async (path: string) => emulatedTransport(modem, path);
    const imei = '490154203237518';
    const sticks = [bench.modem({ sim: { iccid }, imei }), bench.modem({ sim: twin, imei })];
    for (const [index, stick] of sticks.entries()) {
      stick.powerOn();
      bench.fleet.add({
        path: [port, otherPort][index] ?? '',
        baudRate: 115_200,
        emulated: true,
        usb: usb(`1-${index + 1}`),
        open: open(stick),
        hints: { number: undefined, pin: undefined },
        found: true,
      });
    }
    await until(bench.clock, 'a conflict', () => bench.facts(otherPort).obstacle?.code === 'sim_conflict');
    expect([port, otherPort].map((path) => bench.member(path).canSend)).toEqual([false, false]);
  });
});

describe('two ports of one modem', () => {
  it('are one that serves and one that stands by with its port let go', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { number: ours });
    await bench.reaches(port, 'ready');
    serveSecond(bench, modem, otherPort);
    await until(bench.clock, 'standing by', () => bench.facts(otherPort).sameAs === port);
    await bench.clock.advance(600_000);
    expect(bench.member(port).canSend).toBe(true);
    expect(bench.facts(port)).toMatchObject({ state: 'ready', obstacle: undefined });
    expect(bench.facts(otherPort)).toMatchObject({
      state: 'absent',
      obstacle: {
        code: 'port_absent',
        message: expect.stringContaining(`another port of the modem at ${port}`),
      },
    });
    expect(bench.obstacles.filter((told) => told.includes('sim_conflict'))).toEqual([]);
  });

  it('of which the second is disabled while it stands by stays so when the first is lost', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { number: ours });
    await bench.reaches(port, 'ready');
    serveSecond(bench, modem, otherPort);
    await until(bench.clock, 'standing by', () => bench.facts(otherPort).sameAs === port);
    const second = bench.member(otherPort).modem;
    await settled(bench.clock, second.letGo('released'));
    expect(bench.facts(otherPort)).toMatchObject({ state: 'disabled', obstacle: { code: 'port_released' } });
    await settled(bench.clock, bench.fleet.remove(port));
    await bench.clock.advance(60_000);
    expect(bench.facts(otherPort).state).toBe('disabled');
    second.takeUp('released');
    await bench.reaches(otherPort, 'ready');
  });

  it('of which the first hangs while the second answers: the second serves', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { number: ours });
    await bench.reaches(port, 'ready');
    serveSecond(bench, modem, otherPort);
    await until(bench.clock, 'standing by', () => bench.facts(otherPort).sameAs === port);
    modem.faults.hungPorts = [0];
    await bench.reaches(otherPort, 'ready');
    expect(bench.member(otherPort).canSend).toBe(true);
    modem.faults.hungPorts = [];
    await until(bench.clock, 'the first', () => bench.facts(port).sameAs === otherPort);
    expect(bench.member(otherPort).canSend).toBe(true);
  });

  it('named with two numbers send nothing until a person has looked', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { number: ours });
    await bench.reaches(port, 'ready');
    serveSecond(bench, modem, otherPort, others);
    await until(bench.clock, 'a conflict', () => bench.facts(port).obstacle?.code === 'number_conflict');
    expect(bench.member(port).canSend).toBe(false);
    expect(bench.facts(port).obstacle?.message).toContain(`named with the number ${others}`);
    await settled(bench.clock, bench.fleet.remove(otherPort));
    await until(bench.clock, 'no conflict', () => bench.member(port).canSend, 1_000);
  });
});

describe.skipIf(process.platform === 'win32')('two names of one port', () => {
  /** A device with a link to it, as udev makes it, and a modem behind both. */
  async function twoNames(number?: string) {
    const folder = temporaryFolder();
    const [device, link] = [join(folder, 'ttyUSB0'), join(folder, 'by-id')];
    writeFileSync(device, '');
    symlinkSync(device, link);
    const bench = new FleetBench();
    const modem = bench.station(device, { number: ours });
    bench.plug(link, modem);
    await bench.reaches(device, 'ready');
    bench.serve(link, number === undefined ? {} : { number });
    await until(bench.clock, 'the same', () => bench.facts(link).sameAs === device, 1_000);
    return { bench, device, link };
  }

  it('are opened once; the other waits, and nobody is alarmed', async () => {
    const { bench, device, link } = await twoNames();
    await bench.clock.advance(60_000);
    expect(bench.opened).toEqual([device]);
    expect(bench.facts(link)).toMatchObject({
      state: 'absent',
      obstacle: {
        code: 'port_absent',
        message: `${link} is the same port as ${device}, which is served there.`,
      },
    });
    expect(bench.member(device).canSend).toBe(true);
  });

  it('of which one is let go are served under the other', async () => {
    const { bench, device, link } = await twoNames();
    await settled(bench.clock, bench.fleet.remove(device));
    expect(await bench.reaches(link, 'ready')).toMatchObject({ sameAs: undefined, sim: { number: ours } });
  });

  it('with two numbers send nothing until a person has looked', async () => {
    const { bench, device } = await twoNames(others);
    await until(bench.clock, 'a conflict', () => bench.facts(device).obstacle?.code === 'number_conflict');
    expect(bench.member(device).canSend).toBe(false);
  });
});

describe('two sticks that swapped their ports', () => {
  it('keep their PINs: each card gets its own, and none is tried on the other', async () => {
    const bench = new FleetBench();
    const [one, other] = [
      bench.station(port, { sim: { pin: '1111' }, pin: '1111', number: ours }),
      bench.station(otherPort, { sim: { number: others, pin: '2222' }, pin: '2222', number: others }),
    ];
    await bench.reaches(port, 'ready');
    await bench.reaches(otherPort, 'ready');
    bench.unplug(port);
    bench.unplug(otherPort);
    await bench.reaches(port, 'absent');
    await bench.reaches(otherPort, 'absent');
    bench.commands();
    bench.plug(port, other);
    bench.plug(otherPort, one);
    await bench.reaches(port, 'ready');
    await bench.reaches(otherPort, 'ready');
    expect(
      bench
        .commands()
        .filter((command) => command.startsWith('AT+CPIN='))
        .toSorted(),
    ).toEqual(['AT+CPIN="1111"', 'AT+CPIN="2222"']);
    expect([one, other].map((stick) => stick.sim?.lock.state)).toEqual(['ready', 'ready']);
  });
});
