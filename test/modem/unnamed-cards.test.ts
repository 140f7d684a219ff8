import { describe, expect, it } from 'vitest';
import { settled, until } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';
import { secretive } from './secretive-modem.ts';

const port = '/dev/ttyUSB0';
const otherPort = '/dev/ttyUSB4';
const ours = '+15550001111';

function pinsEntered(bench: FleetBench): string[] {
  return bench.written.filter((command) => command.startsWith('AT+CPIN='));
}

/** The cards that are kept, by their names. */
const kept = (bench: FleetBench) => bench.sims.list().map(({ iccid, imsi }) => iccid ?? imsi);

async function served(pin = '4711') {
  const bench = new FleetBench();
  const sim = bench.sim({ pin: '4711' });
  const modem = bench.station(port, { profile: secretive, sim, number: ours, pin });
  return { bench, sim, modem };
}

describe('a card that its modem names only after its PIN', () => {
  it('gets the PIN of the port that it is found at, which is kept for it, and leaves no entry without a name', async () => {
    const { bench, sim } = await served();
    await bench.reaches(port, 'ready');
    expect(pinsEntered(bench)).toEqual(['AT+CPIN="4711"']);
    expect(kept(bench)).toEqual([sim.iccid]);
    expect(bench.sims.list()).toMatchObject([{ number: ours, hasPin: true }]);
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    bench.station(otherPort, { sim });
    await bench.reaches(otherPort, 'ready');
  });

  it('is not taken for another that is put into that modem: no PIN is tried on that one, which a person is told', async () => {
    const { bench, modem } = await served();
    await bench.reaches(port, 'ready');
    const other = bench.sim({ number: '+15550002222', pin: '1234' });
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    modem.equipment.changeSim(other);
    bench.plug(port, modem);
    const { obstacle } = await bench.reaches(port, 'locked');
    expect(obstacle).toMatchObject({
      code: 'pin_needed',
      message: `The SIM needs its PIN, and the modem does not tell before that which SIM it is: as it may be another, no PIN is tried by itself. Enter it: postern modem ${modem.imei} pin. 3 tries left. If it is to start without a person, let it ask for no PIN any more: postern modem ${modem.imei} pin --query off.`,
    });
    await bench.clock.advance(300_000);
    await bench.fleet.stop();
    bench.restart();
    bench.serve(port, { pin: '4711' });
    await bench.reaches(port, 'locked');
    expect(pinsEntered(bench)).toHaveLength(1);
    expect(other.lock.pinTriesLeft).toBe(3);
    expect(kept(bench)).toHaveLength(1);
  });

  it('does not get the PIN of the other port where two modems swapped their ports', async () => {
    const bench = new FleetBench();
    const one = bench.station(port, { profile: secretive, sim: { pin: '1111' }, pin: '1111' });
    const two = bench.station(otherPort, {
      profile: secretive,
      sim: { number: '+15550002222', pin: '2222' },
      pin: '2222',
    });
    await bench.reaches(port, 'ready');
    await bench.reaches(otherPort, 'ready');
    for (const path of [port, otherPort]) bench.unplug(path);
    for (const path of [port, otherPort]) await bench.reaches(path, 'absent');
    bench.plug(port, two);
    bench.plug(otherPort, one);
    for (const path of [port, otherPort]) await bench.reaches(path, 'locked');
    expect(pinsEntered(bench)).toHaveLength(2);
    expect([one, two].map(({ sim }) => sim?.lock.pinTriesLeft)).toEqual([3, 3]);
  });

  it('is the same after a restart from here, and is opened again', async () => {
    const { bench, sim } = await served();
    await bench.reaches(port, 'ready');
    await settled(bench.clock, bench.member(port).modem.desk.reset());
    sim.lock.powerOff();
    await bench.reaches(port, 'ready');
    expect(pinsEntered(bench)).toEqual(['AT+CPIN="4711"', 'AT+CPIN="4711"']);
    expect(kept(bench)).toEqual([sim.iccid]);
  });

  it('is asked for by a person where no PIN is named, with what lets it start by itself', async () => {
    const bench = new FleetBench();
    const { imei } = bench.station(port, { profile: secretive, sim: { pin: '4711' } });
    const { obstacle } = await bench.reaches(port, 'locked');
    expect(obstacle?.message).toMatch(/as it may be another, no PIN is tried by itself/);
    expect(obstacle?.message).toContain(
      `let it ask for no PIN any more: postern modem ${imei} pin --query off.`,
    );
  });

  it('gets the PIN that a person enters, which is kept for it', async () => {
    const bench = new FleetBench();
    const sim = bench.sim({ pin: '4711' });
    bench.station(port, { profile: secretive, sim, number: ours });
    await bench.reaches(port, 'locked');
    const order = bench.member(port).modem.changeLock({ kind: 'enter-pin', pin: '4711' });
    await settled(bench.clock, order);
    await bench.reaches(port, 'ready');
    expect(bench.sims.list()).toMatchObject([{ iccid: sim.iccid, number: ours, hasPin: true }]);
  });

  it('that refuses the PIN of its port never gets it again, and leaves no entry either', async () => {
    const { bench, sim } = await served('1111');
    expect((await bench.reaches(port, 'locked')).obstacle?.code).toBe('pin_refused');
    await bench.clock.advance(300_000);
    await bench.fleet.stop();
    bench.restart();
    bench.serve(port, { pin: '1111' });
    expect((await bench.reaches(port, 'locked')).obstacle?.code).toBe('pin_refused');
    expect(pinsEntered(bench)).toHaveLength(1);
    expect(sim.lock.pinTriesLeft).toBe(2);
    expect(kept(bench)).toEqual([]);
  });
});

/** The card is opened by a person, and the modem stops answering before it has named it. */
async function openedUnnamed() {
  const bench = new FleetBench();
  const sim = bench.sim({ pin: '4711' });
  const modem = bench.modem({ profile: secretive, sim });
  let stuck = false;
  bench.spoil = (transport) => {
    const write = transport.write.bind(transport);
    transport.write = (octets) => {
      if (!stuck && octets.startsWith('AT') && sim.lock.state === 'ready') modem.faults.hang = stuck = true;
      return write(octets);
    };
  };
  bench.plug(port, modem);
  bench.serve(port, { number: ours });
  await bench.reaches(port, 'locked');
  const order = bench.member(port).modem.changeLock({ kind: 'enter-pin', pin: '4711' });
  await settled(bench.clock, order);
  await until(bench.clock, 'a modem that hangs', () => bench.facts(port).state === 'recovering', 60_000);
  expect(bench.sims.list()).toEqual([]);
  return { bench, sim, modem };
}

describe('the PIN that a person entered for a card which its modem had not named when it got stuck', () => {
  it('is kept for the card when the modem names it, being open still', async () => {
    const { bench, sim, modem } = await openedUnnamed();
    modem.faults.hang = false;
    await bench.reaches(port, 'ready');
    expect(bench.sims.list()).toMatchObject([{ iccid: sim.iccid, hasPin: true }]);
    expect(pinsEntered(bench)).toHaveLength(1);
  });

  it('is kept for no card that asks for a PIN again, which may be another', async () => {
    const { bench, sim, modem } = await openedUnnamed();
    modem.faults.hang = false;
    sim.lock.powerOff();
    await bench.reaches(port, 'locked');
    sim.lock.enter('4711');
    await bench.reaches(port, 'ready');
    expect(bench.sims.list()).toMatchObject([{ iccid: sim.iccid, hasPin: false }]);
    expect(pinsEntered(bench)).toHaveLength(1);
  });

  it('is kept for no card of a modem that was pulled out meanwhile', async () => {
    const { bench, modem } = await openedUnnamed();
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    const other = bench.sim({ number: '+15550002222' });
    modem.equipment.changeSim(other);
    modem.faults.hang = false;
    bench.plug(port, modem);
    await bench.reaches(port, 'ready');
    expect(bench.sims.list()).toMatchObject([{ iccid: other.iccid, hasPin: false }]);
  });

  it('is kept for no card that is named only after minutes', async () => {
    const { bench, sim, modem } = await openedUnnamed();
    await bench.clock.advance(61_000);
    modem.faults.hang = false;
    await bench.reaches(port, 'ready', 600_000);
    expect(bench.sims.list()).toMatchObject([{ iccid: sim.iccid, hasPin: false }]);
  });
});

describe('the PIN of a card that its modem names as soon as it is open', () => {
  /** The program ends when it asks next whether the card is ready, with the card open. */
  async function endsOnceOpen(pin?: string) {
    const bench = new FleetBench();
    const sim = bench.sim({ pin: '4711' });
    let ended = false;
    bench.spoil = (transport) => {
      const write = transport.write.bind(transport);
      transport.write = (octets) => {
        const isNext = !ended && octets === 'AT+CPIN?\r' && sim.lock.state === 'ready';
        if (isNext) bench.copyDatabase();
        ended ||= isNext;
        return ended ? new Promise(() => undefined) : write(octets);
      };
    };
    const modem = bench.station(port, { profile: secretive, sim, number: ours, ...(pin && { pin }) });
    return { bench, sim, modem, hasEnded: () => ended };
  }

  it.each([
    ['that a person entered', undefined],
    ['of its port', '4711'],
  ])('%s is kept for it though the program ends before it goes on', async (_, pin) => {
    const { bench, sim, hasEnded } = await endsOnceOpen(pin);
    if (pin === undefined) {
      await bench.reaches(port, 'locked');
      void bench.member(port).modem.changeLock({ kind: 'enter-pin', pin: '4711' });
    }
    await until(bench.clock, 'the end', hasEnded, 60_000);
    bench.restart();
    expect(bench.sims.list()).toMatchObject([{ iccid: sim.iccid, hasPin: true }]);
    expect(pinsEntered(bench)).toEqual(['AT+CPIN="4711"']);
  });
});

describe('a card that is known', () => {
  const refusing = (code: number) =>
    ['+CCID', '+CRSM', '+CIMI'].map((command) => ({
      command,
      result: { kind: 'cme', code } as const,
      times: 2,
    }));

  it.each([
    ['out', 10],
    ['busy', 14],
    ['not readable', 13],
  ])('is no other one without a name when it is %s for a moment as its names are read', async (_, code) => {
    const bench = new FleetBench();
    const sim = bench.sim({ number: ours });
    const modem = bench.station(port, { sim });
    await bench.reaches(port, 'ready');
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    modem.faults.refusals = refusing(code);
    bench.plug(port, modem);
    await bench.reaches(port, 'ready');
    expect(modem.faults.refusals.filter(({ command }) => command === '+CIMI')).toEqual([]);
    expect(kept(bench)).toEqual([sim.iccid]);
  });
});
