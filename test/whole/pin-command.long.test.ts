import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { spawn as spawnTerminal } from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { immediate } from '../../src/emulator/index.ts';
import { huaweiE173 } from '../../src/emulator/profiles/huawei-e173.ts';
import { ModemBench, type PluggedModem } from './bench-of-modems.ts';
import { tryCommandHere } from './command-here.ts';
import { program, RunningGateway, removeDataDir, tryCommand } from './running-gateway.ts';

const ready = '+15550100002';
const pin = '4711';
/** Of SIMs that wait for their PIN; each serves one test. */
const locked = ['+15550100003', '+15550100004', '+15550100005', '+15550100006'];

let bench: ModemBench;
let gateway: RunningGateway;
let shut: PluggedModem[];

/** One gateway serves all tests: a modem that is ready, and those that are locked. */
async function serve(): Promise<void> {
  bench = await ModemBench.open();
  shut = locked.map((number) => bench.add(number, { pin }));
  const modems = [bench.add(ready, { profile: immediate(huaweiE173) }), ...shut];
  for (const [place, plugged] of modems.entries()) await plugged.plugIn(`ttyUSB${place}`);
  const specs = modems.map((plugged, place) => [
    '--modem',
    `path=${plugged.path(`ttyUSB${place}`)},number=${plugged.number}`,
  ]);
  gateway = await RunningGateway.start(specs.flat());
  await gateway.online(ready);
  const isLocked = ({ state }: { state: string }) => state === 'locked';
  await gateway.until('the locks', async () => (await gateway.modems()).filter(isLocked).length === 4);
}

async function clear(): Promise<void> {
  await gateway.stop();
  await bench.clear();
  await removeDataDir(gateway.dataDir);
}

const run = (...args: string[]) => tryCommandHere([...args, '--data-dir', gateway.dataDir]);

/** Runs a command with lines on its standard input. */
async function runWith(input: string, env: Record<string, string>, ...args: string[]) {
  const child = spawn(process.execPath, [program, ...args, '--data-dir', gateway.dataDir], {
    env: { ...process.env, ...env },
  });
  child.stdin.end(input);
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { status: status as number, stdout, stderr };
}

beforeAll(serve);
afterAll(clear);

describe('of a modem whose SIM waits for its PIN', () => {
  /** The `nth` of them, from 0, and its port. */
  function take(nth: number): { modem: PluggedModem; port: string; entered(): Promise<void> } {
    const taken = shut[nth];
    if (taken === undefined) throw new Error('There are not so many.');
    return {
      modem: taken,
      port: taken.path(`ttyUSB${nth + 1}`),
      entered: () => gateway.until('the PIN', () => taken.modem.sim?.lock.state === 'ready'),
    };
  }

  test('postern modems says what is wrong', async () => {
    const { status, stdout } = await tryCommand(['modems', '--data-dir', gateway.dataDir]);
    expect(status).toBe(0);
    const [titles, ...rows] = stdout.trim().split('\n');
    expect(titles).toMatch(/^STATE +PORT +MODEM +IMEI +NUMBER +OPERATOR +SIGNAL +WHAT IS WRONG$/);
    const of = (port: string) => rows.find((row) => row.includes(`${port} `));
    expect(of(take(0).port)).toMatch(/^locked .*The SIM needs its PIN/);
    expect(rows.find((row) => row.includes('E173'))).toMatch(
      /^ready +\S*ttyUSB0 +huawei E173 .*\+15550100002 .* dBm/,
    );
  });

  test('the PIN is taken from standard input, and left nowhere', async () => {
    const { port, modem: own, entered } = take(1);
    const wrong = await runWith('0000\n', {}, 'modem', port, 'pin');
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('2 tries left')]);
    const { status, stdout, stderr } = await runWith(`${pin}\n`, {}, 'modem', port, 'pin');
    expect([status, stdout]).toEqual([0, 'Done. The SIM took it.\n']);
    await entered();
    await gateway.online(own.number);
    const log = await run('modem', own.number, 'log', '--lines', '2000', '--bodies');
    expect(log.stdout).toContain('AT+CPIN="****"');
    expect(stdout + stderr + log.stdout + gateway.log).not.toContain(pin);
  });

  test('the PIN is taken from POSTERN_PIN, changed, and asked for no more', async () => {
    const { port, modem: own, entered } = take(2);
    const env = { POSTERN_PIN: pin };
    expect((await runWith('', env, 'modem', port, 'pin')).status).toBe(0);
    await entered();
    await gateway.online(own.number);
    const short = await runWith(`${pin}\n`, {}, 'modem', own.number, 'pin', '--change');
    expect([short.status, short.stderr]).toEqual([1, expect.stringContaining('New PIN: nothing more came')]);
    expect(await runWith('1357\n', env, 'modem', own.number, 'pin', '--change')).toMatchObject({ status: 0 });
    expect(await runWith('1357\n', {}, 'modem', own.number, 'pin', '--query', 'off')).toMatchObject({
      status: 0,
    });
    expect(own.modem.sim?.lock.enabled).toBe(false);
  });

  test('the PIN is asked for on the terminal, which does not show it', async () => {
    const { port, entered } = take(3);
    const terminal = spawnTerminal(
      process.execPath,
      [program, 'modem', port, 'pin', '--data-dir', gateway.dataDir],
      { env: { ...process.env } as Record<string, string> },
    );
    let shown = '';
    terminal.onData((octets) => {
      if (!shown.includes('PIN: ') && `${shown}${octets}`.includes('PIN: ')) {
        terminal.write(`99\x7f\x7f${pin}\r`);
      }
      shown += octets;
    });
    const { exitCode } = await new Promise<{ exitCode: number }>((resolve) => terminal.onExit(resolve));
    expect([exitCode, shown]).toEqual([0, 'PIN: \r\nDone. The SIM took it.\r\n']);
    await entered();
  });
});
