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
  return spawn(process.execPath, typed, { stdio: ['pipe', 'pipe', 'pipe'] });
}

async function nextOf(lines: AsyncIterator<string>): Promise<string> {
  const { value, done } = await lines.next();
  if (done) throw new Error('The program has ended.');
  return value;
}

describe.skipIf(process.platform === 'win32')('postern emulate', () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  });

  it('prints a path and a number for each modem in the order of their places, and runs until it is told to stop', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'postern-emulate-'));
    const child = run('--modems', '4', '--link', join(folder, 'modem'), '--profile', 'sim800');
    children.push(child);
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      if (lines.length === 4) break;
    }
    expect(lines).toEqual([1, 2, 3, 4].map((place) => `${folder}/modem${place} +1555010000${place}`));
    const host = await SerialHost.open(join(folder, 'modem2'));
    expect(await host.until('AT+CGMI\r', 'OK')).toContain('SIMCOM_Ltd');
    await host.close();
    child.kill('SIGINT');
    expect((await once(child, 'exit'))[0]).toBe(0);
    expect(existsSync(join(folder, 'modem1'))).toBe(false);
    rmSync(folder, { recursive: true });
  });

  it('plugs a stick in again after it was pulled out, with all its ports, and does as it is told', {
    timeout: 30_000,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'postern-emulate-'));
    const link = join(folder, 'modem');
    const child = run(
      '--orders',
      '--all-ports',
      '--profile',
      'quectel-ec25',
      '--link',
      link,
      '--fault',
      'noise',
    );
    children.push(child);
    const devices = createInterface(child.stdout)[Symbol.asyncIterator]();
    const sentences = createInterface(child.stderr)[Symbol.asyncIterator]();
    const plugged = async () => {
      const lines: string[] = [];
      for (let line = 0; line < 4; line++) lines.push(await nextOf(devices));
      return lines.sort();
    };
    const said = async (part: string) => {
      for (let line = ''; !line.includes(part); ) line = await nextOf(sentences);
    };
    const ports = [
      `${link}1 +15550100001`,
      `${link}1-diagnostic diagnostic`,
      `${link}1-position position`,
      `${link}1-second second`,
    ];
    expect(await plugged()).toEqual(ports);
    await said('octets that mean nothing');
    child.stdin.write('1 sleep\nunplug=0\nmend\n');
    await said('There is no fault "sleep". --help lists orders and faults.');
    await said('all faults are taken back');
    expect(await plugged()).toEqual(ports);
    const host = await SerialHost.open(`${link}1-second`);
    expect(await host.until('ATE0\r', 'OK')).toContain('OK');
    await host.close();
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).toBe(0);
    expect(existsSync(`${link}1`)).toBe(false);
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

  it.each([
    ['sleep', 'There is no fault "sleep".'],
    ['2:hang', 'There is no modem 2.'],
  ])('refuses the fault %s before it plugs anything in', async (fault, sentence) => {
    await expect(emulateCommand().parseAsync(['--fault', fault], { from: 'user' })).rejects.toThrow(sentence);
  });
});
