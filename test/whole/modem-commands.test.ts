import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { spawn as spawnTerminal } from '@lydell/node-pty';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { immediate } from '../../src/emulator/index.ts';
import { huaweiE173 } from '../../src/emulator/profiles/huawei-e173.ts';
import { ModemBench, type PluggedModem } from './bench-of-modems.ts';
import { program, RunningGateway, removeDataDir, tryCommand } from './running-gateway.ts';

const ours = '+15550100001';
const others = '+15550100002';

let bench: ModemBench;
let gateway: RunningGateway;
let modem: PluggedModem;
let second: PluggedModem;

/** Two modems; the first may be locked. */
async function serve(options: Parameters<ModemBench['add']>[1] = {}): Promise<void> {
  bench = await ModemBench.open();
  modem = bench.add(ours, options);
  second = bench.add(others, { profile: immediate(huaweiE173) });
  await modem.plugIn('ttyUSB0');
  await second.plugIn('ttyUSB1');
  const specs = [modem, second].map((plugged, place) => [
    '--modem',
    `path=${plugged.path(`ttyUSB${place}`)},number=${plugged.number}`,
  ]);
  gateway = await RunningGateway.start(specs.flat());
  await gateway.online(...(options.pin ? [others] : [ours, others]));
}

async function clear(): Promise<void> {
  await gateway.stop();
  await bench.clear();
  await removeDataDir(gateway.dataDir);
}

const run = (...args: string[]) => tryCommand([...args, '--data-dir', gateway.dataDir]);

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

describe('postern modem', () => {
  beforeAll(() => serve());
  afterAll(clear);

  test.each([
    ['its IMEI', () => modem.modem.imei],
    ['the last digits of it', () => modem.modem.imei.slice(-6)],
    ['its port', () => modem.path('ttyUSB0')],
    ['the number of its SIM', () => ours],
  ])('is told which by %s', async (_, id) => {
    const { status, stdout } = await run('modem', id(), 'at', 'AT+CGSN');
    expect([status, stdout]).toEqual([0, `${modem.modem.imei}\nOK\n`]);
  });

  test('says which there are when it is none, or more than one', async () => {
    const none = await run('modem', '999999', 'at', 'AT');
    expect([none.status, none.stderr]).toEqual([
      1,
      expect.stringContaining('There is no modem 999999. "postern modems" lists those'),
    ]);
    const both = await run('modem', '', 'health');
    expect(both.status).toBe(1);
  });

  test('at: prints the lines and the result, and fails with the modem', async () => {
    expect(await run('modem', ours, 'at', 'AT+CSQ')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\+CSQ: \d+,99\nOK\n$/),
    });
    expect(await run('modem', ours, 'at', 'AT+NOSUCH')).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/ERROR/),
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

  test('health: shows how it stands', async () => {
    const { status, stdout } = await run('modem', others, 'health');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^State +ready\nPort +\S*ttyUSB1\nModem +huawei E173\n/);
    expect(stdout).toMatch(/Number +\+15550100002\n/);
  });

  test('reset: restarts it, and it is back by itself', async () => {
    const { status, stdout } = await run('modem', ours, 'reset');
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
    for (const action of ['health', 'at', 'ussd', 'pin', 'reset', 'disable', 'enable', 'log']) {
      expect(help.stdout).toMatch(new RegExp(`^  ${action} +\\w`, 'm'));
    }
    const ofOne = await tryCommand(['modem', ours, 'pin', '--help']);
    expect(ofOne.stdout).toContain('POSTERN_PIN');
    const wrong = await run('modem', ours, 'explode');
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining("unknown command 'explode'")]);
  });
});

describe('of a modem whose SIM waits for its PIN', () => {
  const pin = '4711';
  const entered = () => gateway.until('the PIN', () => modem.modem.sim?.lock.state === 'ready');

  beforeEach(async () => {
    await serve({ pin });
    const isLocked = async () => (await gateway.modems()).some(({ state }) => state === 'locked');
    await gateway.until('the lock', isLocked);
  });
  afterEach(clear);

  test('postern modems says what is wrong', async () => {
    const { status, stdout } = await run('modems');
    expect(status).toBe(0);
    const [titles, ...rows] = stdout.trim().split('\n');
    expect(titles).toMatch(/^STATE +PORT +MODEM +IMEI +NUMBER +OPERATOR +SIGNAL +WHAT IS WRONG$/);
    expect(rows.find((row) => row.startsWith('locked'))).toMatch(/ttyUSB0 .*The SIM needs its PIN/);
    expect(rows.find((row) => row.startsWith('ready'))).toMatch(
      /ttyUSB1 +huawei E173 .*\+15550100002 .* dBm/,
    );
  });

  test('the PIN is taken from standard input, and left nowhere', async () => {
    const port = modem.path('ttyUSB0');
    const wrong = await runWith('0000\n', {}, 'modem', port, 'pin');
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('2 tries left')]);
    const { status, stdout, stderr } = await runWith(`${pin}\n`, {}, 'modem', port, 'pin');
    expect([status, stdout]).toEqual([0, 'Done. The SIM took it.\n']);
    await entered();
    await gateway.online(ours);
    const log = await run('modem', ours, 'log', '--lines', '2000', '--bodies');
    expect(log.stdout).toContain('AT+CPIN="****"');
    expect(stdout + stderr + log.stdout + gateway.log).not.toContain(pin);
  });

  test('the PIN is taken from POSTERN_PIN, changed, and asked for no more', async () => {
    const port = modem.path('ttyUSB0');
    const env = { POSTERN_PIN: pin };
    expect((await runWith('', env, 'modem', port, 'pin')).status).toBe(0);
    await entered();
    await gateway.online(ours);
    const short = await runWith(`${pin}\n`, {}, 'modem', ours, 'pin', '--change');
    expect([short.status, short.stderr]).toEqual([1, expect.stringContaining('New PIN: nothing more came')]);
    expect(await runWith('1357\n', env, 'modem', ours, 'pin', '--change')).toMatchObject({ status: 0 });
    expect(await runWith('1357\n', {}, 'modem', ours, 'pin', '--query', 'off')).toMatchObject({ status: 0 });
    expect(modem.modem.sim?.lock.enabled).toBe(false);
  });

  test('the PIN is asked for on the terminal, which does not show it', async () => {
    const terminal = spawnTerminal(
      process.execPath,
      [program, 'modem', modem.path('ttyUSB0'), 'pin', '--data-dir', gateway.dataDir],
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
