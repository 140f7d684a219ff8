import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databaseFile } from '../../../src/config.ts';
import { Database } from '../../../src/store/database.ts';
import { leftOutUnless } from '../../foreign-programs.ts';
import { ModemBench, type PluggedModem } from '../bench-of-modems.ts';
import { RunningGateway, tryCommand } from '../running-gateway.ts';
import { limitedDisk, type MountWay, mountedDisk, mountWay, type SmallDisk } from './small-disk.ts';

const ours = '+15550100001';
const friend = '+15550177001';
const refusesArrival = /cannot write[^\n]*modem chore failed/;
const works: readonly (readonly [string, () => Promise<SmallDisk>])[] = [
  ...(mountWay ? ([['a small file system', async () => mountedDisk(mountWay as MountWay)]] as const) : []),
  ['a limit on files', async () => limitedDisk()],
];

let bench: ModemBench;
let modem: PluggedModem;
let disk: SmallDisk;
let gateway: RunningGateway | undefined;

beforeEach(async () => {
  bench = await ModemBench.open({ reportDelayMs: 50, retryMs: 500 });
  modem = bench.add(ours);
  await modem.plugIn('ttyUSB0');
});

afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await bench.clear();
  await disk.close();
});

async function serve(): Promise<RunningGateway> {
  gateway = await RunningGateway.start(['--modem', `path=${modem.path('ttyUSB0')},number=${ours}`], {
    dataDir: disk.inside,
    key: await newKey(),
    within: disk.within,
  });
  await gateway.online(ours);
  return gateway;
}

/** Made on the disk itself: SQLite would follow the way into another name space to a folder of this one. */
async function newKey(): Promise<string> {
  const words = ['keys', 'create', '--name', 'test', '--data-dir', disk.inside];
  return (await tryCommand(words, { within: disk.within })).stdout.trim();
}

/** Asks for a text to be sent; what went wrong, or undefined when it was taken. */
async function refusal(body: string): Promise<{ code: string; message: string } | undefined> {
  const request = JSON.stringify({ from: ours, to: friend, body });
  if (!gateway) throw new Error('There is no gateway.');
  const { status, body: answer } = await gateway.request('/v1/sms/send', { method: 'POST', body: request });
  if (status === 202) return undefined;
  expect(status).toBe(503);
  return (answer as { error: { code: string; message: string } }).error;
}

const bodies = async (direction: string) =>
  ((await gateway?.messages(`direction=${direction}`)) ?? []).map(({ body }) => body).toSorted();

describe.each(works)('%s that is full', (kind, make) => {
  test('refuses texts in a sentence, keeps arrivals on the SIM, and works again when there is room', async () => {
    disk = await make();
    const running = await serve();
    const pid = running.process.pid ?? 0;
    await running.reaches(await running.send(ours, friend, 'before'), 'delivered');
    disk.fill(pid);
    const taken = ['before'];
    let refused: Awaited<ReturnType<typeof refusal>>;
    await running.until('a text to be refused', async () => {
      refused = await refusal(`full ${taken.length}`);
      if (!refused) taken.push(`full ${taken.length}`);
      return refused !== undefined;
    });
    expect(refused?.code).toBe('NOT_READY');
    expect(refused?.message).toMatch(/disk.*(?:is full|which is full)/);
    bench.network.deliver({ from: friend, to: ours, text: 'kept meanwhile' });
    const before = running.log.length;
    await running.until('the arrival to be refused by the disk', () =>
      refusesArrival.test(running.log.slice(before)),
    );
    expect(await bodies('inbound')).toEqual([]);
    expect(modem.modem.equipment.storages.ME.used + modem.sim.messages.used).toBe(1);
    if (kind === 'a small file system') await expectDoctorToSay(/0 MB are free.*Make room/);
    disk.makeRoom(pid);
    await running.until('texts to be taken', async () => (await refusal('after')) === undefined);
    taken.push('after');
    await running.until('the arrival', async () => (await bodies('inbound')).length > 0);
    await running.until('all to be delivered', async () => {
      const delivered = await running.messages('status=delivered');
      return delivered.length >= taken.length;
    });
    expect(await bodies('outbound')).toEqual(taken.toSorted());
    expect(await bodies('inbound')).toEqual(['kept meanwhile']);
    expect(bench.timesSent()).toEqual(new Map(taken.map((body) => [body, 1])));
  });
});

async function expectDoctorToSay(sentence: RegExp): Promise<void> {
  const { status, stdout } = await tryCommand(['doctor', '--data-dir', disk.inside], { within: disk.within });
  expect(stdout).toMatch(sentence);
  expect(status).toBe(1);
}

test('a database that another program has locked takes nothing, says so, and goes on when it is let go', async () => {
  disk = limitedDisk();
  const running = await serve();
  const other = Database.open(databaseFile(disk.outside));
  other.prepare('BEGIN IMMEDIATE').run();
  expect(await refusal('locked out')).toEqual({
    code: 'NOT_READY',
    message: expect.stringMatching(/^Another program has locked the database/),
  });
  await expectDoctorToSay(/Another program has locked/);
  other.prepare('ROLLBACK').run();
  other.close();
  await running.reaches(await running.send(ours, friend, 'let in'), 'delivered');
  expect(bench.timesSent()).toEqual(new Map([['let in', 1]]));
});

test.skipIf(leftOutUnless(mountWay !== undefined, 'This test needs the right to mount a file system.'))(
  'a disk that is read-only is told of before anything is served',
  async () => {
    disk = await mountedDisk(mountWay ?? { unshare: ['-m'], nsenter: ['-m'] });
    await serve();
    await gateway?.stop();
    gateway = undefined;
    disk.makeReadOnly?.();
    const { status, stderr } = await tryCommand(['serve', '--data-dir', disk.inside, '--port', '0'], {
      within: disk.within,
    });
    expect(stderr).toMatch(/Postern cannot write .*Free the disk or mend its rights/);
    expect(status).toBe(1);
    await expectDoctorToSay(/cannot be written/);
  },
);
