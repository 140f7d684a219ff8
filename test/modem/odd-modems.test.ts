import { describe, expect, it } from 'vitest';
import { error, ok } from '../../src/emulator/at/reply.ts';
import type { CommandDefinition } from '../../src/emulator/commands/definition.ts';
import { preferredStorages } from '../../src/emulator/commands/preferred-storages.ts';
import { type EmulatedModem, generic, type Profile } from '../../src/emulator/index.ts';
import { encodeDeliver } from '../../src/gsm/pdu/index.ts';
import { until } from './eventually.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const ours = '+15550001111';
const friend = '+15557654321';

const like = (changes: Partial<Profile>): Profile => ({ ...generic, ...changes });
const knowing = (...commands: CommandDefinition[]): Profile => like({ commands });

/** +CPMS of a modem that takes so many values, and answers as `answer` says. */
function stores(most: number, test: string, answer: 'counts' | 'bare' = 'counts'): CommandDefinition {
  const standard = preferredStorages({ count: 3, test: () => test });
  return {
    ...standard,
    set(context, parameters) {
      if (most === 3 ? parameters.count !== 3 : parameters.count > most) throw error();
      const reply = standard.set?.(context, parameters) ?? ok();
      return answer === 'bare' ? ok() : reply;
    },
  };
}

async function ready(profile: Profile, prepare: (modem: EmulatedModem) => void = () => undefined) {
  const bench = new FleetBench();
  const modem = bench.modem({ profile });
  prepare(modem);
  bench.plug(port, modem);
  bench.serve(port, { number: ours });
  await bench.reaches(port, 'ready');
  return { bench, modem };
}

/** A text that arrives now is taken in and its place emptied, by notice or by looking. */
async function takesTexts(bench: FleetBench, modem: EmulatedModem): Promise<void> {
  const before = bench.kept.length;
  bench.network.deliver({ from: friend, to: ours, text: `text ${before}` });
  await until(bench.clock, 'a text', () => bench.kept.length > before, 70_000);
  await until(bench.clock, 'an empty place', () => modem.messages.store('MT').used === 0, 70_000);
  expect(bench.kept.length).toBe(before + 1);
}

describe('the stores of a modem', () => {
  it.each<[string, Profile, string[]]>([
    ['of three values', generic, ['ME', 'ME']],
    ['of two values with doubled brackets', knowing(stores(2, '(("SM","BM","SR"),("SM"))')), ['SM', 'SM']],
    ['of one value', knowing(stores(1, '("SM")')), ['SM', 'SM']],
    [
      'that takes exactly three, and answers with OK alone',
      knowing(stores(3, '("SM","ME"),("SM","ME"),("SM","ME")', 'bare')),
      ['ME', 'ME'],
    ],
    [
      'with no ME for what arrives',
      like({ storages: { read: ['ME', 'SM'], write: ['ME', 'SM'], receive: ['SM'] } }),
      ['SM', 'SM'],
    ],
    ['with one store a value, and no brackets', knowing(stores(3, '"ME","MT","SM"')), ['MT', 'SM']],
    ['that lists no store', knowing(stores(3, '(),(),()')), ['SM', 'SM']],
    [
      'that cannot say what it has',
      knowing({
        ...preferredStorages(),
        test: () => {
          throw error();
        },
      }),
      ['ME', 'ME'],
    ],
  ])('%s', async (_, profile, expected) => {
    const { bench, modem } = await ready(profile);
    expect(modem.settings.storages.slice(1)).toEqual(expected);
    await takesTexts(bench, modem);
    modem.faults.refusals = [];
    expect(await bench.send(port)).toMatchObject({ kind: 'accepted' });
  });

  it('that cannot be chosen, because the modem knows no +CPMS, are one that is read through', async () => {
    const { bench, modem } = await ready(like({ lacks: ['+CPMS', '+CNMI'] }));
    await takesTexts(bench, modem);
    expect(bench.facts(port).obstacle).toBeUndefined();
    expect(await bench.send(port)).toMatchObject({ kind: 'accepted' });
  });

  it('that cannot be chosen are the one that a notice means, whatever that calls it', async () => {
    const { bench, modem } = await ready(like({ lacks: ['+CPMS'] }));
    modem.settings.storages = ['SM', 'SM', 'ME'];
    modem.sim?.messages.add({ status: 0, ...deliver('on the card') });
    modem.unsolicited('+CMTI: "MT",1');
    await until(bench.clock, 'the text', () => bench.deleted.length === 1, 5_000);
    expect(bench.kept).toMatchObject([{ storage: 'SM', index: 1 }]);
  });

  it('that can be read as MT only are read as that, wherever a text lies', async () => {
    const storages = { read: ['ME', 'MT'], write: ['ME', 'SM', 'MT'], receive: ['SM', 'MT'] };
    const { bench, modem } = await ready(like({ storages }));
    modem.sim?.messages.add({ status: 0, ...deliver('left on the card') });
    await until(bench.clock, 'the text on the card', () => bench.kept.length === 1, 70_000);
    await takesTexts(bench, modem);
  });

  it('hold texts of ours as well, which stay where they are', async () => {
    const bench = new FleetBench();
    const modem = bench.modem();
    modem.sim?.messages.add({ status: 2, ...deliver('a draft') });
    modem.sim?.messages.add({ status: 3, ...deliver('sent') });
    modem.sim?.messages.add({ status: 1, ...deliver('read') });
    bench.plug(port, modem);
    bench.serve(port, { number: ours });
    await bench.reaches(port, 'ready');
    await bench.clock.advance(180_000);
    expect(bench.kept).toMatchObject([{ storage: 'SM', index: 3, imported: true }]);
    expect(
      modem.messages
        .store('SM')
        .entries()
        .map(([, { status }]) => status),
    ).toEqual([2, 3]);
  });

  it('are all read where the modem cannot say what it has', async () => {
    const silent = knowing({
      ...preferredStorages(),
      test: () => {
        throw error();
      },
    });
    const { bench, modem } = await ready(silent, ({ sim }) => {
      sim?.messages.add({ status: 0, ...deliver('left on the card') });
    });
    expect(bench.kept).toMatchObject([{ storage: 'SM', index: 1, imported: true }]);
    expect(modem.messages.store('SM').used).toBe(0);
    await takesTexts(bench, modem);
  });

  it('that refuse to be listed are read place by place, as far as they count texts', async () => {
    const bench = new FleetBench();
    const modem = bench.modem({
      profile: like({ storages: { read: ['SM'], write: ['SM'], receive: ['SM'] } }),
    });
    modem.faults.refusals = [{ command: '+CMGL', result: error().result, times: 1_000 }];
    modem.sim?.messages.add({ status: 2, ...deliver('a draft') });
    modem.sim?.messages.add({ status: 0, ...deliver('left on the card') });
    modem.sim?.messages.add({ status: 1, ...deliver('read') });
    bench.plug(port, modem);
    bench.serve(port, { number: ours });
    await bench.reaches(port, 'ready');
    await bench.clock.advance(180_000);
    expect(bench.kept.map(({ index, imported }) => [index, imported])).toEqual([
      [2, true],
      [3, true],
    ]);
    expect(modem.messages.store('SM').used).toBe(1);
  });

  it('that list nothing are read place by place, as far as they count texts', async () => {
    const { bench, modem } = await ready(
      like({ storages: { read: ['SM'], write: ['SM'], receive: ['SM'] } }),
    );
    const reads = () => bench.commands().filter((command) => command.startsWith('AT+CMGR')).length;
    modem.faults.refusals = [{ command: '+CMGL', result: { kind: 'ok' }, times: 1_000 }];
    modem.sim?.messages.add({ status: 3, ...deliver('sent') });
    modem.sim?.messages.add({ status: 0, ...deliver('came while nobody listened') });
    await bench.clock.advance(60_000);
    expect(bench.kept).toMatchObject([{ storage: 'SM', index: 2 }]);
    expect(reads()).toBeGreaterThan(10);
    await bench.clock.advance(50_000);
    expect(reads(), 'what is not ours is looked for seldom').toBe(0);
    modem.sim?.messages.add({ status: 0, ...deliver('came later') });
    await bench.clock.advance(60_000);
    expect(bench.kept).toHaveLength(2);
    await bench.clock.advance(600_000);
    expect(reads()).toBeGreaterThan(10);
  });

  it('are emptied place by place, never by a flag that would take what was not read', async () => {
    const { bench, modem } = await ready(generic);
    bench.commands();
    for (let index = 0; index < 3; index++) await takesTexts(bench, modem);
    const deletions = bench.commands().filter((command) => command.startsWith('AT+CMGD'));
    expect(deletions.length).toBe(3);
    for (const deletion of deletions) expect(deletion).toMatch(/^AT\+CMGD=\d+$/);
  });
});

function deliver(text: string, at = '2026-06-08T13:00:00Z') {
  const { pdu, tpduLength } = encodeDeliver({ from: friend, smsc: '+15550000000', scts: at, text });
  return { pdu, length: tpduLength };
}

describe('the notices of a modem', () => {
  const notifications = generic.notifications;

  it.each<[string, Partial<Profile['notifications']>, [number, number, number]]>([
    ['that has them all', {}, [2, 1, 1]],
    ['without reports handed on', { report: [0, 2] }, [2, 1, 2]],
    ['without reports', { report: [0] }, [2, 1, 0]],
    ['without mode 2', { mode: [0, 1] }, [1, 1, 1]],
    ['with mode 3 alone', { mode: [0, 3] }, [3, 1, 1]],
    ['with buffer 1 alone', { deliver: [0, 1], report: [0, 2], buffer: [1] }, [2, 1, 2]],
    ['with texts only handed on', { deliver: [0, 2] }, [2, 2, 1]],
  ])('%s', async (_, ranges, [mode, delivered, report]) => {
    const { bench, modem } = await ready(like({ notifications: { ...notifications, ...ranges } }));
    expect(modem.settings.notifications).toMatchObject({ mode, deliver: delivered, report });
    await takesTexts(bench, modem);
  });

  it('are tried in turn where it cannot say what it has', async () => {
    const { bench, modem } = await ready(generic, ({ faults }) => {
      faults.refusals = [{ command: '+CNMI', result: { kind: 'error' }, times: 4 }];
    });
    expect(modem.settings.notifications).toMatchObject({ mode: 2, deliver: 1, report: 2 });
    await takesTexts(bench, modem);
  });

  it('are done without where it has none: its stores are looked through', async () => {
    const { bench, modem } = await ready(like({ lacks: ['+CNMI'] }));
    bench.network.deliver({ from: friend, to: ours, text: 'one' });
    await until(bench.clock, 'a text', () => bench.kept.length === 1, 11_000);
    await until(bench.clock, 'an empty place', () => modem.messages.store('MT').used === 0, 11_000);
  });

  it('of texts that no store holds are acknowledged once the text is kept', async () => {
    const { bench, modem } = await ready(like({ notifications: { ...notifications, deliver: [0, 2] } }));
    expect(modem.settings.messageService).toBe(1);
    bench.commands();
    bench.network.deliver({ from: friend, to: ours, text: 'one' });
    await bench.clock.advance(1_000);
    expect(bench.kept).toMatchObject([{ storage: '', index: 0, imported: false }]);
    expect(bench.commands()).toEqual(['AT+CNMA']);
    await bench.clock.advance(60_000);
    expect(bench.kept).toHaveLength(1);
  });

  it('of texts that could not be kept are not acknowledged: the network sends them again', async () => {
    const { bench } = await ready(like({ notifications: { ...notifications, deliver: [0, 2] } }));
    bench.diskError = new Error('the disk is full');
    bench.network.deliver({ from: friend, to: ours, text: 'one' });
    await bench.clock.advance(20_000);
    bench.diskError = undefined;
    await until(bench.clock, 'the text again', () => bench.kept.length === 1, 60_000);
  });
});

describe('a notice', () => {
  it('of place 0 is of place 0', async () => {
    const { bench, modem } = await ready(like({ firstIndex: 0 }));
    await takesTexts(bench, modem);
    expect(bench.kept).toMatchObject([{ index: 0 }]);
    expect(bench.deleted).toMatchObject([{ index: 0 }]);
  });

  it('of another store is looked up there, and the next in the first again', async () => {
    const { bench, modem } = await ready(generic);
    modem.sim?.messages.add({ status: 0, ...deliver('on the card') });
    modem.unsolicited('+CMTI: "SM",1');
    await until(bench.clock, 'the text on the card', () => bench.kept.length === 1, 5_000);
    expect(bench.kept).toMatchObject([{ storage: 'SM', index: 1 }]);
    bench.network.deliver({ from: friend, to: ours, text: 'in the modem' });
    await until(bench.clock, 'the other', () => bench.kept.length === 2, 5_000);
    expect(bench.kept).toMatchObject([{ storage: 'SM' }, { storage: 'ME', index: 1 }]);
  });

  it('of a report in SR is looked up there', async () => {
    const report = { report: [0, 2] };
    const { bench, modem } = await ready(like({ notifications: { ...generic.notifications, ...report } }));
    await bench.send(port);
    await until(bench.clock, 'a report', () => bench.kept.length === 1, 5_000);
    expect(bench.kept).toMatchObject([{ storage: 'SR', index: 1 }]);
    expect(modem.messages.store('SR').used).toBe(0);
  });

  it.each([[{ kind: 'ok' }], [{ kind: 'cms', code: 321 }], [{ kind: 'error' }]] as const)(
    'of a place that is empty (%j) makes all stores be looked through',
    async (emptyPlace) => {
      const { bench, modem } = await ready(
        like({
          emptyPlace,
          notifications: { ...generic.notifications, report: [0, 2] },
          reports: { storage: 'SR', announced: 'SM' },
        }),
      );
      await bench.send(port);
      await until(bench.clock, 'a report', () => bench.kept.length === 1, 5_000);
      expect(modem.messages.store('SR').used).toBe(0);
    },
  );

  it('of a report that lies in a store which the modem does not list is looked up there', async () => {
    const { bench, modem } = await ready(
      like({
        commands: [stores(3, '("SM","ME"),("SM","ME"),("SM","ME")')],
        notifications: { ...generic.notifications, report: [0, 2] },
        reports: { storage: 'SR', announced: 'SM' },
      }),
    );
    await bench.send(port);
    await until(bench.clock, 'a report', () => bench.kept.length === 1, 5_000);
    expect(modem.messages.store('SR').used).toBe(0);
  });

  it.each([
    ['lists', undefined],
    ['does not list', '("SM","ME"),("SM","ME"),("SM","ME")'],
  ])(
    'of a report that nobody heard, because the program was not running, is made up for at its start where the modem %s the store for reports',
    async (_, listed) => {
      const bench = new FleetBench({ network: { reportDelayMs: 60_000 } });
      const commands = listed === undefined ? [] : [stores(3, listed)];
      const notifications = { ...generic.notifications, report: [0, 2] };
      const modem = bench.station(port, { profile: like({ commands, notifications }) });
      await bench.reaches(port, 'ready');
      await bench.send(port);
      await bench.fleet.stop();
      await bench.clock.advance(120_000);
      expect(modem.messages.store('SR').used).toBe(1);
      bench.restart();
      bench.serve(port);
      await bench.reaches(port, 'ready');
      expect(bench.kept).toMatchObject([{ storage: 'SR', index: 1 }]);
      expect(modem.messages.store('SR').used).toBe(0);
    },
  );

  it('of a report at a place where a text lies makes all stores be looked through', async () => {
    const { bench, modem } = await ready(
      like({
        firstIndex: 0,
        notifications: { ...generic.notifications, report: [0, 2] },
        reports: { storage: 'SR', announced: 'SM' },
      }),
    );
    modem.sim?.messages.add({ status: 1, ...deliver('of which nobody told') });
    await bench.send(port);
    await until(bench.clock, 'text and report', () => bench.kept.length === 2, 5_000);
    expect(bench.kept).toMatchObject([{ storage: 'SM' }, { storage: 'SR' }]);
  });

  it('of a store that the modem refuses leaves nothing behind', async () => {
    const { bench, modem } = await ready(generic);
    modem.unsolicited('+CMTI: "XX",3');
    await bench.clock.advance(1_000);
    await takesTexts(bench, modem);
  });

  it('that never came is made up for by looking', async () => {
    const { bench, modem } = await ready(generic);
    modem.sim?.messages.add({ status: 0, ...deliver('unannounced') });
    await until(bench.clock, 'the text', () => bench.kept.length === 1, 61_000);
    expect(bench.kept).toMatchObject([{ storage: 'SM', imported: false }]);
  });

  it('that the store is full makes it be emptied at once', async () => {
    const { bench, modem } = await ready(generic);
    modem.sim?.messages.add({ status: 1, ...deliver('in the way') });
    modem.unsolicited('^SMMEMFULL: "SM"');
    await until(bench.clock, 'an empty store', () => modem.messages.store('SM').used === 0, 1_000);
  });

  it('that comes while what is stored is first taken in is not forgotten', async () => {
    const bench = new FleetBench();
    const modem = bench.modem();
    for (let index = 0; index < 5; index++)
      modem.sim?.messages.add({ status: 1, ...deliver(`old ${index}`) });
    modem.faults.answerDelayMs = 50;
    bench.plug(port, modem);
    bench.serve(port, { number: ours });
    await until(bench.clock, 'the first', () => bench.kept.length === 2);
    bench.network.deliver({ from: friend, to: ours, text: 'new' });
    await until(bench.clock, 'all', () => bench.kept.length === 6, 15_000);
    expect(bench.kept.map(({ imported }) => imported)).toEqual([true, true, true, true, true, false]);
  });
});

describe('a text', () => {
  it('is read, kept and deleted with nothing between', async () => {
    const { bench, modem } = await ready(generic);
    bench.commands();
    modem.faults.answerDelayMs = 20;
    modem.sim?.messages.add({ status: 0, ...deliver('on the card') });
    modem.unsolicited('+CMTI: "SM",1');
    bench.network.deliver({ from: friend, to: ours, text: 'in the modem' });
    modem.unsolicited('+CREG: 2');
    await until(bench.clock, 'both', () => bench.deleted.length === 2, 5_000);
    const commands = bench.commands().filter((command) => /CPMS=|CMG/.test(command));
    expect(commands).toEqual([
      'AT+CPMS="SM","ME","ME"',
      'AT+CMGR=1',
      'AT+CMGD=1',
      'AT+CPMS="ME","ME","ME"',
      'AT+CMGR=1',
      'AT+CMGD=1',
    ]);
  });

  it('that could not be kept stays on the modem, and is taken in later', async () => {
    const { bench, modem } = await ready(generic);
    bench.diskError = new Error('the disk is full');
    bench.network.deliver({ from: friend, to: ours, text: 'one' });
    await bench.clock.advance(130_000);
    expect(modem.messages.store('ME').used).toBe(1);
    expect(bench.deleted).toEqual([]);
    expect(bench.facts(port).state).toBe('ready');
    bench.diskError = undefined;
    await until(bench.clock, 'the text', () => bench.kept.length === 1, 61_000);
    await until(bench.clock, 'an empty place', () => modem.messages.store('ME').used === 0, 5_000);
  });

  it('that could not be deleted is seen again and deleted then', async () => {
    const { bench, modem } = await ready(generic);
    modem.faults.refusals = [{ command: '+CMGD', result: { kind: 'cms', code: 321 }, times: 1 }];
    bench.network.deliver({ from: friend, to: ours, text: 'one' });
    await until(bench.clock, 'the text', () => bench.kept.length === 1, 5_000);
    expect(bench.deleted).toEqual([]);
    await until(bench.clock, 'an empty place', () => bench.deleted.length === 1, 61_000);
    expect(bench.kept.map(({ storage, index }) => [storage, index])).toEqual([
      ['ME', 1],
      ['ME', 1],
    ]);
    expect(modem.messages.store('ME').used).toBe(0);
  });

  it('that lies on a SIM that is seen for the first time is imported, later ones are received', async () => {
    const bench = new FleetBench();
    const modem = bench.modem();
    modem.sim?.messages.add({ status: 1, ...deliver('old') });
    bench.plug(port, modem);
    bench.serve(port, { number: ours });
    await bench.reaches(port, 'ready');
    expect(bench.kept).toMatchObject([{ imported: true }]);
    await takesTexts(bench, modem);
    bench.unplug(port);
    await bench.reaches(port, 'absent');
    modem.sim?.messages.add({ status: 0, ...deliver('while away') });
    bench.plug(port, modem);
    await bench.reaches(port, 'ready');
    expect(bench.kept.map(({ imported }) => imported)).toEqual([true, false, false]);
  });

  it('that could not be kept at first sight is told to a person, and the modem is not restarted over it', async () => {
    const bench = new FleetBench();
    const modem = bench.modem();
    modem.sim?.messages.add({ status: 1, ...deliver('old') });
    bench.diskError = new Error('the disk is full');
    bench.plug(port, modem);
    bench.serve(port, { number: ours });
    await until(
      bench.clock,
      'an obstacle',
      () => bench.facts(port).obstacle?.code === 'disk_failure',
      60_000,
    );
    await bench.clock.advance(300_000);
    expect(bench.commands()).not.toContain('AT+CFUN=1,1');
    bench.diskError = undefined;
    await bench.reaches(port, 'ready');
    expect(bench.kept).toMatchObject([{ imported: true }]);
  });
});

it('a modem that sleeps through the first command after a while gets its text all the same', async () => {
  const { bench, modem } = await ready(generic);
  await bench.clock.advance(2_000);
  modem.faults.ignoreNextCommands = 1;
  expect(await bench.send(port)).toMatchObject({ kind: 'accepted' });
  expect(bench.states).not.toContain('recovering');
});

describe('a text service that is not up yet', () => {
  it.each([
    ['+CMGF', { kind: 'cms', code: 500 }],
    ['+CMGF', { kind: 'error' }],
    ['+CMGF', { kind: 'cme', code: 14 }],
    ['+CMGF', { kind: 'words', words: '+CME ERROR: 515' }],
  ] as const)('(%s refused with %j) is waited for', async (command, result) => {
    const { bench, modem } = await ready(generic, ({ faults }) => {
      faults.refusals = [{ command, result, times: 8 }];
    });
    await takesTexts(bench, modem);
    expect(bench.states.filter((state) => /attention|recovering/.test(state))).toEqual([]);
  });

  it('for half a minute is told, and waited for all the same', async () => {
    const bench = new FleetBench();
    const modem = bench.modem();
    modem.faults.refusals = [{ command: '+CMGF', result: { kind: 'cms', code: 500 }, times: 45 }];
    bench.plug(port, modem);
    bench.serve(port, { number: ours });
    await bench.reaches(port, 'attention');
    expect(bench.facts(port).obstacle).toMatchObject({ code: 'sms_not_ready' });
    await bench.reaches(port, 'ready');
  });
});

describe('settings that a modem lost without a word', () => {
  it.each<[string, (modem: EmulatedModem) => void]>([
    ['all of them', (modem) => modem.loadSettings('factory')],
    [
      'PDU mode',
      ({ settings }) => {
        settings.messageFormat = 1;
      },
    ],
    [
      'notices',
      ({ settings }) => {
        settings.notifications = { mode: 0, deliver: 0, broadcast: 0, report: 0, buffer: 0 };
      },
    ],
    [
      'echo',
      ({ settings }) => {
        settings.echo = true;
      },
    ],
  ])('%s are set again within a minute', async (_, lose) => {
    const { bench, modem } = await ready(generic);
    lose(modem);
    await bench.clock.advance(60_000);
    expect(modem.settings).toMatchObject({
      echo: false,
      messageFormat: 0,
      notifications: { mode: 2, deliver: 1, report: 1 },
    });
    await takesTexts(bench, modem);
  });

  it('are set again before a text, which in text mode would go to the length of its PDU as a number', async () => {
    const { bench, modem } = await ready(generic);
    await bench.clock.advance(2_000);
    modem.loadSettings('factory');
    modem.settings.messageFormat = 1;
    expect(await bench.send(port)).toMatchObject({ kind: 'not-submitted', error: { code: 'restarted' } });
    expect(await bench.send(port)).toMatchObject({ kind: 'accepted' });
    expect(bench.network.submissions.all).toMatchObject([{ to: friend, text: 'Hello' }]);
    await until(bench.clock, 'its report', () => bench.kept.length === 1, 10_000);
  });

  it('are not asked after between texts that follow one another', async () => {
    const { bench } = await ready(generic);
    await bench.clock.advance(2_000);
    await bench.send(port);
    bench.commands();
    await bench.send(port);
    expect(bench.commands().filter((command) => command.startsWith('AT+CMGF'))).toEqual([]);
  });

  it('are set again after a restart that says RDY, as soon as that is said', async () => {
    const { bench, modem } = await ready(like({ boot: [{ from: 'power', afterMs: 200, text: 'RDY' }] }));
    modem.reboot();
    await until(bench.clock, 'set up again', () => modem.settings.notifications.mode === 2, 10_000);
    await bench.reaches(port, 'ready');
  });
});

it('a modem that echoes whatever it is told serves all the same, and is not asked about it all the time', async () => {
  const stubborn: CommandDefinition = { name: 'E', execute: () => ok(), set: () => ok() };
  const { bench, modem } = await ready(knowing(stubborn));
  modem.settings.echo = true;
  await bench.clock.advance(60_000);
  bench.commands();
  await bench.clock.advance(300_000);
  expect(bench.commands().length).toBeLessThan(300);
  await takesTexts(bench, modem);
  expect(await bench.send(port)).toMatchObject({ kind: 'accepted' });
});

describe('a modem that is registered in a 5G core alone', () => {
  const fifth = (state: string): CommandDefinition => ({
    name: '+C5GREG',
    read: () => ok(`+C5GREG: 2,${state}`),
  });
  const elsewhere = (name: string): CommandDefinition => ({
    name,
    read: () => ok(`${name}: 0,0`),
    set: () => ok(),
  });
  const others = ['+CREG', '+CGREG', '+CEREG'].map(elsewhere);

  it('sends texts', async () => {
    const { bench } = await ready(knowing(...others, fifth('1,"0000A1","000000001",11,5,"01"')));
    expect(bench.facts(port)).toMatchObject({ registration: 'home', technology: '5G' });
    expect(await bench.send(port)).toMatchObject({ kind: 'accepted' });
  });

  it('waits for a network while it has none there either', async () => {
    const bench = new FleetBench();
    bench.station(port, { profile: knowing(...others, fifth('2')), number: ours });
    await bench.reaches(port, 'registering');
    await bench.clock.advance(30_000);
    expect(bench.facts(port).state).toBe('registering');
  });
});
