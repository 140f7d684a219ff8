import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { immediate } from '../../src/emulator/index.ts';
import { huaweiE173 } from '../../src/emulator/profiles/huawei-e173.ts';
import { ModemBench, type PluggedModem } from './bench-of-modems.ts';
import { tryCommandHere } from './command-here.ts';
import { RunningGateway, removeDataDir, tryCommand } from './running-gateway.ts';

const ours = '+15550100001';
const others = '+15550100002';

let bench: ModemBench;
let gateway: RunningGateway;
let modem: PluggedModem;

/** One gateway serves all tests, with two modems that are ready. */
async function serve(): Promise<void> {
  bench = await ModemBench.open();
  modem = bench.add(ours);
  const modems = [modem, bench.add(others, { profile: immediate(huaweiE173) })];
  for (const [place, plugged] of modems.entries()) await plugged.plugIn(`ttyUSB${place}`);
  const specs = modems.map((plugged, place) => [
    '--modem',
    `path=${plugged.path(`ttyUSB${place}`)},number=${plugged.number}`,
  ]);
  gateway = await RunningGateway.start(specs.flat());
  await gateway.online(ours, others);
}

async function clear(): Promise<void> {
  await gateway.stop();
  await bench.clear();
  await removeDataDir(gateway.dataDir);
}

const run = (...args: string[]) => tryCommandHere([...args, '--data-dir', gateway.dataDir]);

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
