import { describe, expect, it } from 'vitest';
import { error, ok } from '../../../src/emulator/at/reply.ts';
import type { CommandDefinition } from '../../../src/emulator/commands/definition.ts';
import {
  type EmulatedModem,
  generic,
  immediate,
  type Profile,
  profiles,
} from '../../../src/emulator/index.ts';
import { until } from '../eventually.ts';
import { FleetBench } from '../fleet-bench.ts';

const port = '/dev/ttyUSB0';
const ours = '+15550001111';

const emulated = (word: string): Profile => {
  const profile = profiles[word];
  if (!profile) throw new Error(`there is no emulated ${word}`);
  return immediate(profile);
};

/** A modem that says that it is of this make, and else keeps to the standard. */
const named = (manufacturer: string, model: string, changes: Partial<Profile> = {}): Profile => ({
  ...generic,
  identity: { ...generic.identity, manufacturer, model },
  ...changes,
});

async function ready(profile: Profile, prepare: (modem: EmulatedModem) => void = () => undefined) {
  const bench = new FleetBench();
  const modem = bench.modem({ profile });
  bench.plug(port, modem);
  prepare(modem);
  bench.serve(port, { number: ours });
  await bench.reaches(port, 'ready');
  return { bench, modem, commands: bench.commands() };
}

/** Answers nothing about what it has: only what a profile knows can be tried. */
const tellsNothing = (name: string): CommandDefinition => ({
  name,
  test: () => {
    throw error();
  },
  set: () => ok(),
});

describe('a family', () => {
  it.each([
    ['huawei-e173', ['AT^CURC=0', 'AT^USSDMODE=0'], ['AT+QURCCFG=?']],
    ['sim800', ['AT+CSCLK=0'], ['AT^CURC=0']],
    ['quectel-ec25', ['AT+QINDCFG="smsfull",1'], ['AT^CURC=0']],
    ['generic', [], ['AT^CURC=0', 'AT+CSCLK=0', 'AT+ZOPRT=5', 'AT^SSET=1']],
  ])('%s gets its own settings and no others', async (word, expected, foreign) => {
    const { commands, bench } = await ready(emulated(word));
    for (const command of expected) expect(commands).toContain(command);
    for (const command of foreign) expect(commands).not.toContain(command);
    expect(bench.facts(port).profile.family).toBe(word.replace(/-e173|-ec25/, '').replace('800', 'com-gsm'));
  });

  it('that refuses its settings is served all the same', async () => {
    const { bench } = await ready(named('huawei', 'E173'));
    expect(bench.facts(port).profile.family).toBe('huawei');
  });

  it('gets its settings again when it lost them without a word', async () => {
    const { bench, modem } = await ready(emulated('huawei-e173'));
    modem.loadSettings('factory');
    await bench.clock.advance(60_000);
    expect(modem.settings.kept['^CURC']).toBe('0');
  });

  it('is asked for its ICCID in its own way first', async () => {
    const { commands } = await ready(emulated('huawei-e173'));
    expect(commands).toContain('AT^ICCID?');
    expect(commands).not.toContain('AT+CCID');
  });
});

describe('what a modem offers is believed before its family', () => {
  it.each<[string, Profile, [number, number, number]]>([
    ['ZTE, which lists mode 2 and refuses it', named('ZTE CORPORATION', 'MF190'), [1, 1, 1]],
    [
      'SIMCom LTE with mode 2 alone',
      named('SIMCOM INCORPORATED', 'SIM7600', { notifications: { ...generic.notifications, mode: [0, 2] } }),
      [2, 1, 1],
    ],
    ['Quectel with both ways of reports', named('Quectel', 'EC25'), [2, 1, 1]],
    [
      'Siemens MC35i',
      named('SIEMENS', 'MC35i', {
        notifications: {
          mode: [0, 1, 2, 3],
          deliver: [0, 1],
          broadcast: [0, 2, 3],
          report: [0, 2],
          buffer: [1],
        },
        storages: { read: ['MT', 'SM', 'ME'], write: ['MT', 'SM', 'ME'], receive: ['MT', 'SM'] },
      }),
      [2, 1, 2],
    ],
    [
      'Cinterion EHS6',
      named('Cinterion', 'EHS6', {
        notifications: { mode: [0, 1, 2], deliver: [0, 1], broadcast: [0, 2], report: [0], buffer: [1] },
      }),
      [2, 1, 0],
    ],
  ])('%s', async (_, profile, [mode, deliver, report]) => {
    const { modem } = await ready(profile);
    expect(modem.settings.notifications).toMatchObject({ mode, deliver, report });
  });

  it.each([
    ['generic', generic, 'AT+CNMI=2,1,0,1,0'],
    ['ZTE', named('ZTE CORPORATION', 'MF190'), 'AT+CNMI=1,1,0,1,0'],
    ['Siemens', named('SIEMENS', 'TC35'), 'AT+CNMI=2,1,0,2,1'],
  ])('%s that says nothing of its notices is first told %s', async (_, profile, first) => {
    const { commands } = await ready({ ...profile, commands: [tellsNothing('+CNMI')] });
    expect(commands.find((command) => command.startsWith('AT+CNMI=') && !command.endsWith('?'))).toBe(first);
  });

  it.each([
    ['generic', generic, 'AT+CPMS="ME","ME","ME"'],
    ['Wavecom', named('WAVECOM MODEM', 'Q2403'), 'AT+CPMS="SM","SM"'],
    ['SIM800', named('SIMCOM_Ltd', 'SIMCOM_SIM800L'), 'AT+CPMS="SM","SM","SM"'],
  ])('%s that says nothing of its stores is first told %s', async (_, profile, first) => {
    const { commands } = await ready({ ...profile, commands: [tellsNothing('+CPMS')] });
    expect(commands.find((command) => command.startsWith('AT+CPMS="'))).toBe(first);
  });
});

describe('the notices of a Quectel module', () => {
  it('are brought to the port that is served, where they went elsewhere', async () => {
    const { modem, commands } = await ready(emulated('quectel-ec25'), ({ settings }) => {
      settings.kept['+QURCCFG'] = 'usbmodem';
    });
    expect(commands).toContain('AT+QURCCFG="urcport","all"');
    expect(modem.settings.kept['+QURCCFG']).toBe('all');
  });

  it('are not written into its memory again where they come already', async () => {
    const { commands } = await ready(emulated('quectel-ec25'), ({ settings }) => {
      settings.kept['+QURCCFG'] = 'all';
    });
    expect(commands.filter((command) => command.startsWith('AT+QURCCFG="urcport",'))).toEqual([]);
  });
});

describe('a modem that takes its PIN before anything else', () => {
  const lockedUntilPin = (name: string, real: CommandDefinition): CommandDefinition => ({
    ...real,
    name,
    execute: (context, ...rest) => {
      if (context.equipment.sim?.lock.state !== 'ready') throw error();
      return real.execute?.(context, ...rest) ?? ok();
    },
    set: (context, ...rest) => {
      if (context.equipment.sim?.lock.state !== 'ready') throw error();
      return real.set?.(context, ...rest) ?? ok();
    },
  });

  it('is asked who it is, and told not to echo, again once it has it', async () => {
    const bench = new FleetBench();
    const echo: CommandDefinition = {
      name: 'E',
      execute: () => ok(),
      set: (context, parameters) => {
        context.settings.echo = parameters.integer(0, [0, 1]) === 1;
        return ok();
      },
    };
    const imei: CommandDefinition = { name: '+CGSN', execute: ({ equipment }) => ok(equipment.imei) };
    const profile = {
      ...generic,
      commands: [lockedUntilPin('E', echo), lockedUntilPin('+CGSN', imei)],
      lacks: ['+GSN', 'I'],
    };
    const modem = bench.station(port, { profile, sim: { pin: '4711' }, pin: '4711', number: ours });
    const facts = await bench.reaches(port, 'ready');
    expect(facts.id).toBe(modem.imei);
    expect(modem.settings.echo).toBe(false);
  });
});

describe('a radio that was left off', () => {
  it('is turned on, and what the restart undid is set again, where that is a restart', async () => {
    const bench = new FleetBench();
    const modem = bench.modem({ profile: profiles.wavecom ?? generic });
    bench.plug(port, modem);
    modem.equipment.radio.setFunctionality(0);
    bench.serve(port, { number: ours });
    await bench.reaches(port, 'ready');
    expect(modem.equipment.radio.functionality).toBe(1);
    expect(modem.settings).toMatchObject({ echo: false, messageFormat: 0 });
    expect(bench.states.filter((state) => /attention|recovering/.test(state))).toEqual([]);
  });
});

describe('a text service that is not up yet', () => {
  const upAfterMs = 5_700;
  const late = ({ boot, timing, ...profile }: Profile): Profile => ({
    ...profile,
    timing: { ...timing, messagesMs: upAfterMs },
    boot: boot.map((text) => (/SMS (?:DONE|Ready)/.test(text.text) ? { ...text, afterMs: upAfterMs } : text)),
  });

  it.each(['sim800', 'sim7600', 'quectel-ec25'])(
    'is used in the moment in which a %s says that it is up',
    async (word) => {
      const bench = new FleetBench();
      const profile = late(profiles[word] ?? generic);
      bench.station(port, { profile, number: ours });
      const accepted = () => bench.written.includes('AT+CPMS=?');
      await until(bench.clock, 'stores', accepted, 30_000);
      expect(bench.clock.monotonic()).toBe(profile.timing.simMs + upAfterMs);
      expect(bench.commands().filter((command) => command === 'AT+CMGF=0').length).toBeGreaterThan(2);
      await bench.reaches(port, 'ready');
      expect(bench.states.filter((state) => /attention|recovering/.test(state))).toEqual([]);
    },
  );
});

describe('a modem that loses what comes too soon', () => {
  it.each([
    ['wavecom', 100],
    ['generic', 0],
  ])('%s is given %i ms between an answer and the next command', async (word, pauseMs) => {
    const bench = new FleetBench();
    const modem = bench.modem({ profile: emulated(word) });
    const times: [string, number][] = [];
    bench.plug(port, modem);
    bench.serve(port, { number: ours });
    await bench.reaches(port, 'ready');
    modem.on('output', () => times.push(['answer', bench.clock.monotonic()]));
    const receive = modem.receive.bind(modem);
    modem.receive = (octets) => {
      if (octets.startsWith('AT')) times.push(['command', bench.clock.monotonic()]);
      receive(octets);
    };
    expect(await bench.send(port)).toMatchObject({ kind: 'accepted' });
    await bench.clock.advance(120_000);
    const gaps = times.flatMap(([what, at], place) => {
      const [before, then] = times[place - 1] ?? ['', 0];
      return what === 'command' && before === 'answer' ? [at - then] : [];
    });
    expect(gaps.length).toBeGreaterThan(10);
    expect(Math.min(...gaps)).toBe(pauseMs);
  });
});
