import { describe, expect, it } from 'vitest';
import type { EmulatedModem, PlannedRefusal } from '../../src/emulator/index.ts';
import { settled, until } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const otherPort = '/dev/ttyUSB4';
const ours = '+15550001111';
const minute = 60_000;

async function ready() {
  const bench = new FleetBench();
  const modem = bench.station(port, { number: ours });
  await bench.reaches(port, 'ready');
  bench.opened.length = 0;
  bench.commands();
  const step = () => bench.facts(port).recovery?.step;
  return { bench, modem, step };
}

/** These commands bring no answer, for good. */
function mute(modem: EmulatedModem, ...commands: string[]): void {
  const silent = (command: string): PlannedRefusal => ({
    command,
    result: { kind: 'silence' },
    times: 10_000,
  });
  modem.faults.refusals = commands.map(silent);
}

describe('a modem that leaves commands without an answer', () => {
  it('is brought back into step after one, and nothing more', async () => {
    const { bench, modem, step } = await ready();
    modem.faults.refusals = [{ command: '+CIMI', result: { kind: 'silence' }, times: 1 }];
    await until(bench.clock, 'a time-out', () => step() === 'resynchronise', minute);
    expect(bench.facts(port).recovery?.reason).toBe('AT+CIMI was not answered');
    await until(bench.clock, 'an answer', () => step() === undefined, minute);
    expect(bench.facts(port).state).toBe('ready');
    expect(bench.opened).toEqual([]);
    expect(bench.states.filter((state) => state.endsWith('recovering'))).toEqual([]);
  });

  it('is set up anew after three in a row, on the port as it is', async () => {
    const { bench, modem, step } = await ready();
    mute(modem, '+CIMI', '+CPMS', '+CMGL');
    await until(bench.clock, 'a new set-up', () => step() === 'initialise', 5 * minute);
    expect(bench.facts(port).recovery?.reason).toMatch(
      /^3 commands in a row were not answered, AT\+\w+.* the last$/,
    );
    modem.faults.refusals = [];
    await bench.reaches(port, 'ready');
    expect(bench.opened).toEqual([]);
  });
});

describe('a modem that says that it starts anew', () => {
  it('is set up anew on the port as it is, and that is counted', async () => {
    const { bench, modem, step } = await ready();
    modem.unsolicited('RDY');
    await bench.clock.advance(0);
    expect(bench.facts(port).recovery).toMatchObject({
      step: 'initialise',
      reason: 'the modem started anew by itself',
      since: bench.clock.now(),
      attempts: 1,
    });
    await bench.reaches(port, 'ready');
    expect(bench.facts(port).restartsInADay).toBe(1);
    expect(bench.opened).toEqual([]);
    await bench.clock.advance(2 * minute);
    expect(step()).toBeUndefined();
  });

  it('again and again climbs, though it serves a while each time', async () => {
    const { bench, modem } = await ready();
    const steps: unknown[] = [];
    for (let count = 0; count < 6; count++) {
      modem.unsolicited('RDY');
      await bench.clock.advance(0);
      steps.push(bench.facts(port).recovery?.step);
      await bench.reaches(port, 'ready', 3 * minute);
      await bench.clock.advance(30_000);
    }
    expect(steps.slice(0, 4)).toEqual(['initialise', 'reopen', 'reopen', 'restart']);
    expect(steps.at(-1)).toBe('needs_person');
    expect(bench.facts(port).restartsInADay).toBe(7);
  });
});

describe('a modem that hangs', () => {
  it.each([
    ['until its port is opened anew', 'opening', 'reopen'],
    ['until it is restarted or loses power', 'power', 'needs_person'],
  ] as const)('%s is back by itself, or a person is told what to do', async (_, hangEndsWith, deepest) => {
    const { bench, modem } = await ready();
    const steps = new Set<unknown>();
    bench.fleet.on('changed', ({ facts }) => facts.recovery && steps.add(facts.recovery.step));
    modem.faults.hangEndsWith = hangEndsWith;
    modem.faults.hang = true;
    await until(bench.clock, deepest, () => steps.has(deepest), 6 * minute);
    if (deepest === 'reopen') await bench.reaches(port, 'ready');
    else expect(bench.facts(port)).toMatchObject({ state: 'attention', obstacle: { code: 'needs_person' } });
  });

  it('for good goes up all steps, each with its reason, and needs a person', async () => {
    const { bench, modem } = await ready();
    const steps: string[] = [];
    bench.fleet.on('changed', ({ facts: { recovery } }) => {
      if (recovery && recovery.step !== steps.at(-1)?.split(':')[0])
        steps.push(`${recovery.step}: ${recovery.reason}`);
    });
    modem.faults.hang = true;
    await until(
      bench.clock,
      'a person',
      () => bench.facts(port).obstacle?.code === 'needs_person',
      6 * minute,
    );
    expect(steps).toEqual([
      'resynchronise: AT+CIMI was not answered',
      'reopen: it does not answer to AT',
      'restart: it does not answer to AT',
      'await_return: it does not answer to AT',
      'needs_person: it does not answer to AT',
    ]);
    expect(bench.commands()).toContain('AT+CFUN=1,1');
    expect(bench.facts(port).obstacle?.message).toMatch(
      /^The modem at \/dev\/ttyUSB0 \(Emulated Modem\) does not come back: it does not answer to AT\. .*Pull it out/,
    );
  });

  it('for hours is back within two minutes of answering again, and begins anew when that has held', async () => {
    const { bench, modem, step } = await ready();
    modem.faults.hang = true;
    await bench.clock.advance(120 * minute);
    modem.faults.hang = false;
    await bench.reaches(port, 'ready', 2 * minute);
    expect(bench.facts(port).obstacle).toBeUndefined();
    expect(step()).toBe('needs_person');
    await bench.clock.advance(2 * minute);
    expect(step()).toBeUndefined();
    expect(bench.facts(port).restartsInADay).toBeGreaterThan(5);
  });

  it('delays no other modem', async () => {
    const bench = new FleetBench({ network: { latencyMs: 1_000 } });
    const paths = [0, 1, 2, 3, 4].map((index) => `/dev/ttyUSB${index}`);
    const modems = paths.map((path, index) => {
      const number = `+1555000200${index}`;
      return bench.station(path, { sim: { number }, number });
    });
    for (const path of paths) await bench.reaches(path, 'ready');
    const pace = async () => {
      const before = bench.clock.monotonic();
      for (let count = 0; count < 30; count++)
        expect(await bench.send(paths[4] ?? '')).toMatchObject({ kind: 'accepted' });
      return bench.clock.monotonic() - before;
    };
    const alone = await pace();
    const [hung, muted, booting, unplugged] = modems;
    if (!hung || !muted || !booting) throw new Error('there are five');
    hung.faults.hang = true;
    mute(muted, '+CIMI', '+CPMS', '+CMGL', 'E');
    booting.storm(['RDY'], 5_000);
    bench.unplug(paths[3] ?? '');
    expect(unplugged?.powered).toBe(false);
    for (let count = 0; count < 5; count++) expect(await pace()).toBeLessThanOrEqual(alone * 1.02);
    expect(bench.facts(paths[0] ?? '').recovery?.step).toBeDefined();
  });
});

describe('a restart', () => {
  it('that helps is told once, and the modem serves again', async () => {
    const { bench, modem } = await ready();
    mute(modem, 'E');
    modem.unsolicited('RDY');
    await until(bench.clock, 'a restart', () => bench.written.includes('AT+CFUN=1,1'), 5 * minute);
    modem.faults.refusals = [];
    await bench.reaches(port, 'ready', minute);
    await bench.clock.advance(20 * minute);
    expect(bench.commands().filter((command) => command === 'AT+CFUN=1,1')).toHaveLength(1);
    expect(bench.facts(port)).toMatchObject({ recovery: undefined, restartsInADay: 2 });
  });

  it('after which it comes back at another port is still that of the same modem', async () => {
    const { bench, modem } = await ready();
    bench.serve(otherPort);
    mute(modem, 'E');
    modem.unsolicited('RDY');
    await until(bench.clock, 'a restart', () => bench.written.includes('AT+CFUN=1,1'), 5 * minute);
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    bench.commands();
    modem.faults.refusals = [];
    bench.plug(otherPort, modem);
    await bench.reaches(otherPort, 'ready');
    expect(bench.facts(otherPort)).toMatchObject({ restartsInADay: 2, recovery: { step: 'await_return' } });
    mute(modem, 'E');
    modem.unsolicited('RDY');
    await bench.clock.advance(7 * minute);
    expect(bench.commands()).not.toContain('AT+CFUN=1,1');
    await bench.clock.advance(5 * minute);
    expect(bench.commands()).toContain('AT+CFUN=1,1');
  });

  it('after which it does not come back at all needs a person', async () => {
    const { bench, modem } = await ready();
    mute(modem, 'E');
    modem.unsolicited('RDY');
    await until(bench.clock, 'a restart', () => bench.written.includes('AT+CFUN=1,1'), 5 * minute);
    bench.unplug(port);
    await bench.clock.advance(30_000);
    expect(bench.facts(port)).toMatchObject({ state: 'absent', recovery: { step: 'await_return' } });
    await bench.clock.advance(31_000);
    expect(bench.facts(port)).toMatchObject({
      state: 'absent',
      obstacle: { code: 'needs_person', message: expect.stringContaining('did not come back on the bus') },
    });
    modem.faults.refusals = [];
    bench.plug(port, modem);
    await bench.reaches(port, 'ready', 5_000);
    expect(bench.facts(port).recovery).toBeUndefined();
  });

  it('that a person orders is none by itself: it is neither counted nor held against the modem', async () => {
    const { bench, step } = await ready();
    await settled(bench.clock, bench.member(port).modem.desk.reset());
    await bench.clock.advance(0);
    expect(bench.facts(port).recovery).toMatchObject({
      step: 'restart',
      reason: 'a person had it restarted',
    });
    await bench.reaches(port, 'ready');
    await bench.clock.advance(3 * minute);
    expect(bench.commands().filter((command) => command === 'AT+CFUN=1,1')).toHaveLength(1);
    expect(step()).toBeUndefined();
    expect(bench.facts(port).restartsInADay).toBe(0);
  });

  it('is not done anew by a program that is started again: it waits out its ten minutes', async () => {
    const { bench, modem } = await ready();
    mute(modem, 'E');
    modem.unsolicited('RDY');
    await until(bench.clock, 'a restart', () => bench.written.includes('AT+CFUN=1,1'), 5 * minute);
    for (let count = 0; count < 3; count++) {
      await bench.fleet.stop();
      bench.restart();
      bench.commands();
      modem.faults.refusals = [];
      bench.serve(port, { number: ours });
      await bench.reaches(port, 'ready', 2 * minute);
      expect(bench.facts(port).restartsInADay).toBe(2 + count);
      mute(modem, 'E');
      modem.unsolicited('RDY');
      await bench.clock.advance(minute);
      expect(bench.commands()).not.toContain('AT+CFUN=1,1');
    }
    await bench.clock.advance(10 * minute);
    expect(bench.commands()).toContain('AT+CFUN=1,1');
  });

  it('of one of two clones is not counted for the other', async () => {
    const { bench, modem } = await ready();
    bench.station(otherPort, { imei: modem.imei, sim: { number: '+15550002222' }, number: '+15550002222' });
    await bench.reaches(otherPort, 'ready');
    modem.unsolicited('RDY');
    await bench.reaches(port, 'ready');
    expect(bench.facts(port).restartsInADay).toBe(1);
    expect(bench.facts(otherPort).restartsInADay).toBe(0);
  });
});

describe('a port', () => {
  it('that takes no octets is opened anew', async () => {
    const { bench, modem } = await ready();
    let writes = 0;
    modem.faults.hang = false;
    bench.spoil = (transport) => {
      transport.write = async () => {
        writes++;
        throw new Error('Writing to COM port (GetOverlappedResult): Unknown error code 22');
      };
    };
    modem.unsolicited('RDY');
    await bench.clock.advance(0);
    bench.unplug(port);
    bench.plug(port, modem);
    await until(bench.clock, 'a failed write', () => writes > 0, 10_000);
    expect(bench.facts(port).recovery?.reason).toContain('the port failed (Writing to COM port');
    bench.spoil = undefined;
    await bench.reaches(port, 'ready', minute);
  });

  it('that is held by another program is no fault of the modem, and is taken when it is free', async () => {
    const { bench, modem } = await ready();
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    const free = bench.hold(port);
    bench.plug(port, modem);
    await until(bench.clock, 'busy', () => bench.facts(port).obstacle?.code === 'port_busy', 5_000);
    await bench.clock.advance(10 * minute);
    expect(bench.facts(port).recovery).toBeUndefined();
    free();
    await bench.reaches(port, 'ready', 11_000);
    expect(bench.commands()).not.toContain('AT+CFUN=1,1');
  });

  it('that a person lends to another program is let go at once, and taken up again', async () => {
    const { bench } = await ready();
    const { modem } = bench.member(port);
    await settled(bench.clock, modem.letGo('released'));
    await bench.clock.advance(0);
    expect(bench.facts(port)).toMatchObject({ state: 'disabled', obstacle: { code: 'port_released' } });
    bench.hold(port)();
    await bench.clock.advance(10 * minute);
    await settled(bench.clock, modem.resumed());
    expect(bench.opened).toEqual([]);
    modem.takeUp('released');
    await bench.reaches(port, 'ready');
  });
});

describe('a machine that sleeps', () => {
  it('lets every port go before, and takes them up after, and no modem is blamed', async () => {
    const { bench, modem } = await ready();
    await settled(bench.clock, bench.fleet.suspending(1_000));
    await bench.clock.advance(0);
    expect(bench.facts(port)).toMatchObject({ state: 'absent', obstacle: undefined });
    bench.hold(port)();
    bench.clock.shift(3 * 60 * minute);
    modem.faults.hang = true;
    await settled(bench.clock, bench.fleet.resumed());
    await bench.clock.advance(10_000);
    modem.faults.hang = false;
    await bench.reaches(port, 'ready');
    expect(bench.facts(port)).toMatchObject({ recovery: undefined, restartsInADay: 0 });
  });

  it('without a word has every modem asked at once; one that answers goes on', async () => {
    const { bench } = await ready();
    await settled(bench.clock, bench.fleet.resumed());
    await bench.clock.advance(1_000);
    const commands = bench.commands();
    expect(commands[0]).toBe('AT');
    expect(commands).toEqual(expect.arrayContaining(['AT+CMGF?', 'AT+CREG?', 'AT+CMGL=4']));
    expect(bench.opened).toEqual([]);
    expect(bench.states.at(-1)).toBe(`${port} ready`);
  });

  it('without a word: the port of one that does not answer is opened anew within seconds, and that is no fault', async () => {
    const { bench, modem } = await ready();
    modem.faults.hangEndsWith = 'opening';
    modem.faults.hang = true;
    await settled(bench.clock, bench.fleet.resumed());
    await bench.reaches(port, 'ready', 5_000);
    expect(bench.opened).toEqual([port]);
    expect(bench.facts(port)).toMatchObject({ recovery: undefined, restartsInADay: 0 });
  });
});
