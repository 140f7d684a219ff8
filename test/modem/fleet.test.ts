import { describe, expect, it } from 'vitest';
import { type EmulatedModem, generic, type Profile } from '../../src/emulator/index.ts';
import { settled, until } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const otherPort = '/dev/ttyUSB4';
const ours = '+15550001111';
const others = '+15550002222';
/** Two cards that say that they are the same. */
const iccid = '8900100000155500019';
const twin = { iccid, number: '+15550009999', tellsNumber: false };

describe('a modem that is unplugged', () => {
  it('is told as absent at once, and comes back at another port with its SIM and number', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { number: ours });
    const before = await bench.reaches(port, 'ready');
    bench.unplug(port);
    await bench.clock.advance(600);
    expect(bench.facts(port)).toMatchObject({
      state: 'absent',
      obstacle: { code: 'port_absent' },
      signal: undefined,
      registration: undefined,
    });
    bench.serve(otherPort);
    bench.plug(otherPort, modem);
    const after = await bench.reaches(otherPort, 'ready');
    expect(after).toMatchObject({ id: before.id, sim: { simId: before.sim?.simId, number: ours } });
    expect(bench.member(otherPort).canSend).toBe(true);
    expect(bench.member(port).canSend).toBe(false);
  });

  it('in every moment of its coming up comes up all the same', async () => {
    const bench = new FleetBench();
    const modem = bench.modem();
    modem.faults.answerDelayMs = 10;
    bench.serve(port, { number: ours });
    for (let afterMs = 20; afterMs < 800; afterMs += 60) {
      bench.plug(port, modem);
      await bench.clock.advance(500 + afterMs);
      bench.unplug(port);
      await bench.clock.advance(1_000);
    }
    bench.plug(port, modem);
    await bench.reaches(port, 'ready');
  });

  it('and let go is told as removed', async () => {
    const bench = new FleetBench();
    bench.station(port, { number: ours });
    await bench.reaches(port, 'ready');
    const removed: string[] = [];
    bench.fleet.on('removed', ({ modem }) => removed.push(modem.port.path));
    await settled(bench.clock, bench.fleet.remove(port));
    await bench.fleet.remove(port);
    expect(removed).toEqual([port]);
    expect(bench.fleet.members).toEqual([]);
  });
});

describe('two modems', () => {
  it('that swapped their ports keep their numbers: nothing is sent until a person has looked', async () => {
    const bench = new FleetBench();
    const one = bench.station(port, { number: ours });
    const other = bench.station(otherPort, { sim: { number: others }, number: others });
    await bench.reaches(port, 'ready');
    await bench.reaches(otherPort, 'ready');
    bench.unplug(port);
    bench.unplug(otherPort);
    await bench.reaches(port, 'absent');
    await bench.reaches(otherPort, 'absent');
    bench.plug(port, other);
    bench.plug(otherPort, one);
    await bench.reaches(port, 'ready');
    await bench.reaches(otherPort, 'ready');
    for (const [path, number] of [
      [port, others],
      [otherPort, ours],
    ] as const) {
      expect(bench.facts(path)).toMatchObject({ sim: { number }, obstacle: { code: 'number_conflict' } });
      expect(bench.member(path).canSend).toBe(false);
    }
  });

  it('that claim one SIM both send nothing, until one of them denies it', async () => {
    const bench = new FleetBench();
    bench.station(port, { sim: { iccid }, number: ours });
    await bench.reaches(port, 'ready');
    const second = bench.station(otherPort, { sim: twin });
    await until(bench.clock, 'a conflict', () => bench.facts(otherPort).obstacle?.code === 'sim_conflict');
    await bench.clock.advance(5_000);
    for (const path of [port, otherPort]) {
      expect(bench.facts(path)).toMatchObject({ state: 'attention', obstacle: { code: 'sim_conflict' } });
      expect(bench.member(path).canSend).toBe(false);
    }
    second.equipment.changeSim(bench.sim({ number: others }));
    await until(bench.clock, 'no conflict', () => bench.member(port).canSend, 60_000);
    expect(bench.facts(port).obstacle).toBeUndefined();
    await bench.reaches(otherPort, 'ready');
  });

  it('that claim one SIM are both read again at once', async () => {
    const bench = new FleetBench();
    bench.station(port, { sim: { iccid }, number: ours });
    await bench.reaches(port, 'ready');
    bench.commands();
    bench.station(otherPort, { sim: twin });
    await bench.clock.advance(2_000);
    expect(bench.commands().filter((command) => command === 'AT+CCID').length).toBeGreaterThanOrEqual(3);
  });

  it('of which the rival goes away leave the other free to send', async () => {
    const bench = new FleetBench();
    bench.station(port, { sim: { iccid }, number: ours });
    bench.station(otherPort, { sim: twin });
    await until(bench.clock, 'a conflict', () => bench.facts(otherPort).obstacle?.code === 'sim_conflict');
    bench.unplug(otherPort);
    await until(bench.clock, 'no conflict', () => bench.member(port).canSend, 5_000);
  });

  it('that claim one SIM: the second is let go, and the first sends', async () => {
    const bench = new FleetBench();
    bench.station(port, { sim: { iccid }, number: ours });
    bench.station(otherPort, { sim: twin });
    await until(bench.clock, 'a conflict', () => bench.facts(port).obstacle?.code === 'sim_conflict');
    await settled(bench.clock, bench.fleet.remove(otherPort));
    expect(bench.member(port).canSend).toBe(true);
  });

  it('come up and serve each for itself: one that hangs delays no other', async () => {
    const bench = new FleetBench();
    const hung = bench.station(port, { number: ours });
    bench.station(otherPort, { sim: { number: others }, number: others });
    await bench.reaches(port, 'ready');
    await bench.reaches(otherPort, 'ready');
    hung.faults.hang = true;
    const waiting = bench.send(port);
    expect(await bench.send(otherPort)).toMatchObject({ kind: 'accepted' });
    expect(await waiting).toMatchObject({ kind: 'not-submitted' });
  });
});

describe('what stands in the way', () => {
  it('is told once, not with every look at the modem', async () => {
    const bench = new FleetBench();
    bench.station(port, { sim: { tellsNumber: false } });
    await bench.reaches(port, 'ready');
    await bench.clock.advance(300_000);
    expect(bench.obstacles).toEqual([`${port} number_missing`]);
    const [sim] = bench.sims.list();
    bench.sims.setNumber(sim?.simId ?? 0, ours, 'person');
    await bench.fleet.recognise();
    await bench.clock.advance(300_000);
    expect(bench.obstacles).toEqual([`${port} number_missing`, `${port} none`]);
  });

  it('is told of both modems that claim one SIM, once of each, and when it is over', async () => {
    const bench = new FleetBench();
    bench.station(port, { sim: { iccid }, number: ours });
    await bench.reaches(port, 'ready');
    bench.station(otherPort, { sim: twin });
    await bench.clock.advance(120_000);
    expect(bench.obstacles.toSorted()).toEqual([`${port} sim_conflict`, `${otherPort} sim_conflict`]);
    bench.unplug(otherPort);
    await bench.clock.advance(1_000);
    expect(bench.obstacles).toContain(`${port} none`);
  });
});

describe('a SIM that is changed while the modem has power', () => {
  it('takes its number along: nothing more is sent from the old one', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, {});
    await bench.reaches(port, 'ready');
    modem.equipment.changeSim(bench.sim({ number: others }));
    await until(bench.clock, 'the other number', () => bench.facts(port).sim?.number === others, 40_000);
    expect(bench.facts(port).sim?.number).toBe(others);
  });
});

describe('a modem that is registered', () => {
  const registered = (registration: Profile['registration']): Profile => ({ ...generic, registration });

  it.each<[string, Profile['registration'], string]>([
    ['at home', { CREG: 1, CGREG: 0, CEREG: 0 }, 'home'],
    ['roaming', { CREG: 5, CGREG: 0, CEREG: 0 }, 'roaming'],
    ['for LTE only', { CREG: 0, CGREG: 0, CEREG: 1 }, 'home'],
    ['for packets only', { CREG: 0, CGREG: 5, CEREG: 0 }, 'roaming'],
    ['for texts only', { CREG: 6, CGREG: 0, CEREG: 0 }, 'home'],
    ['for texts only, roaming', { CREG: 0, CGREG: 0, CEREG: 7 }, 'roaming'],
    ['with calls not preferred', { CREG: 9, CGREG: 0, CEREG: 0 }, 'home'],
    ['for calls alone', { CREG: 1, CGREG: 3, CEREG: 3 }, 'home'],
  ])('%s sends texts', async (_, registration, state) => {
    const bench = new FleetBench();
    bench.station(port, { profile: registered(registration), number: ours });
    const facts = await bench.reaches(port, 'ready');
    expect(facts.registration).toBe(state);
    expect(bench.member(port).canSend).toBe(true);
  });

  it.each<[string, Profile['registration'], string]>([
    ['nowhere', { CREG: 0, CGREG: 0, CEREG: 0 }, 'not_registered'],
    ['for emergencies only', { CREG: 8, CGREG: 0, CEREG: 11 }, 'not_registered'],
    ['as denied', { CREG: 3, CGREG: 0, CEREG: 0 }, 'registration_denied'],
  ])('%s sends none, and that is told', async (_, registration, code) => {
    const bench = new FleetBench();
    bench.station(port, { profile: registered(registration), number: ours });
    await bench.reaches(port, 'registering');
    expect(bench.member(port).canSend).toBe(false);
    await until(bench.clock, code, () => bench.facts(port).obstacle?.code === code, 70_000);
  });

  describe('for data alone', () => {
    const dataAlone = registered({ CREG: 3, CGREG: 1, CEREG: 1 });

    it('keeps its texts once the network refused one, and says why', async () => {
      const bench = new FleetBench();
      bench.station(port, { profile: dataAlone, number: ours });
      await bench.reaches(port, 'ready');
      expect(await bench.send(port)).toMatchObject({ kind: 'refused', refusal: { code: 331 } });
      await bench.reaches(port, 'registering', 1_000);
      expect(bench.facts(port)).toMatchObject({
        registration: 'denied',
        registrations: { circuit: 'denied', packet: 'home', evolved: 'home' },
        obstacle: {
          message: expect.stringMatching(/^The network lets this SIM use data, but .* no texts\./),
        },
      });
      expect(bench.member(port).canSend).toBe(false);
      await bench.clock.advance(50 * 60_000);
      expect(bench.facts(port).state).toBe('registering');
      await bench.reaches(port, 'ready', 15 * 60_000); // and is tried again
    });

    it('sends over IMS, also where it cannot tell of that', async () => {
      const bench = new FleetBench();
      const profile = { ...dataAlone, lacks: ['+CIREG'] };
      const modem = bench.station(port, { profile, number: ours });
      modem.equipment.radio.textsOverIms = true;
      await bench.reaches(port, 'ready');
      expect(await bench.send(port)).toMatchObject({ kind: 'accepted' });
    });

    it.each<[string, (modem: EmulatedModem) => void]>([
      [
        'once IMS carries them',
        (modem) => {
          modem.equipment.radio.textsOverIms = true;
        },
      ],
      ['once calls are let through', (modem) => modem.equipment.radio.setCoverage({ CREG: 1 })],
    ])('sends the texts that it kept %s', async (_, mend) => {
      const bench = new FleetBench();
      const modem = bench.station(port, { profile: dataAlone, number: ours });
      await bench.reaches(port, 'ready');
      await bench.send(port);
      await bench.reaches(port, 'registering', 1_000);
      mend(modem);
      await bench.reaches(port, 'ready', 35_000);
      expect(await bench.send(port)).toMatchObject({ kind: 'accepted' });
    });
  });

  it('and loses its network is told so at once, and when it has it again', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { number: ours });
    await bench.reaches(port, 'ready');
    modem.equipment.radio.setCoverage({ CREG: 2, CGREG: 2, CEREG: 0 });
    await bench.reaches(port, 'registering', 500);
    modem.equipment.radio.setCoverage({ CREG: 1, CGREG: 1, CEREG: 0 });
    await bench.reaches(port, 'ready', 2_500);
  });

  it('is asked before an unsolicited state is believed', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { number: ours });
    await bench.reaches(port, 'ready');
    modem.unsolicited('+CREG: 2');
    await bench.clock.advance(1_000);
    expect(bench.facts(port).state).toBe('ready');
  });

  it('tells operator, technology and signal', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { number: ours });
    expect(await bench.reaches(port, 'ready')).toMatchObject({
      operator: 'Postern Test Network',
      technology: 'UMTS',
      signal: -73,
    });
    modem.equipment.radio.signal = 5;
    await until(bench.clock, 'a weaker signal', () => bench.facts(port).signal === -103, 31_000);
  });
});

describe('the modem stops answering', () => {
  it('and is brought back when it answers again, with no hand laid on', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { number: ours });
    await bench.reaches(port, 'ready');
    modem.faults.hang = true;
    await bench.reaches(port, 'recovering');
    modem.faults.hang = false;
    await bench.reaches(port, 'ready');
    expect(bench.facts(port).obstacle).toBeUndefined();
  });

  it('again and again: it is restarted, at most once in ten minutes', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { number: ours });
    await bench.reaches(port, 'ready');
    // It answers AT, and nothing that a session needs.
    modem.faults.refusals = [{ command: 'E', result: { kind: 'silence' }, times: 10_000 }];
    modem.faults.hang = true;
    await bench.reaches(port, 'recovering');
    modem.faults.hang = false;
    bench.commands();
    await bench.clock.advance(1_500_000);
    const restarts = bench.commands().filter((command) => command === 'AT+CFUN=1,1').length;
    expect(restarts).toBeGreaterThanOrEqual(2);
    expect(restarts).toBeLessThanOrEqual(3);
    modem.faults.refusals = [];
    await bench.reaches(port, 'ready');
  });
});

describe('a text that is being handed over', () => {
  it('when the modem says that it started anew is of unknown fate', async () => {
    const bench = new FleetBench({ network: { latencyMs: 5_000 } });
    const modem = bench.station(port, { number: ours });
    await bench.reaches(port, 'ready');
    const outcome = bench.send(port);
    await bench.clock.advance(1_000);
    modem.unsolicited('RDY');
    expect(await outcome).toEqual({ kind: 'unknown', cause: 'restarted' });
  });

  it('and whose reference comes late is told with its SIM', async () => {
    const bench = new FleetBench();
    const modem = bench.station(port, { number: ours });
    const { sim } = await bench.reaches(port, 'ready');
    modem.faults.sendResultDelayMs = 150_000;
    expect(await bench.send(port)).toEqual({ kind: 'unknown', cause: 'timeout' });
    await bench.clock.advance(60_000);
    expect(bench.lateSubmits).toEqual([[sim?.simId, 1]]);
    expect(bench.facts(port).state).toBe('ready');
  });
});

it('a program that ends lets every port go, and the next one has them', async () => {
  const bench = new FleetBench();
  bench.station(port, { number: ours });
  await bench.reaches(port, 'ready');
  await settled(bench.clock, bench.fleet.stop(1_000));
  bench.restart();
  bench.serve(port);
  expect(await bench.reaches(port, 'ready')).toMatchObject({ sim: { number: ours } });
});
