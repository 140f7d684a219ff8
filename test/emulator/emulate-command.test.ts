import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { emulateCommand } from '../../src/cli/emulate.ts';
import { SerialHost } from './serial-host.ts';

const command = new URL('../../src/cli/emulate.ts', import.meta.url).href;

function run(...options: readonly string[]) {
  const program = `const { emulateCommand } = await import(${JSON.stringify(command)});
    await emulateCommand().parseAsync(process.argv.slice(1), { from: 'user' });`;
  const typed = ['--input-type=module', '-e', program, '--', ...options];
  return spawn(process.execPath, typed, { stdio: ['ignore', 'pipe', 'pipe'] });
}

describe.skipIf(process.platform === 'win32')('postern emulate', () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  });

  it('prints a path and a number for each modem, and runs until it is told to stop', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'postern-emulate-'));
    const child = run('--modems', '2', '--link', join(folder, 'modem'), '--profile', 'sim800');
    children.push(child);
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      if (lines.length === 2) break;
    }
    expect(lines.sort()).toEqual([`${folder}/modem1 +15550100001`, `${folder}/modem2 +15550100002`]);
    const host = await SerialHost.open(join(folder, 'modem2'));
    expect(await host.until('AT+CGMI\r', 'OK')).toContain('SIMCOM_Ltd');
    await host.close();
    child.kill('SIGINT');
    expect((await once(child, 'exit'))[0]).toBe(0);
    expect(existsSync(join(folder, 'modem1'))).toBe(false);
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['--modems', 'many'],
    ['--profile', 'abacus'],
  ])('refuses %s %s', async (option, value) => {
    const refused = emulateCommand()
      .exitOverride()
      .configureOutput({ writeErr: () => {} });
    await expect(refused.parseAsync([option, value], { from: 'user' })).rejects.toMatchObject({
      exitCode: 1,
    });
  });
});
