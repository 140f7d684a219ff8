import { describe, expect, it } from 'vitest';
import { generic, immediate, type Profile } from '../../../src/emulator/index.ts';
import { huaweiE173 } from '../../../src/emulator/profiles/huawei-e173.ts';
import { UssdStore } from '../../../src/store/ussd-store.ts';
import { settled } from '../eventually.ts';
import { FleetBench } from '../fleet-bench.ts';

const port = '/dev/ttyUSB0';
const balance = 'Your balance is 12.34 EUR.\nValid until 2027-06-30.';

async function ready(profile: Profile = generic) {
  const bench = new FleetBench();
  const modem = bench.station(port, { profile });
  await bench.reaches(port, 'ready');
  bench.commands();
  return { bench, modem };
}

const ask = (bench: FleetBench, code = '*100#') =>
  settled(bench.clock, bench.member(port).modem.desk.ussd(code));
const written = (bench: FleetBench) => bench.commands().filter((line) => /^AT\+CUSD=1|USSDMODE/.test(line));
const set = (bench: FleetBench, way: 'automatic' | 'plain' | 'packed' | 'ucs2') =>
  new UssdStore(bench.database).setUssdWay(bench.facts(port).id, way);

/** So often, where the first one ends what an earlier run may have left open. */
const refusing = (code: number, times: number) => [
  { command: '+CUSD', result: { kind: 'cme', code } as const, times },
];

/** A modem of no known family that takes packed septets alone. */
const packing: Profile = {
  ...immediate(huaweiE173),
  identity: { ...huaweiE173.identity, manufacturer: 'Nobody', model: 'M1' },
  commands: [...huaweiE173.commands.filter(({ name }) => name !== '^USSDMODE')],
};

describe('the form of codes that a person sets for a modem', () => {
  it.each([
    ['plain', ['AT^USSDMODE=0', 'AT+CUSD=1,"*100#",15']],
    ['packed', ['AT^USSDMODE=1', 'AT+CUSD=1,"AA180C3602",15']],
    ['ucs2', ['AT^USSDMODE=0', 'AT+CUSD=1,"002A0031003000300023",72']],
  ] as const)('is the only one that is tried: %s', async (way, lines) => {
    const { bench } = await ready(immediate(huaweiE173));
    set(bench, way);
    expect(await ask(bench)).toBe(balance);
    expect(written(bench)).toEqual(lines);
  });

  it('is not left for another one that the modem would take', async () => {
    const { bench, modem } = await ready();
    modem.faults.refusals = refusing(100, 2);
    set(bench, 'packed');
    await expect(ask(bench)).rejects.toMatchObject({ code: 'refused' });
    expect(written(bench)).toEqual(['AT+CUSD=1,"AA180C3602",15']);
  });

  it('holds from the next code on, and is given up for what the family wants', async () => {
    const { bench } = await ready();
    set(bench, 'ucs2');
    await ask(bench);
    set(bench, 'automatic');
    await ask(bench);
    expect(written(bench)).toEqual(['AT+CUSD=1,"002A0031003000300023",72', 'AT+CUSD=1,"*100#",15']);
  });

  it('writes as UCS-2 what the default alphabet lacks', async () => {
    const { bench } = await ready();
    set(bench, 'ucs2');
    await expect(ask(bench, 'баланс')).rejects.toMatchObject({ code: 'unsupported' });
    expect(written(bench)).toEqual(['AT+CUSD=1,"04310430043B0430043D0441",72']);
  });
});

describe('the form of codes that is found out', () => {
  it('is remembered for the model, also by another program start and for another modem of it', async () => {
    const { bench } = await ready(packing);
    expect(await ask(bench)).toBe(balance);
    expect(written(bench)).toEqual(['AT+CUSD=1,"*100#",15', 'AT+CUSD=1,"AA180C3602",15']);
    await bench.fleet.stop();
    bench.unplug(port);
    bench.restart();
    bench.station(port, { profile: packing, sim: { number: '+15550002222' } });
    await bench.reaches(port, 'ready');
    bench.commands();
    expect(await ask(bench)).toBe(balance);
    expect(written(bench)).toEqual(['AT+CUSD=1,"AA180C3602",15']);
  });

  it('is another one the next time where the modem took a code and nobody answered', async () => {
    const { bench, modem } = await ready();
    modem.equipment.radio.setCoverage({ CREG: 2, CGREG: 2 });
    await expect(ask(bench)).rejects.toMatchObject({
      code: 'no_answer',
      message: expect.stringContaining('Try it again: the code is then written in another form'),
    });
    await expect(ask(bench)).rejects.toMatchObject({
      message: expect.stringContaining('Try it again, or in a telephone.'),
    });
    modem.equipment.radio.setCoverage({ CREG: 1, CGREG: 1 });
    expect(await ask(bench)).toBe(balance);
    await ask(bench);
    expect(written(bench)).toEqual([
      'AT+CUSD=1,"*100#",15',
      'AT+CUSD=1,"AA180C3602",15',
      'AT+CUSD=1,"*100#",15',
      'AT+CUSD=1,"*100#",15',
    ]);
  });

  it('is another one at once where the network does not know the code, once in each', async () => {
    const { bench } = await ready();
    await expect(ask(bench, '*999#')).rejects.toMatchObject({ code: 'unsupported' });
    expect(written(bench)).toEqual(['AT+CUSD=1,"*999#",15', 'AT+CUSD=1,"AA5C2E3702",15']);
    expect(await ask(bench)).toBe(balance);
    await expect(ask(bench, '*999#')).rejects.toMatchObject({ code: 'unsupported' });
    expect(written(bench)).toEqual(['AT+CUSD=1,"*100#",15', 'AT+CUSD=1,"*999#",15']);
  });
});

describe('a code at a modem that is registered for packets alone', () => {
  const advice =
    'Codes such as *100# need the circuit-switched (voice) network, and the modem is registered for data alone (calls not registered, data at home, LTE at home). Let it use 2G or 3G as well, or ask the operator how else this SIM tells its balance.';

  async function withoutCircuits(CREG = 0) {
    const { bench, modem } = await ready();
    modem.equipment.radio.setCoverage({ CREG, CGREG: 1, CEREG: 1 });
    return { bench, modem };
  }

  it('is told to need calls where nobody answers', async () => {
    const { bench } = await withoutCircuits();
    await expect(ask(bench)).rejects.toMatchObject({
      code: 'no_circuit',
      message: `The network did not answer *100# within 30 seconds. ${advice}`,
    });
  });

  it('is told so too where the modem refuses it', async () => {
    const { bench, modem } = await withoutCircuits();
    modem.faults.refusals = refusing(30, 2);
    await expect(ask(bench)).rejects.toMatchObject({
      code: 'no_circuit',
      message: `The modem refused the code (+CME ERROR: 30). ${advice}`,
    });
  });

  it('is told so where +CREG is for texts alone', async () => {
    const { bench } = await withoutCircuits(6);
    await expect(ask(bench)).rejects.toMatchObject({ code: 'no_circuit' });
  });

  it('is told nothing of the kind where calls are registered, or nothing is', async () => {
    const { bench, modem } = await ready();
    modem.faults.refusals = refusing(30, 3);
    await expect(ask(bench)).rejects.toMatchObject({ code: 'refused' });
    modem.equipment.radio.setCoverage({ CREG: 0, CGREG: 0, CEREG: 0 });
    await expect(ask(bench)).rejects.toMatchObject({ code: 'refused' });
  });
});
