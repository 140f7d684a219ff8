import { describe, expect, it } from 'vitest';
import { cme, ok } from '../../src/emulator/at/reply.ts';
import type { CommandDefinition } from '../../src/emulator/commands/definition.ts';
import { fixed } from '../../src/emulator/commands/kept.ts';
import { generic, immediate, type Profile, profiles } from '../../src/emulator/index.ts';
import { settled, until } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const otherPort = '/dev/ttyUSB4';
const ours = '+15550001111';

const like = (changes: Partial<Profile>): Profile => ({ ...generic, ...changes });

/** How often each PIN was entered. */
function pinsEntered(bench: FleetBench): string[] {
  return bench.commands().filter((command) => command.startsWith('AT+CPIN='));
}

describe('a SIM that asks for its PIN', () => {
  it('gets the one of its port, once, and keeps it: it follows the card to another port', async () => {
    const bench = new FleetBench();
    const sim = bench.sim({ pin: '4711' });
    bench.station(port, { sim, pin: '4711', number: ours });
    await bench.reaches(port, 'ready');
    expect(pinsEntered(bench)).toEqual(['AT+CPIN="4711"']);
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    bench.station(otherPort, { sim });
    await bench.reaches(otherPort, 'ready');
    expect(pinsEntered(bench)).toEqual(['AT+CPIN="4711"']);
    expect(sim.lock.pinTriesLeft).toBe(3);
  });

  it('gets the one that was given for all, where it has none of its own', async () => {
    const bench = new FleetBench({ fallbackPin: '0042' });
    bench.station(port, { sim: { pin: '0042' } });
    await bench.reaches(port, 'ready');
    expect(pinsEntered(bench)).toEqual(['AT+CPIN="0042"']);
  });

  it('is waited for when nobody gave one, and taken up when a person does', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { sim: { pin: '4711' }, number: ours });
    const facts = await bench.reaches(port, 'locked');
    expect(facts.obstacle).toMatchObject({
      code: 'pin_needed',
      message: `The SIM needs its PIN. Enter it: postern modem ${modem.imei} pin. 3 tries left.`,
    });
    await bench.clock.advance(300_000);
    expect(pinsEntered(bench)).toEqual([]);
    const sim = bench.sims.findOrCreate({ iccid: modem.sim?.iccid, imsi: undefined, modemId: modem.imei }, 0);
    bench.sims.setPin(sim.simId, '4711');
    await bench.fleet.recognise();
    await bench.reaches(port, 'ready', 5_000);
  });

  it('and needs seconds after it is waited for', async () => {
    const bench = new FleetBench();
    bench.station(port, {
      profile: like({ timing: { simMs: 8_000, messagesMs: 6_000, registrationMs: 9_000 } }),
      sim: { pin: '4711' },
      pin: '4711',
    });
    await bench.reaches(port, 'ready');
    expect(pinsEntered(bench)).toEqual(['AT+CPIN="4711"']);
    expect(bench.states.filter((state) => /attention|locked|recovering/.test(state))).toEqual([]);
  });

  it.each(Object.entries(profiles))('of a modem of the family %s gets it once', async (_, profile) => {
    const bench = new FleetBench();
    const sim = bench.sim({ pin: '4711' });
    bench.station(port, { profile, sim, pin: '4711', number: ours });
    await bench.reaches(port, 'ready');
    expect(pinsEntered(bench)).toEqual(['AT+CPIN="4711"']);
    expect(bench.facts(port)).toMatchObject({ iccid: sim.iccid, imsi: sim.imsi });
  });
});

describe('a PIN that was refused', () => {
  it('is never tried again: not later, not after a restart, not at another port', async () => {
    const bench = new FleetBench({ fallbackPin: '1111' });
    const sim = bench.sim({ pin: '4711' });
    bench.station(port, { sim, pin: '1111' });
    const facts = await bench.reaches(port, 'locked');
    expect(facts.obstacle?.code).toBe('pin_refused');
    await bench.clock.advance(600_000);
    await bench.fleet.stop();
    bench.restart();
    bench.serve(port, { pin: '1111' });
    await bench.reaches(port, 'locked');
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    bench.station(otherPort, { sim, pin: '1111' });
    await bench.reaches(otherPort, 'locked');
    await bench.clock.advance(600_000);
    expect(pinsEntered(bench)).toEqual(['AT+CPIN="1111"']);
    expect(sim.lock.pinTriesLeft).toBe(2);
  });

  it('makes way for another that a person gives', async () => {
    const bench = new FleetBench();
    bench.station(port, { sim: { pin: '4711' }, pin: '1111' });
    await bench.reaches(port, 'locked');
    const [known] = bench.sims.list();
    bench.sims.setPin(known?.simId ?? 0, '4711');
    await bench.fleet.recognise();
    await bench.reaches(port, 'ready');
    expect(pinsEntered(bench)).toEqual(['AT+CPIN="1111"', 'AT+CPIN="4711"']);
  });

  it('by one card is tried on another that comes to the same port', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { sim: { pin: '4711' }, pin: '1111' });
    await bench.reaches(port, 'locked');
    modem.equipment.changeSim(bench.sim({ number: '+15550002222', pin: '1111' }));
    await bench.reaches(port, 'ready');
  });
});

describe('the last try', () => {
  it.each(Object.entries(profiles))(
    'is left to a person with a modem of the family %s',
    async (_, profile) => {
      const bench = new FleetBench();
      const sim = bench.sim({ pin: '4711' });
      sim.lock.enter('0000');
      sim.lock.enter('0000');
      bench.station(port, { profile: immediate(profile), sim, pin: '4711' });
      const facts = await bench.reaches(port, 'locked');
      expect(facts.obstacle).toMatchObject({
        code: 'pin_refused',
        message: expect.stringContaining('1 try left'),
      });
      await bench.clock.advance(600_000);
      expect(pinsEntered(bench)).toEqual([]);
      expect(sim.lock.pinTriesLeft).toBe(1);
    },
  );
});

describe('a PIN whose answer never came', () => {
  const mute: CommandDefinition = {
    name: '+CPIN',
    read: () => ok('+CPIN: SIM PIN'),
    set: () => ({ texts: [], result: { kind: 'silence' } }),
  };

  it('is not entered a second time where the modem cannot say how many tries are left', async () => {
    const bench = new FleetBench();
    bench.station(port, {
      profile: like({ commands: [mute], lacks: ['+CPINR'] }),
      sim: { pin: '4711' },
      pin: '4711',
    });
    await bench.reaches(port, 'locked');
    await bench.clock.advance(600_000);
    expect(pinsEntered(bench)).toEqual(['AT+CPIN="4711"']);
  });

  it('never uses the last try up where it can', async () => {
    const bench = new FleetBench();
    const sim = bench.sim({ pin: '4711' });
    const wasted: CommandDefinition = {
      ...mute,
      set: () => {
        sim.lock.enter('0000');
        return { texts: [], result: { kind: 'silence' } };
      },
    };
    bench.station(port, { profile: like({ commands: [wasted] }), sim, pin: '4711' });
    await bench.clock.advance(900_000);
    expect(sim.lock.pinTriesLeft).toBeGreaterThanOrEqual(1);
    expect(bench.facts(port)).toMatchObject({ state: 'locked', obstacle: { code: 'pin_refused' } });
  });
});

describe('a SIM that is busy when its PIN comes', () => {
  const busy = (times: number, lacks: readonly string[] = []) => {
    let left = times;
    const pin: CommandDefinition = {
      name: '+CPIN',
      read: ({ equipment }) => ok(`+CPIN: ${equipment.sim?.lock.state === 'pin' ? 'SIM PIN' : 'READY'}`),
      set({ equipment }, parameters) {
        if (left-- > 0) throw cme(14);
        equipment.sim?.lock.enter(parameters.text(0));
        equipment.unlocked();
        return ok();
      },
    };
    return like({ commands: [pin], lacks });
  };

  /** It says busy all the same when it has looked at the PIN, and is busy for a while. */
  const busyAfterLooking = (busyMs: number): { profile: Profile; looks: () => number } => {
    let looks = 0;
    let busyUntil = 0;
    const pin: CommandDefinition = {
      name: '+CPIN',
      read({ clock, equipment }) {
        if (clock.monotonic() < busyUntil) return ok('+CPIN: SIM BUSY');
        return ok(`+CPIN: ${equipment.sim?.lock.state === 'pin' ? 'SIM PIN' : 'READY'}`);
      },
      set({ clock, equipment }, parameters) {
        looks++;
        busyUntil = clock.monotonic() + busyMs;
        equipment.sim?.lock.enter(parameters.text(0));
        equipment.unlocked();
        throw cme(14);
      },
    };
    return { profile: like({ commands: [pin] }), looks: () => looks };
  };

  it('gets it once more', async () => {
    const bench = new FleetBench();
    const sim = bench.sim({ pin: '4711' });
    bench.station(port, { profile: busy(1), sim, pin: '4711' });
    await bench.reaches(port, 'ready');
    expect(pinsEntered(bench)).toHaveLength(2);
    expect(sim.lock.pinTriesLeft).toBe(3);
  });

  it('and stays busy has refused nothing: it gets it again for as long as no try is spent', async () => {
    const bench = new FleetBench();
    const sim = bench.sim({ pin: '4711' });
    bench.station(port, { profile: busy(40), sim, pin: '4711' });
    expect((await bench.reaches(port, 'attention')).obstacle?.code).toBe('sim_busy');
    await bench.reaches(port, 'ready', 600_000);
    expect(pinsEntered(bench)).toHaveLength(41);
    expect(sim.lock.pinTriesLeft).toBe(3);
  });

  it('and stays busy is left to a person where the modem does not count the tries', async () => {
    const bench = new FleetBench();
    bench.station(port, { profile: busy(1_000, ['+CPINR']), sim: { pin: '4711' }, pin: '4711' });
    const { obstacle } = await bench.reaches(port, 'locked');
    expect(obstacle).toMatchObject({
      code: 'pin_needed',
      message: expect.stringContaining('was busy each time'),
    });
    await bench.clock.advance(600_000);
    expect(pinsEntered(bench)).toHaveLength(2);
  });

  it('and took it all the same is waited for, and serves', async () => {
    const bench = new FleetBench();
    const { profile, looks } = busyAfterLooking(12_000);
    bench.station(port, { profile, sim: { pin: '4711' }, pin: '4711' });
    await bench.reaches(port, 'ready');
    expect(looks()).toBe(1);
  });

  it('and counted it as wrong has refused it, and does not get it again', async () => {
    const bench = new FleetBench();
    const sim = bench.sim({ pin: '4711' });
    const { profile, looks } = busyAfterLooking(3_000);
    bench.station(port, { profile, sim, pin: '1111' });
    expect((await bench.reaches(port, 'locked')).obstacle?.code).toBe('pin_refused');
    await bench.clock.advance(600_000);
    expect(looks()).toBe(1);
    expect(sim.lock.pinTriesLeft).toBe(2);
  });
});

describe('a power cut while the PIN is entered', () => {
  it('lets it not be entered again: nobody knows whether it was refused', async () => {
    const bench = new FleetBench();
    const modem = bench.modem({ sim: { pin: '4711' } });
    modem.faults.refusals = [
      { command: '+CPIN', result: { kind: 'cme', code: 16 }, times: 0, delayMs: 5_000 },
    ];
    bench.plug(port, modem);
    bench.serve(port, { pin: '1111' });
    await until(bench.clock, 'the PIN', () => bench.written.some((line) => line.startsWith('AT+CPIN=')));
    bench.copyDatabase();
    await bench.fleet.stop();
    bench.restart();
    bench.serve(port, { pin: '1111' });
    expect((await bench.reaches(port, 'locked')).obstacle?.code).toBe('pin_refused');
    expect(pinsEntered(bench)).toEqual(['AT+CPIN="1111"']);
  });
});

describe('a SIM that is', () => {
  it('busy at first is not taken for another when the book of SIMs changes meanwhile', async () => {
    const bench = new FleetBench();
    const slow = like({ timing: { simMs: 20_000, messagesMs: 0, registrationMs: 0 } });
    const { sim } = bench.station(port, { profile: slow, number: ours });
    await until(bench.clock, 'the question', () => bench.commands().includes('AT+CPIN?'), 10_000);
    await settled(bench.clock, bench.fleet.recognise(), 60_000);
    await bench.reaches(port, 'ready');
    expect(bench.facts(port)).toMatchObject({
      iccid: sim?.iccid,
      sim: { number: ours, conflict: undefined },
    });
    expect(bench.sims.list()).toHaveLength(1);
  });

  it('busy is asked again', async () => {
    const bench = new FleetBench();
    bench.station(port, { profile: like({ timing: { simMs: 20_000, messagesMs: 0, registrationMs: 0 } }) });
    await bench.reaches(port, 'ready');
    expect(bench.states.filter((state) => /attention|locked|recovering/.test(state))).toEqual([]);
  });

  it('busy for longer is told, and asked again all the same', async () => {
    const bench = new FleetBench();
    bench.station(port, { profile: like({ timing: { simMs: 50_000, messagesMs: 0, registrationMs: 0 } }) });
    await bench.reaches(port, 'attention');
    expect(bench.facts(port).obstacle?.code).toBe('sim_busy');
    await bench.reaches(port, 'ready');
  });

  it('not there is told, and taken up when it is put in', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { sim: null });
    await bench.reaches(port, 'attention');
    expect(bench.facts(port).obstacle).toMatchObject({
      code: 'no_sim',
      message: expect.stringContaining('Put one in'),
    });
    modem.equipment.changeSim(bench.sim());
    expect((await bench.reaches(port, 'ready')).obstacle).toBeUndefined();
  });

  it('locked by its PUK is told, and nothing is entered', async () => {
    const bench = new FleetBench({ fallbackPin: '4711' });
    const sim = bench.sim({ pin: '4711' });
    for (let time = 0; time < 3; time++) sim.lock.enter('0000');
    bench.station(port, { sim, pin: '4711' });
    const facts = await bench.reaches(port, 'locked');
    expect(facts.obstacle?.code).toBe('puk_needed');
    await bench.clock.advance(300_000);
    expect(pinsEntered(bench)).toEqual([]);
  });

  it.each(['SIM PIN2', 'SIM PUK2'])('only waiting for %s sends texts', async (state) => {
    const bench = new FleetBench();
    bench.station(port, { profile: like({ commands: [fixed('+CPIN', `+CPIN: ${state}`)] }) });
    await bench.reaches(port, 'ready');
  });

  it.each([
    ['+CPIN: PH-NET PIN', 'sim_locked'],
    ['+CPIN: PH-SIM PIN', 'sim_locked'],
    ['+CPIN: PH-SP PIN', 'sim_locked'],
    ['+CPIN: NOT INSERTED', 'no_sim'],
    ['+CPIN: SIM PUK', 'puk_needed'],
  ])('told of as %s is told to a person as %s', async (line, code) => {
    const bench = new FleetBench();
    bench.station(port, { profile: like({ commands: [fixed('+CPIN', line)] }), pin: '4711' });
    await until(bench.clock, code, () => bench.facts(port).obstacle?.code === code, 60_000);
    expect(pinsEntered(bench)).toEqual([]);
  });

  it.each([
    [10, 'no_sim'],
    [13, 'sim_failure'],
    [15, 'sim_failure'],
    [12, 'puk_needed'],
  ])('answered for with +CME ERROR: %i is told to a person as %s', async (code, told) => {
    const bench = new FleetBench();
    const modem = bench.modem();
    modem.faults.refusals = [{ command: '+CPIN', result: { kind: 'cme', code }, times: 1_000 }];
    bench.plug(port, modem);
    bench.serve(port);
    await until(bench.clock, told, () => bench.facts(port).obstacle?.code === told, 60_000);
  });

  it('pulled out while it serves is told', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { number: ours });
    await bench.reaches(port, 'ready');
    modem.equipment.changeSim(undefined);
    await until(bench.clock, 'no SIM', () => bench.facts(port).obstacle?.code === 'no_sim', 120_000);
    expect(bench.member(port).canSend).toBe(false);
  });
});

describe('a card', () => {
  it('is known by its ICCID, in whatever form a modem gives it', async () => {
    const bench = new FleetBench();
    const sim = bench.sim();
    bench.station(port, { sim, number: ours });
    const before = await bench.reaches(port, 'ready');
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    const huawei = profiles['huawei-e173'] ?? generic;
    bench.station(otherPort, { profile: huawei, sim });
    const after = await bench.reaches(otherPort, 'ready');
    expect(after.sim).toMatchObject({ simId: before.sim?.simId, number: ours });
  });

  it('whose ICCID the modem hides is known by its IMSI', async () => {
    const bench = new FleetBench();
    const sim = bench.sim();
    bench.station(port, { profile: like({ lacks: ['+CCID', '+CRSM'] }), sim, number: ours });
    const before = await bench.reaches(port, 'ready');
    expect(before).toMatchObject({ iccid: undefined, imsi: sim.imsi, sim: { number: ours } });
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    bench.station(otherPort, { sim });
    expect((await bench.reaches(otherPort, 'ready')).sim).toEqual(
      before.sim && {
        ...before.sim,
        undrained: false,
        serviceCentre: { byPerson: false, number: '+15550000000' },
      },
    );
  });

  it('that says its own number has it as a proposal, which anybody overrules', async () => {
    const bench = new FleetBench();
    bench.station(port, {});
    expect((await bench.reaches(port, 'ready')).sim?.number).toBe(ours);
    bench.station(otherPort, { sim: { number: '+15550003333', tellsNumber: true }, number: '+15550004444' });
    expect((await bench.reaches(otherPort, 'ready')).sim?.number).toBe('+15550004444');
  });

  it('with no number sends nothing, and that is told', async () => {
    const bench = new FleetBench();
    bench.station(port, { sim: { tellsNumber: false } });
    await bench.reaches(port, 'ready');
    expect(bench.member(port).canSend).toBe(false);
    expect(bench.facts(port).obstacle?.code).toBe('number_missing');
  });
});
