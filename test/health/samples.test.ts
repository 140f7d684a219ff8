import { describe, expect, test } from 'vitest';
import { modem as modemSchema } from '../../src/contract/modem.ts';
import { error } from '../../src/emulator/at/reply.ts';
import type { CommandDefinition } from '../../src/emulator/commands/definition.ts';
import { fixed } from '../../src/emulator/commands/kept.ts';
import { generic, type Profile } from '../../src/emulator/index.ts';
import { profiles } from '../../src/emulator/profiles/index.ts';
import { immediate } from '../../src/emulator/profiles/profile.ts';
import { CareBench, friend, ours, port } from './care-bench.ts';

/** A modem of this maker, with these commands beside the standard ones. */
function modemOf(manufacturer: string, model: string, ...commands: CommandDefinition[]): Profile {
  return { ...generic, identity: { ...generic.identity, manufacturer, model }, commands };
}

const asked = (lines: readonly string[], text: string) => lines.filter((line) => line === text).length;

describe('a sample', () => {
  test('shows registration in all domains, operator, signal, service centre and stores', async () => {
    const { bench, clock } = await CareBench.ready();
    await clock.advance(1_000);
    expect(modemSchema.parse(bench.view())).toEqual(bench.view());
    expect(bench.view()).toMatchObject({
      registrations: { circuit: 'home', packet: 'home', evolved: 'none' },
      signal_dbm: -73,
      signal_bars: 4,
      smsc: expect.stringMatching(/^\+\d+$/),
      storage: expect.arrayContaining([expect.objectContaining({ name: 'ME', used: 0 })]),
      temperature_c: null,
      supply_v: null,
      warnings: [],
    });
  });

  test.each(Object.keys(profiles))('of a %s is taken as far as it can tell', async (name) => {
    const found = profiles[name];
    const { bench, clock } = await CareBench.ready({ ...(found && { profile: immediate(found) }) });
    await clock.advance(40_000);
    const { state, signal_dbm, smsc, storage } = bench.view();
    expect([state, signal_dbm]).toEqual(['ready', expect.any(Number)]);
    expect(smsc).toMatch(/^\+\d+$/);
    expect(storage.length).toBeGreaterThan(0);
  });

  test.each<[string, Profile, object]>([
    [
      'Huawei stick in LTE, whose +CSQ knows nothing',
      modemOf(
        'huawei',
        'E3372',
        fixed('+CSQ', '+CSQ: 99,99'),
        fixed('^HCSQ', '^HCSQ: "LTE",46,36,81,14'),
        fixed('^CHIPTEMP', '^CHIPTEMP: 285,290,65535'),
      ),
      {
        signal_dbm: -75,
        reference_signal_dbm: -105,
        noise_ratio_db: -4,
        quality_db: -13,
        temperature_c: 29,
      },
    ],
    [
      'Quectel module',
      modemOf('Quectel', 'EC25', fixed('+QTEMP', '+QTEMP: 30,27,26'), fixed('+CBC', '+CBC: 0,85,3891')),
      { temperature_c: 30, supply_v: 3.891 },
    ],
    [
      'module of nobody in particular, with a supply of its own',
      modemOf('Somebody', 'M1', fixed('+CBC', '+CBC: 0,100,4113')),
      { supply_v: 4.113 },
    ],
    [
      'modem that only +CESQ tells the level of',
      modemOf('Somebody', 'M1', fixed('+CSQ', '+CSQ: 99,99'), fixed('+CESQ', '+CESQ: 40,99,255,255,255,255')),
      { signal_dbm: -71, signal_bars: 4 },
    ],
  ])('of a %s', async (_, profile, expected) => {
    const { bench, clock } = await CareBench.ready({ profile });
    await clock.advance(40_000);
    expect(bench.view()).toMatchObject(expected);
  });

  test('counts bars by the reference signal in LTE', async () => {
    const lte = (rsrp: number): Profile => ({
      ...modemOf('Somebody', 'M1', fixed('+CESQ', `+CESQ: 99,99,255,255,20,${rsrp}`)),
      technology: 7,
      cell: '"19C9","0637A4CD",7',
    });
    for (const [rsrp, bars] of [
      [60, 4],
      [50, 3],
      [20, 0],
    ] as const) {
      const { bench, clock } = await CareBench.ready({ profile: lte(rsrp) });
      await clock.advance(1_000);
      expect([bench.view().technology, bench.view().signal_bars]).toEqual(['LTE', bars]);
    }
  });

  test('is taken about every half minute', async () => {
    const { bench, clock } = await CareBench.ready();
    await clock.advance(5_000);
    bench.table.commands();
    await clock.advance(600_000);
    expect(asked(bench.table.commands(), 'AT+CSQ')).toBe(20);
  });

  test('does not go on asking what is refused', async () => {
    const refusing: CommandDefinition = {
      name: '+CESQ',
      execute() {
        throw error();
      },
    };
    const { bench, clock } = await CareBench.ready({ profile: modemOf('Somebody', 'M1', refusing) });
    await clock.advance(600_000);
    expect(asked(bench.table.commands(), 'AT+CESQ')).toBe(3);
  });

  test('does not ask a second time what is not answered, and takes no harm', async () => {
    const silent: CommandDefinition = {
      name: '+CESQ',
      execute: () => ({ texts: [], result: { kind: 'silence' } }),
    };
    const { bench, clock } = await CareBench.ready({ profile: modemOf('Somebody', 'M1', silent) });
    await clock.advance(600_000);
    expect(asked(bench.table.commands(), 'AT+CESQ')).toBe(1);
    expect(bench.view().state).toBe('ready');
    expect(bench.types()).toEqual(['modem.online']);
  });

  test('is gone when the modem is', async () => {
    const { bench, clock } = await CareBench.ready();
    await clock.advance(1_000);
    bench.table.unplug(port);
    await clock.advance(1_000);
    expect(bench.view()).toMatchObject({
      state: 'absent',
      registrations: { circuit: null, packet: null, evolved: null },
      signal_dbm: null,
      signal_bars: null,
      storage: [],
    });
  });
});

describe('a cell broadcast', () => {
  const page = '000100320101'.padEnd(176, '0');

  test('is switched off', async () => {
    const { bench } = await CareBench.ready();
    const lines = bench.table.commands();
    expect(lines).toContain('AT+CSCB=0,"",""');
    expect(lines.find((line) => line.startsWith('AT+CNMI=') && !line.endsWith('?'))).toMatch(
      /^AT\+CNMI=\d,\d,0,/,
    );
  });

  test('that comes all the same is passed over with its page, even inside an answer', async () => {
    const { bench, modem, clock, network } = await CareBench.ready();
    modem.faults.insideAnswers = ['+CBM: 88', page];
    network.deliver({ from: friend, to: ours, text: 'a text' });
    await clock.advance(120_000);
    expect(bench.table.kept).toHaveLength(1);
    modem.unsolicited(`+CBM: 88\r\n${page}`);
    await clock.advance(1_000);
    expect(bench.table.kept).toHaveLength(1);
    expect(bench.view().state).toBe('ready');
  });
});
