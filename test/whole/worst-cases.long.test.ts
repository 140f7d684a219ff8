import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ModemBench, type PluggedModem } from './bench-of-modems.ts';
import { RunningGateway, removeDataDir, temporaryDataDir } from './running-gateway.ts';

const ours = '+15550100001';
const others = ['+15550100002', '+15550100003', '+15550100004'];
const friend = '+15550177001';

let bench: ModemBench;
let dataDir: string;
let gateway: RunningGateway;

beforeEach(async () => {
  dataDir = await temporaryDataDir();
});

afterEach(async () => {
  await gateway?.stop();
  await bench?.clear();
  await removeDataDir(dataDir);
});

async function serve(
  modems: readonly PluggedModem[],
  sockets: readonly string[] = ['ttyUSB0'],
): Promise<void> {
  const flags = modems.flatMap((modem) =>
    sockets.flatMap((socket, place) => [
      '--modem',
      `path=${modem.path(socket)}${place === 0 ? `,number=${modem.number}` : ''}`,
    ]),
  );
  gateway = await RunningGateway.start([...flags, '--evidence-seconds', '5'], { dataDir });
}

async function queue(count: number, from = ours): Promise<string[]> {
  const bodies = Array.from({ length: count }, (_, index) => `${from} text ${index}`);
  return Promise.all(bodies.map((body) => gateway.send(from, friend, body)));
}

/** How many texts the network is known to have: a report that came while nobody listened is gone, as in the field. */
async function left(): Promise<number> {
  const [sent, delivered] = await Promise.all(
    ['sent', 'delivered'].map((status) => gateway.messages(`status=${status}`)),
  );
  return (sent?.length ?? 0) + (delivered?.length ?? 0);
}

describe('a modem that is not there yet', () => {
  test('takes texts at once, as queued, and sends them when it comes', async () => {
    bench = await ModemBench.open();
    const modem = bench.add(ours);
    await serve([modem]);
    const id = await gateway.send(ours, friend, 'I can wait');
    expect((await gateway.message(id)).status).toBe('queued');
    await modem.plugIn('ttyUSB0');
    await gateway.reaches(id, 'delivered');
    expect(bench.timesSent()).toEqual(new Map([['I can wait', 1]]));
  });
});

describe('unplugged in the middle of sending', () => {
  test('what waits is queued, and goes on at another port, each text once', async () => {
    bench = await ModemBench.open({ latencyMs: 40 });
    const modem = bench.add(ours);
    await modem.plugIn('ttyUSB0');
    await serve([modem], ['ttyUSB0', 'ttyUSB7']);
    await gateway.online(ours);
    const ids = await queue(30);
    await gateway.until('some texts to be sent', () => bench.network.submissions.count >= 8);
    await modem.unplug();
    await gateway.until(
      'the rest to be queued',
      async () => (await gateway.messages('status=queued')).length >= 15,
    );
    await modem.plugIn('ttyUSB7');
    await gateway.until('all but the one in flight', async () => (await left()) >= 29);
    const undecided = await gateway.messages('status=dispatched');
    expect(undecided.length).toBeLessThanOrEqual(1);
    expect(Math.max(...bench.timesSent().values())).toBe(1);
    expect(ids).toHaveLength(30);
  });
});

describe('killed with texts queued', () => {
  test('every text is sent exactly once, but for at most one that waits for evidence', async () => {
    bench = await ModemBench.open({ latencyMs: 30, reportDelayMs: 200 });
    const modem = bench.add(ours);
    await modem.plugIn('ttyUSB0');
    await serve([modem]);
    await gateway.online(ours);
    await queue(50);
    for (const sent of [10, 25]) {
      await gateway.until(`${sent} texts`, () => bench.network.submissions.count >= sent);
      await gateway.kill();
      await serve([modem]);
    }
    await gateway.until('all texts to be sent', async () => (await left()) >= 48);
    await gateway.until(
      'the undecided to be settled',
      async () => (await gateway.messages('status=dispatched')).length === 0,
    );
    const all = await gateway.messages('direction=outbound');
    const failed = all.filter(({ status }) => status === 'failed');
    expect(all).toHaveLength(50);
    expect(failed.length).toBeLessThanOrEqual(2);
    for (const { failure_reason } of failed) expect(failure_reason).toMatch(/^ambiguous_submit:/);
    expect(Math.max(...bench.timesSent().values())).toBe(1);
    expect(bench.network.submissions.count).toBeGreaterThanOrEqual(50 - failed.length);
  });

  test('inbound texts are neither lost nor doubled', async () => {
    bench = await ModemBench.open();
    const modem = bench.add(ours);
    await modem.plugIn('ttyUSB0');
    await serve([modem]);
    await gateway.online(ours);
    const bodies = Array.from({ length: 20 }, (_, index) => `in ${index}`);
    for (const [index, text] of bodies.entries()) {
      bench.network.deliver({ from: friend, to: ours, text });
      if (index !== 7) continue;
      await gateway.kill();
      await serve([modem]);
    }
    await gateway.until('all texts', async () => (await gateway.messages('direction=inbound')).length >= 20);
    const received = (await gateway.messages('direction=inbound')).map(({ body }) => body);
    expect(received.toSorted()).toEqual(bodies.toSorted());
  });
});

describe('four modems', () => {
  test('each sends its own, and one that hangs delays no other', async () => {
    bench = await ModemBench.open({ latencyMs: 20 });
    const modems = [ours, ...others].map((number) => bench.add(number));
    for (const [index, modem] of modems.entries()) await modem.plugIn(`ttyUSB${index}`);
    const flags = modems.flatMap((modem, index) => [
      '--modem',
      `path=${modem.path(`ttyUSB${index}`)},number=${modem.number}`,
    ]);
    gateway = await RunningGateway.start(flags, { dataDir });
    await gateway.online(ours, ...others);
    const hung = modems[0];
    if (hung) hung.modem.faults.hang = true;
    const waiting = await queue(5, ours);
    const ids = (await Promise.all(others.map((number) => queue(15, number)))).flat();
    await gateway.allReach(ids, 'delivered');
    expect(new Set(bench.network.submissions.all.map(({ from }) => from))).toEqual(new Set(others));
    if (hung) hung.modem.faults.hang = false;
    await gateway.allReach(waiting, 'delivered');
    expect(Math.max(...bench.timesSent().values())).toBe(1);
  });
});

describe('a modem that never says what became of a text', () => {
  test('is proven by its delivery report, and the text is not sent again', async () => {
    // The report must find the modem set up again: one that comes before is gone, as with a real modem.
    bench = await ModemBench.open({ reportDelayMs: 6_000 });
    const modem = bench.add(ours);
    await modem.plugIn('ttyUSB0');
    await serve([modem]);
    await gateway.online(ours);
    modem.modem.faults.loseNextSendResults = 1;
    const id = await gateway.send(ours, friend, 'did you get this?');
    await gateway.until('the network to take it', () => bench.network.submissions.count === 1);
    await modem.unplug();
    await modem.plugIn('ttyUSB0');
    await gateway.reaches(id, 'delivered');
    expect(bench.network.submissions.count).toBe(1);
  });
});
