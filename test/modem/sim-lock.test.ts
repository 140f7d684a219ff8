import { describe, expect, it } from 'vitest';
import { cme, ok } from '../../src/emulator/at/reply.ts';
import type { CommandDefinition } from '../../src/emulator/commands/definition.ts';
import { generic, immediate, type Profile, profiles } from '../../src/emulator/index.ts';
import type { SimLockOrder } from '../../src/modem/sim-lock.ts';
import { settled } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const ours = '+15550001111';
const puk = '12345678';

const order = (bench: FleetBench, wish: SimLockOrder) =>
  settled(bench.clock, bench.member(port).modem.changeLock(wish));

/** A SIM whose PIN was entered wrongly three times. */
function blocked(bench: FleetBench) {
  const sim = bench.sim({ pin: '4711', puk });
  for (let time = 0; time < 3; time++) sim.lock.enter('0000');
  return sim;
}

const codesEntered = (bench: FleetBench) =>
  bench.commands().filter((command) => /^AT\+(?:CPIN=|CPWD=|CLCK="SC",[01])/.test(command));

describe.each(Object.entries(profiles))('the lock of a SIM in a modem of the family %s', (_, profile) => {
  it('is opened by the PUK that a person gives, and the new PIN is kept', async () => {
    const bench = new FleetBench();
    const sim = blocked(bench);
    const modem = bench.station(port, { profile: immediate(profile), sim, number: ours });
    await bench.reaches(port, 'locked');
    expect(bench.facts(port).obstacle?.code).toBe('puk_needed');
    await order(bench, { kind: 'enter-puk', puk, newPin: '2468' });
    await bench.reaches(port, 'ready');
    expect(codesEntered(bench)).toEqual([`AT+CPIN="${puk}","2468"`]);
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    bench.plug(port, modem);
    await bench.reaches(port, 'ready');
    expect(codesEntered(bench)).toEqual(['AT+CPIN="2468"']);
  });

  it('gets no PUK when only the last try is left, where the modem counts', async () => {
    const bench = new FleetBench();
    const sim = blocked(bench);
    for (let time = 0; time < 9; time++) sim.lock.unblock('00000000', '0000');
    bench.station(port, { profile: immediate(profile), sim });
    await bench.reaches(port, 'locked');
    await expect(order(bench, { kind: 'enter-puk', puk, newPin: '2468' })).rejects.toMatchObject({
      code: 'last_try',
    });
    expect(sim.lock.pukTriesLeft).toBe(1);
  });

  it('gets another PIN, asks for it no more, and asks again', async () => {
    const bench = new FleetBench();
    const sim = bench.sim({ pin: '4711' });
    bench.station(port, { profile: immediate(profile), sim, pin: '4711', number: ours });
    await bench.reaches(port, 'ready');
    await order(bench, { kind: 'change-pin', pin: '4711', newPin: '1357' });
    await order(bench, { kind: 'ask-for-no-pin', pin: '1357' });
    expect(sim.lock.enabled).toBe(false);
    await order(bench, { kind: 'ask-for-pin', pin: '1357' });
    expect(sim.lock.enabled).toBe(true);
    expect(bench.sims.list().map(({ simId }) => bench.sims.pin(simId))).toEqual(['1357']);
    expect(bench.facts(port).state).toBe('ready');
  });
});

describe('a PIN that a person enters', () => {
  it('opens the SIM, and is kept for it', async () => {
    const bench = new FleetBench();
    const sim = bench.sim({ pin: '4711' });
    const modem = bench.station(port, { sim, number: ours });
    await bench.reaches(port, 'locked');
    await order(bench, { kind: 'enter-pin', pin: '4711' });
    await bench.reaches(port, 'ready');
    expect(codesEntered(bench)).toEqual(['AT+CPIN="4711"']);
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    bench.plug(port, modem);
    await bench.reaches(port, 'ready');
  });

  it('is not kept when it is wrong, and another is not kept from being tried', async () => {
    const bench = new FleetBench();
    const sim = bench.sim({ pin: '4711' });
    bench.station(port, { sim, number: ours });
    await bench.reaches(port, 'locked');
    await expect(order(bench, { kind: 'enter-pin', pin: '0000' })).rejects.toThrow('2 tries left');
    await bench.clock.advance(60_000);
    expect(sim.lock.pinTriesLeft).toBe(2);
    await order(bench, { kind: 'enter-pin', pin: '4711' });
    await bench.reaches(port, 'ready');
  });

  it('is not entered where none is asked for', async () => {
    const bench = new FleetBench();
    bench.station(port);
    await bench.reaches(port, 'ready');
    bench.commands();
    await expect(order(bench, { kind: 'enter-pin', pin: '4711' })).rejects.toMatchObject({
      code: 'pin_not_asked_for',
    });
    expect(codesEntered(bench)).toEqual([]);
  });
});

describe('a wrong code', () => {
  it('is told with what is left, and tried once', async () => {
    const bench = new FleetBench();
    const sim = blocked(bench);
    bench.station(port, { sim });
    await bench.reaches(port, 'locked');
    await expect(order(bench, { kind: 'enter-puk', puk: '11111111', newPin: '2468' })).rejects.toThrow(
      'The SIM says that the code is wrong. 9 tries left.',
    );
    await bench.clock.advance(120_000);
    expect(sim.lock.pukTriesLeft).toBe(9);
    expect(bench.facts(port).obstacle?.message).toContain('9 tries left');
  });

  it('leaves the PIN that is kept as it is', async () => {
    const bench = new FleetBench();
    const sim = bench.sim({ pin: '4711' });
    bench.station(port, { sim, pin: '4711' });
    await bench.reaches(port, 'ready');
    await expect(order(bench, { kind: 'change-pin', pin: '1111', newPin: '2222' })).rejects.toThrow(
      'The SIM says that the code is wrong. 2 tries left.',
    );
    expect(bench.sims.list().map(({ simId }) => bench.sims.pin(simId))).toEqual(['4711']);
    await expect(order(bench, { kind: 'ask-for-no-pin', pin: '1111' })).rejects.toThrow('1 try left');
    await expect(order(bench, { kind: 'ask-for-no-pin', pin: '4711' })).rejects.toMatchObject({
      code: 'last_try',
    });
    expect(sim.lock.pinTriesLeft).toBe(1);
  });

  it('is known by the count where the modem only says ERROR', async () => {
    const bench = new FleetBench();
    const sim = bench.sim({ pin: '4711' });
    const silent: CommandDefinition = {
      name: '+CPWD',
      set: (_, parameters) => {
        sim.lock.change(parameters.text(1), parameters.text(2));
        return { texts: [], result: { kind: 'error' } };
      },
    };
    bench.station(port, { profile: { ...generic, commands: [silent] }, sim, pin: '4711' });
    await bench.reaches(port, 'ready');
    await expect(order(bench, { kind: 'change-pin', pin: '1111', newPin: '2222' })).rejects.toMatchObject({
      code: 'wrong_code',
    });
  });
});

describe('an order', () => {
  const refusing = (code: number): Profile => ({
    ...generic,
    commands: [
      {
        name: '+CPWD',
        set: () => {
          throw cme(code);
        },
      },
    ],
  });

  it.each([
    [14, 'sim_busy'],
    [3, 'refused'],
  ])('refused with +CME ERROR: %i is told as %s', async (code, expected) => {
    const bench = new FleetBench();
    bench.station(port, { profile: refusing(code), sim: { pin: '4711' }, pin: '4711' });
    await bench.reaches(port, 'ready');
    await expect(order(bench, { kind: 'change-pin', pin: '4711', newPin: '2222' })).rejects.toMatchObject({
      code: expected,
    });
    expect(bench.sims.list().map(({ simId }) => bench.sims.pin(simId))).toEqual(['4711']);
  });

  it.each<[string, SimLockOrder, string]>([
    ['PUK without eight digits', { kind: 'enter-puk', puk: '1234', newPin: '2468' }, 'bad_puk'],
    ['new PIN without digits', { kind: 'enter-puk', puk, newPin: 'abcd' }, 'bad_pin'],
    ['PIN of three digits', { kind: 'change-pin', pin: '471', newPin: '2468' }, 'bad_pin'],
    ['PIN with more than digits', { kind: 'ask-for-pin', pin: '4711"' }, 'bad_pin'],
    ['PUK that nobody asked for', { kind: 'enter-puk', puk, newPin: '2468' }, 'puk_not_asked_for'],
  ])('with a %s enters nothing', async (_, wish, code) => {
    const bench = new FleetBench();
    bench.station(port, { sim: { pin: '4711' }, pin: '4711' });
    await bench.reaches(port, 'ready');
    bench.commands();
    await expect(order(bench, wish)).rejects.toMatchObject({ code });
    expect(codesEntered(bench)).toEqual([]);
  });

  it('for a SIM that waits for its PIN enters nothing', async () => {
    const bench = new FleetBench();
    bench.station(port, { sim: { pin: '4711' } });
    await bench.reaches(port, 'locked');
    await expect(order(bench, { kind: 'change-pin', pin: '4711', newPin: '2222' })).rejects.toMatchObject({
      code: 'sim_not_ready',
    });
    expect(codesEntered(bench)).toEqual([]);
  });

  it('for a modem that is not there is given back', async () => {
    const bench = new FleetBench();
    bench.serve(port);
    await expect(order(bench, { kind: 'enter-puk', puk, newPin: '2468' })).rejects.toMatchObject({
      code: 'modem_away',
    });
    bench.plug(port, bench.modem({ sim: blocked(bench) }));
    await bench.reaches(port, 'locked');
    expect(codesEntered(bench)).toEqual([]);
  });

  it('whose answer never came is told as that, and never given again by itself', async () => {
    const bench = new FleetBench();
    const mute: CommandDefinition = {
      name: '+CPIN',
      read: () => ok('+CPIN: SIM PUK'),
      set: () => ({ texts: [], result: { kind: 'silence' } }),
    };
    bench.station(port, { profile: { ...generic, commands: [mute] }, sim: blocked(bench) });
    await bench.reaches(port, 'locked');
    await expect(order(bench, { kind: 'enter-puk', puk, newPin: '2468' })).rejects.toMatchObject({
      code: 'unanswered',
    });
    await bench.clock.advance(300_000);
    expect(codesEntered(bench)).toHaveLength(1);
  });
});

describe('a SIM that was blocked for good', () => {
  it('is told as that', async () => {
    const bench = new FleetBench();
    const sim = blocked(bench);
    for (let time = 0; time < 10; time++) sim.lock.unblock('00000000', '0000');
    bench.station(port, { sim });
    await bench.reaches(port, 'attention');
    expect(bench.facts(port).obstacle?.code).toBe('sim_failure');
  });
});
