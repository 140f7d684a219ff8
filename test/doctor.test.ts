import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Diagnosis, report } from '../src/cli/doctor/diagnosis.ts';
import { mend } from '../src/cli/doctor/mending.ts';
import { diagnoseDatabase, diagnoseInstance, diagnoseNode } from '../src/cli/doctor/program.ts';
import { examine } from '../src/cli/doctor.ts';
import { LinuxPorts } from '../src/modem/discovery/linux-ports.ts';
import { modemRules } from '../src/modem/discovery/modem-rules.ts';
import { keepPortWishes } from '../src/port-wishes.ts';
import { Database, lockForOneProcess } from '../src/store/database.ts';
import { bridge, FakeSystem } from './modem/discovery/fake-system.ts';
import { temporaryFolder } from './store/temporary-database.ts';
import { commandHere } from './whole/command-here.ts';

const asker = { uid: 0, groups: [0], user: 'root', environment: {} };

async function examined(dataDir: string, system = new FakeSystem(), who = asker): Promise<Diagnosis[]> {
  return examine({
    config: { dataDir, modems: [], neverTouch: [] },
    source: new LinuxPorts(system.folders),
    folders: system.folders,
    asker: who,
    nodeVersion: '24.21.0',
  });
}

function problems(diagnoses: readonly Diagnosis[]): string[] {
  return diagnoses.filter(({ level }) => level === 'problem').map(({ sentence }) => sentence);
}

describe('a machine', () => {
  it('where nothing is set up yet has nothing wrong', async () => {
    const dataDir = join(temporaryFolder(), 'deeper', 'postern');
    const found = await examined(dataDir);
    expect(problems(found)).toEqual([]);
    expect(found.map(({ sentence }) => sentence).join('\n')).toMatch(/will be made.*\n.*\n.*no database yet/);
  });

  it('that cannot hold a data directory is told so', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(problems(await examined(join(file, 'postern')))[0]).toMatch(/cannot be written/);
  });

  it('with a stick that shows its CD-ROM has one thing wrong, with what helps', async () => {
    const system = new FakeSystem();
    system.plug({ socket: '1-1', id: '12d1:1f01', interfaces: [{ number: 0, codes: '080650' }] });
    const text = report(await examined(temporaryFolder(), system));
    expect(text).toMatch(/\nPROBLEM {2}12d1:1f01 shows the CD-ROM/);
    expect(text).toMatch(
      /\n {9}Run:\n {11}sudo apt install usb-modeswitch\n {11}sudo usb_modeswitch -v 12d1 -p 1f01 -J\n/,
    );
    expect(text.endsWith('\n1 thing is wrong.')).toBe(true);
  });
});

describe('mending', () => {
  const found = (rules: boolean): Diagnosis[] => [
    { level: 'problem', sentence: 'x', remedy: { commands: [], rules } },
  ];

  it('puts the rules in place, or says how to by hand', async () => {
    const refused = {
      given: false,
      sentence: 'Nothing was changed: no.',
      commands: ['sudo a <<END\nb\nEND', 'sudo c'],
    };
    expect(await mend(found(true), true, async () => refused)).toEqual({
      words: 'Nothing was changed: no.\nRun these lines in a terminal:\n  sudo a <<END\n  b\n  END\n  sudo c',
      mended: false,
    });
    const given = { given: true, sentence: 'Done.', commands: [] };
    expect(await mend(found(false), false, async () => given)).toEqual({ words: 'Done.', mended: true });
  });

  it('asks for nothing where the rules are there and would not help', async () => {
    const { words, mended } = await mend(found(false), true, () => Promise.reject(new Error('asked')));
    expect([words, mended]).toEqual([expect.stringContaining('are in place'), true]);
  });
});

it('prints the rules and nothing else', async () => {
  expect(await commandHere(['doctor', '--udev-rule'])).toBe(modemRules().trim());
});

it('who cannot see the programs of others is told so, where there are ports', async () => {
  const system = new FakeSystem();
  system.plug(bridge);
  const sentences = async (uid: number) =>
    (await examined(temporaryFolder(), system, { ...asker, uid })).map(({ sentence }) => sentence).join('\n');
  expect(await sentences(1_000)).toMatch(/sudo postern doctor/);
  expect(await sentences(0)).not.toMatch(/sudo postern doctor/);
});

describe('what the gateway was told when it started last', () => {
  it('counts for the doctor as well: what is left alone is no trouble', async () => {
    const dataDir = temporaryFolder();
    const system = new FakeSystem();
    system.plug({ socket: '1-1', id: '12d1:1f01', interfaces: [{ number: 0, codes: '080650' }] });
    expect(problems(await examined(dataDir, system))).toHaveLength(1);
    keepPortWishes(dataDir, { named: [], neverTouch: ['12d1:1f01'] });
    const found = await examined(dataDir, system);
    expect(problems(found)).toEqual([]);
    expect(found.map(({ sentence }) => sentence)).toContain('12d1:1f01 is left alone, as it was asked for.');
  });

  it('counts for the doctor as well: a port that it serves is looked for', async () => {
    const dataDir = temporaryFolder();
    keepPortWishes(dataDir, { named: ['/dev/serial/by-id/gone'], neverTouch: [] });
    const sentences = (await examined(dataDir)).map(({ sentence }) => sentence).join('\n');
    expect(sentences).toContain('/dev/serial/by-id/gone');
  });

  it('is nothing where the file is damaged', async () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'ports.json'), '{"named":7');
    expect(problems(await examined(dataDir))).toEqual([]);
  });
});

describe('Node.js', () => {
  it.each([
    ['24.21.0', 'fine'],
    ['22.14.0', 'fine'],
    ['22.13.1', 'problem'],
    ['18.20.0', 'problem'],
    ['27.0.0', 'hint'],
  ])('%s: %s', (version, level) => {
    expect(diagnoseNode(version).level).toBe(level);
  });
});

describe('the database', () => {
  it('is sound, also while a gateway has it open and has written to it', () => {
    const dataDir = temporaryFolder();
    const database = Database.open(join(dataDir, 'postern.db'));
    expect(diagnoseDatabase(dataDir)).toMatchObject({ level: 'fine' });
    database.prepare('CREATE TABLE beside (value INTEGER) STRICT').run();
    expect(diagnoseDatabase(dataDir)).toMatchObject({ level: 'fine' });
    database.close();
  });

  it.each([
    [
      'is no database',
      (file: string) => writeFileSync(file, 'x'.repeat(8_192)),
      /damaged or not a Postern database/,
    ],
    [
      'has lost a page',
      (file: string) => {
        Database.open(file).close();
        const handle = openSync(file, 'r+');
        writeSync(handle, Buffer.alloc(4_096, 0xff), 0, 4_096, 4_096);
        closeSync(handle);
      },
      /damaged/,
    ],
    [
      'was written by a newer version',
      (file: string) => {
        const database = Database.open(file);
        database.prepare('PRAGMA user_version = 9999').run();
        database.close();
      },
      /newer Postern/,
    ],
  ])('that %s is a problem', (_, spoil, sentence) => {
    const dataDir = temporaryFolder();
    spoil(join(dataDir, 'postern.db'));
    expect(diagnoseDatabase(dataDir)).toMatchObject({
      level: 'problem',
      sentence: expect.stringMatching(sentence),
    });
  });
});

describe('another instance', () => {
  const running = { url: 'http://127.0.0.1:1', pid: 99 };

  it('that serves is told with its address', () => {
    expect(diagnoseInstance('/x', { ...running, answers: true })).toEqual({
      level: 'fine',
      sentence: 'A gateway serves at http://127.0.0.1:1 (process 99).',
    });
  });

  it('that holds the data directory and does not answer is a problem; looking takes nothing from it', () => {
    const dataDir = temporaryFolder();
    expect(diagnoseInstance(dataDir, { ...running, answers: false })).toMatchObject({ level: 'fine' });
    const release = lockForOneProcess(join(dataDir, 'postern.lock'));
    expect(diagnoseInstance(dataDir, { ...running, answers: false })).toMatchObject({
      level: 'problem',
      sentence: expect.stringContaining('(process 99)'),
    });
    release();
    expect(diagnoseInstance(dataDir, undefined)).toMatchObject({ level: 'fine' });
    lockForOneProcess(join(dataDir, 'postern.lock'))();
  });
});

it('what devices call themselves cannot disturb the terminal', () => {
  expect(report([{ level: 'hint', sentence: 'a\u001b[2Jb' }])).not.toContain('\u001b');
});
