import { renameSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ModemBench, type PluggedModem } from './bench-of-modems.ts';
import { RunningGateway, removeDataDir, temporaryDataDir } from './running-gateway.ts';

const ours = '+15550100001';
const friend = '+15550177001';

let bench: ModemBench;
let dataDir: string;
let gateway: RunningGateway;
let modem: PluggedModem;

beforeEach(async () => {
  dataDir = await temporaryDataDir();
  bench = await ModemBench.open();
  modem = bench.add(ours);
  await modem.plugIn('ttyUSB0');
});

afterEach(async () => {
  await gateway.stop();
  await bench.clear();
  await removeDataDir(dataDir);
});

async function serve(...specs: string[]): Promise<void> {
  const flags = specs.flatMap((spec) => ['--modem', spec]);
  gateway = await RunningGateway.start(flags, { dataDir });
  await gateway.online(ours);
}

const named = () => `path=${modem.path('ttyUSB0')},number=${ours}`;

test('a modem that starts anew is set up again, shows why, and sends on', async () => {
  await serve(named());
  modem.modem.reboot();
  modem.modem.unsolicited('RDY');
  await gateway.until('the reason', async () => (await gateway.modems())[0]?.recovery?.step === 'initialise');
  const [view] = await gateway.modems();
  expect(view).toMatchObject({
    recovery: { reason: 'the modem started anew by itself', attempts: 1 },
    restarts_last_day: 1,
  });
  await gateway.online(ours);
  await gateway.reaches(await gateway.send(ours, friend, 'after the start'), 'delivered');
  expect(bench.timesSent()).toEqual(new Map([['after the start', 1]]));
});

test('a stick whose path leads elsewhere is let go, and the other one there does not get its number', async () => {
  await serve(named());
  const other = bench.add('+15550100002');
  await other.plugIn('ttyUSB1');
  // What udev does when two sticks change places: the name stays, the device behind it is another one.
  symlinkSync(other.path('ttyUSB1'), modem.path('fresh'));
  renameSync(modem.path('fresh'), modem.path('ttyUSB0'));
  await gateway.until('the other stick, and what is wrong', async () =>
    (await gateway.modems()).some(
      ({ imei, problem }) => imei === other.modem.imei && problem?.code === 'number_conflict',
    ),
  );
  expect((await gateway.numbers()).find(({ number }) => number === ours)?.online).toBe(false);
});

test('two names of one port are one modem: it is opened once, and nothing is wrong', async () => {
  symlinkSync(modem.path('ttyUSB0'), modem.path('by-id'));
  await serve(named(), `path=${modem.path('by-id')}`);
  await gateway.until('the second name', async () => (await gateway.modems()).length === 2);
  const modems = await gateway.modems();
  expect(modems.map(({ problem }) => problem?.code ?? null).toSorted()).toEqual([null, 'port_absent']);
  await gateway.reaches(await gateway.send(ours, friend, 'once'), 'delivered');
  expect(bench.timesSent()).toEqual(new Map([['once', 1]]));
});
