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

const ours = '+15550100001';
const others = '+15550100002';

const pin = '4711';
/** Of SIMs that wait for their PIN; each serves one test. */
const locked = ['+15550100003', '+15550100004', '+15550100005', '+15550100006'];

let bench: ModemBench;
let gateway: RunningGateway;
let modem: PluggedModem;
let shut: PluggedModem[];

/** One gateway serves all tests: two modems that are ready, and those that are locked. */
async function serve(): Promise<void> {
  bench = await ModemBench.open();
  modem = bench.add(ours);
  const second = bench.add(others, { profile: immediate(huaweiE173) });
  shut = locked.map((number) => bench.add(number, { pin }));
  const modems = [modem, second, ...shut];
  for (const [place, plugged] of modems.entries()) await plugged.plugIn(`ttyUSB${place}`);
  const specs = modems.map((plugged, place) => [
    '--modem',
    `path=${plugged.path(`ttyUSB${place}`)},number=${plugged.number}`,
  ]);
  gateway = await RunningGateway.start(specs.flat());
  await gateway.online(ours, others);
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

describe('postern modem', () => {
  test('says which there are when it is none, or more than one', async () => {
    const none = await run('modem', '999999', 'at', 'AT');
    expect([none.status, none.stderr]).toEqual([
      1,
      expect.stringContaining('There is no modem 999999. "postern modems" lists those'),
    ]);
    const both = await run('modem', '', 'health');
    expect(both.status).toBe(1);
  });

  test('at: prints the lines and the result of the modem with an IMEI, and fails with it', async () => {
    const { imei } = modem.modem;
    const words = ['modem', imei, 'at', 'AT+CSQ;+CGSN', '--data-dir', gateway.dataDir];
    const { status, stdout } = await tryCommand(words);
    expect([status, stdout]).toEqual([0, expect.stringMatching(`^\\+CSQ: \\d+,99\n${imei}\nOK\n$`)]);
    expect(await run('modem', imei.slice(-6), 'at', 'AT+CGSN;+NOSUCH')).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(`^${imei}\n.*ERROR`),
    });
  });

  test('at: refuses what would disturb, says why, and can be forced', async () => {
    const refused = await run('modem', ours, 'at', 'AT+CMEE=2');
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(
      /\+CMEE=2 is not run: Postern relies on this.*\n--force runs it all the same/,
    );
    expect(await run('modem', ours, 'at', 'AT+CMEE=2', '--force')).toMatchObject({ status: 0 });
    const never = await run('modem', ours, 'at', 'ATD112;', '--force');
    expect(never.stderr).toMatch(/is not run: the modem would make or take a call/);
    expect(never.stderr).not.toContain('--force');
  });

  test('ussd: prints the balance, whatever the modem wants', async () => {
    for (const id of [ours, others]) {
      const { status, stdout } = await run('modem', id, 'ussd', '*100#');
      expect([status, stdout]).toEqual([0, 'Your balance is 12.34 EUR.\nValid until 2027-06-30.\n']);
    }
  });

  test('ussd: answers as it was told to, and ends what it cannot answer', async () => {
    const answered = await run('modem', ours, 'ussd', '*101#', '--answer', '2');
    expect(answered.stdout).toMatch(/1 Balance\n2 My number\n0 End\nSee AT\+CNUM\.\n$/);
    const left = await run('modem', ours, 'ussd', '*101#');
    expect([left.status, left.stdout]).toEqual([0, expect.stringMatching(/0 End\n$/)]);
    expect((await run('modem', ours, 'ussd', '*100#')).status).toBe(0);
    const unknown = await run('modem', ours, 'ussd', '*999#');
    expect([unknown.status, unknown.stderr]).toEqual([1, expect.stringContaining('does not know this code')]);
  });

  test('set: says how codes are written for it, which holds from the next one on', async () => {
    const set = (way: string) => run('modem', others, 'set', '--ussd-way', way);
    expect(await set('packed')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/ttyUSB1 are written: packed\.\n$/),
    });
    expect((await run('modem', others, 'ussd', '*100#')).stdout).toContain('12.34 EUR');
    expect((await run('modem', others, 'health')).stdout).toMatch(/USSD codes +packed\n/);
    expect((await set('morse')).stderr).toContain('automatic, plain, packed, ucs2');
    expect(await set('automatic')).toMatchObject({ status: 0 });
  });

  test('health: shows how the modem with a number stands', async () => {
    const { status, stdout } = await run('modem', others, 'health');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^State +ready\nPort +\S*ttyUSB1\nModem +huawei E173\n/);
    expect(stdout).toMatch(/Number +\+15550100002\n/);
  });

  test('reset: restarts the modem at a port, and it is back by itself', async () => {
    const { status, stdout } = await run('modem', modem.path('ttyUSB0'), 'reset');
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^The modem at \S*ttyUSB0 starts anew\.\n$/)]);
    await gateway.online(ours);
  });

  test('disable and enable: let it go, and take it back', async () => {
    const gone = await run('modem', ours, 'disable');
    expect([gone.status, gone.stdout]).toEqual([
      0,
      expect.stringMatching(/is let go: other programs can use it/),
    ]);
    expect((await gateway.modems()).find(({ number }) => number === ours)?.state).toBe('disabled');
    const back = await run('modem', ours, 'enable');
    expect([back.status, back.stdout]).toEqual([0, expect.stringMatching(/is used again\.\n$/)]);
    await gateway.online(ours);
  });

  test('log: shows what passed, texts only when they are wanted', async () => {
    bench.network.deliver({ from: others, to: ours, text: 'a secret that came in' });
    await gateway.until('the text', async () => (await gateway.messages('direction=inbound')).length === 1);
    const { stdout } = await run('modem', ours, 'log', '--lines', '2000');
    expect(stdout).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z - opened\n/);
    expect(stdout).toMatch(/Z > AT\+CMGR=\d+\n.*Z < \+CMGR: .*\n.*Z < \[\d+ characters\]\n/);
    const shown = await run('modem', ours, 'log', '--lines', '2000', '--bodies');
    expect(shown.stdout).toMatch(/Z < \+CMGR: .*\n.*Z < [0-9A-F]{40,}\n/);
  });

  test('explains its actions', async () => {
    const help = await tryCommand(['modem', '--help']);
    for (const action of ['health', 'at', 'ussd', 'set', 'pin', 'reset', 'disable', 'enable', 'log']) {
      expect(help.stdout).toMatch(new RegExp(`^  ${action} +\\w`, 'm'));
    }
    const ofOne = await tryCommandHere(['modem', ours, 'pin', '--help']);
    expect(ofOne.stdout).toContain('POSTERN_PIN');
    const wrong = await run('modem', ours, 'explode');
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining("unknown command 'explode'")]);
  });
});

describe('of a modem whose SIM waits for its PIN', () => {
  /** The `nth` of them, from 0, and its port. */
  function take(nth: number): { modem: PluggedModem; port: string; entered(): Promise<void> } {
    const taken = shut[nth];
    if (taken === undefined) throw new Error('There are not so many.');
    return {
      modem: taken,
      port: taken.path(`ttyUSB${nth + 2}`),
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
      /^ready +\S*ttyUSB1 +huawei E173 .*\+15550100002 .* dBm/,
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
