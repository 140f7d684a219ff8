import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { modemRules, modemRulesName } from '../../src/modem/discovery/modem-rules.ts';
import type { AccessMachine } from '../../src/port-access/machine.ts';
import { PortAccess } from '../../src/port-access/port-access.ts';
import { temporaryFolder } from '../store/temporary-database.ts';

/** A machine in a folder, whose programs write down how they were called. */
class Machine {
  readonly root = temporaryFolder();
  readonly rules = join(this.root, 'etc/udev/rules.d', modemRulesName);
  readonly packaged = join(this.root, 'lib/udev/rules.d', modemRulesName);

  constructor() {
    for (const folder of ['etc/udev/rules.d', 'lib/udev/rules.d', 'run', 'programs', 'path', 'helper'])
      mkdirSync(join(this.root, folder), { recursive: true });
    this.program('programs/tee', 'cat >"$1"');
    this.program('programs/udevadm', '');
  }

  /** Puts a shell script there that notes its name and arguments, one a line, and then does `work`. */
  program(name: string, work: string): void {
    const file = join(this.root, name);
    writeFileSync(
      file,
      `#!/bin/sh\n{ echo "${name}"; for one; do echo "  $one"; done; } >>"${this.root}/calls"\n${work}\n`,
    );
    chmodSync(file, 0o755);
  }

  /** A person who agrees to everything that is asked. */
  agrees(): void {
    this.program('path/pkexec', 'exec "$@"');
  }

  get calls(): string[] {
    const file = join(this.root, 'calls');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
    return lines.map((line) => line.replaceAll(this.root, ''));
  }

  access(changes: Partial<AccessMachine> = {}): PortAccess {
    const below = (name: string) => join(this.root, name);
    return new PortAccess({
      platform: 'linux',
      uid: 1_000,
      path: `relative:${below('path')}:/nowhere`,
      programs: [below('programs')],
      helper: below('helper/give-modem-access'),
      folders: { etc: below('etc'), run: below('run'), lib: below('lib') },
      ...changes,
    });
  }
}

let machine: Machine;

beforeEach(() => {
  machine = new Machine();
});

const applying = ['  trigger', '  --subsystem-match=usb', '  --subsystem-match=tty', '  --settle'];

describe('where no package brought the rules', () => {
  it('they are written by a fixed program from a pipe, and applied, once a person agrees', async () => {
    machine.agrees();
    const outcome = await machine.access().give();
    expect(outcome).toMatchObject({ given: true, commands: [] });
    expect(outcome.sentence).toMatch(/may be used now.*unplug it and plug it in again/);
    expect(readFileSync(machine.rules, 'utf8')).toBe(modemRules());
    const [tee, udevadm] = ['/programs/tee', '/programs/udevadm'];
    const file = `  /etc/udev/rules.d/${modemRulesName}`;
    expect(machine.calls).toEqual([
      ...['path/pkexec', `  ${tee}`, file, 'programs/tee', file],
      ...['path/pkexec', `  ${udevadm}`, ...applying, 'programs/udevadm', ...applying],
    ]);
  });

  it('nothing changes where the person does not agree, and the lines for a terminal are told', async () => {
    machine.program(
      'path/pkexec',
      'echo "Error executing command as another user: Request dismissed" >&2; exit 126',
    );
    const { given, sentence, commands } = await machine.access().give();
    expect([given, sentence]).toEqual([false, 'Nothing was changed: the administrator did not agree.']);
    expect(existsSync(machine.rules)).toBe(false);
    expect(commands[0]).toBe(`sudo tee ${machine.rules} <<'END'\n${modemRules()}END`);
    expect(commands.slice(1)).toEqual([
      'sudo udevadm control --reload',
      'sudo udevadm trigger --subsystem-match=usb --subsystem-match=tty --settle',
    ]);
  });

  it('what went wrong is told in the words of the program', async () => {
    machine.agrees();
    machine.program('programs/tee', 'echo "tee: /etc: Read-only file system" >&2; exit 1');
    expect(await machine.access().give()).toMatchObject({
      given: false,
      sentence: 'Nothing was changed: tee: /etc: Read-only file system.',
    });
    expect(machine.calls).not.toContain('programs/udevadm');
  });

  it('rules that are written and were not applied hold from the next plugging-in', async () => {
    machine.program('path/pkexec', 'case "$1" in */udevadm) exit 126 ;; esac; exec "$@"');
    const { given, sentence } = await machine.access().give();
    expect([given, sentence]).toEqual([
      true,
      expect.stringMatching(/Unplug each modem and plug it in again/),
    ]);
  });

  it('a machine without PolicyKit gets the lines for a terminal', async () => {
    const { given, sentence, commands } = await machine.access().give();
    expect([given, sentence]).toEqual([false, expect.stringContaining('no PolicyKit (pkexec)')]);
    expect(commands).toHaveLength(3);
    expect(machine.calls).toEqual([]);
  });

  it('the administrator is not asked', async () => {
    machine.agrees();
    expect(await machine.access({ uid: 0 }).give()).toMatchObject({ given: true });
    expect(machine.calls.filter((line) => !line.startsWith(' '))).toEqual([
      'programs/tee',
      'programs/udevadm',
      'programs/udevadm',
    ]);
    expect(machine.calls).toContain('  control');
  });

  it('older rules of that name are replaced', async () => {
    machine.agrees();
    writeFileSync(machine.rules, '# older\n');
    writeFileSync(machine.packaged, modemRules());
    await machine.access().give();
    expect(readFileSync(machine.rules, 'utf8')).toBe(modemRules());
  });
});

describe('where a package brought the rules', () => {
  beforeEach(() => {
    machine.agrees();
    writeFileSync(machine.packaged, modemRules());
  });

  it('its own program applies them, which the person is asked about by name', async () => {
    machine.program('helper/give-modem-access', '');
    expect(await machine.access().give()).toMatchObject({ given: true });
    expect(machine.calls).toEqual(['path/pkexec', '  /helper/give-modem-access', 'helper/give-modem-access']);
  });

  it('udev alone is asked for where the package brought no such program', async () => {
    expect(await machine.access().give()).toMatchObject({ given: true });
    expect(machine.calls).toEqual([
      'path/pkexec',
      '  /programs/udevadm',
      ...applying,
      'programs/udevadm',
      ...applying,
    ]);
    expect(existsSync(machine.rules)).toBe(false);
  });
});

it('what would run as the administrator is never looked for along PATH', async () => {
  machine.agrees();
  machine.program('path/tee', '');
  machine.program('path/udevadm', '');
  const { given, sentence } = await machine.access({ programs: ['/nowhere'] }).give();
  expect([given, sentence]).toEqual([false, expect.stringContaining('no udev')]);
  expect(machine.calls).toEqual([]);
});

it('a person who is asked is not asked again meanwhile', async () => {
  machine.agrees();
  const access = machine.access();
  expect(access.give()).toBe(access.give());
  await access.give();
  expect(machine.calls.filter((line) => line === 'programs/tee')).toHaveLength(1);
});

it('other systems have no such rules', async () => {
  expect(await machine.access({ platform: 'darwin' }).give()).toMatchObject({ given: false, commands: [] });
});
