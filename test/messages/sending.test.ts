import { describe, expect, it } from 'vitest';
import { decodePdu } from '../../src/gsm/pdu/index.ts';
import { until } from '../modem/eventually.ts';
import { friend, GatewayBench, ours, port } from './gateway-bench.ts';

const other = '+15557000002';

describe('a text', () => {
  it('is dispatched, sent, delivered, and told of at each step', async () => {
    const { bench, network } = await GatewayBench.ready();
    const id = await bench.send();
    expect(bench.status(id)).toBe('dispatched');
    await bench.reaches(id, 'sent');
    expect(bench.message(id)).toMatchObject({ sent_at: '2026-06-08T13:30:06Z', delivered_at: null });
    const delivered = await bench.reaches(id, 'delivered');
    expect(delivered.delivered_at).not.toBeNull();
    expect(delivered.failure_reason).toBeNull();
    expect(bench.toldOf(id)).toEqual(['sms.sent', 'sms.delivered']);
    expect(bench.story(id)).toEqual([
      'accepted',
      'submitting 1',
      'segment_accepted 1',
      'sent',
      'segment_reported 1',
      'delivered',
    ]);
    expect(network.submissions.all).toMatchObject([
      { from: ours, to: friend, text: 'Hello', reportWanted: true },
    ]);
  });

  it('waits as queued while its SIM is away, and goes out when it comes, wherever', async () => {
    const { bench, modem, network } = await GatewayBench.ready();
    bench.table.unplug(port);
    await bench.clock.advance(1_000);
    const id = await bench.send();
    expect(bench.status(id)).toBe('queued');
    await bench.clock.advance(600_000);
    bench.table.serve('/dev/ttyUSB7');
    bench.table.plug('/dev/ttyUSB7', modem);
    await bench.reaches(id, 'delivered');
    expect(network.submissions.count).toBe(1);
    expect(bench.shown.get(id)).toEqual(['queued', 'dispatched', 'sent', 'delivered']);
  });

  it('goes back and forth between queued and dispatched while its SIM comes and goes', async () => {
    const { bench, modem, clock } = await GatewayBench.ready({ latencyMs: 60_000 });
    await bench.send({ body: 'first in line' });
    const id = await bench.send({ body: 'second' });
    expect(bench.status(id)).toBe('dispatched');
    modem.equipment.radio.setCoverage({ CREG: 2, CGREG: 2, CEREG: 0 });
    await clock.advance(1_000);
    expect(bench.status(id)).toBe('dispatched');
    bench.table.unplug(port);
    await clock.advance(1_000);
    expect(bench.status(id)).toBe('queued');
    modem.equipment.radio.setCoverage({ CREG: 1, CGREG: 1, CEREG: 0 });
    bench.table.plug(port, modem);
    await bench.table.reaches(port, 'ready');
    expect(bench.status(id)).toBe('dispatched');
  });

  it('leaves when its time has come, not before', async () => {
    const { bench, clock, network } = await GatewayBench.ready();
    const id = await bench.send({ scheduled_at: '2026-06-08T15:00:00Z' });
    await clock.advance(80 * 60_000);
    expect(bench.status(id)).toBe('queued');
    expect(network.submissions.count).toBe(0);
    await clock.advance(10 * 60_000);
    expect(network.submissions.all).toMatchObject([{ at: Date.UTC(2026, 5, 8, 15, 0, 0) + 500 }]);
    expect(bench.status(id)).toBe('delivered');
  });

  it('asks for its report and names its validity in the PDU', async () => {
    const { bench, network } = await GatewayBench.ready();
    const id = await bench.send({ validity_seconds: 3_600 });
    await bench.reaches(id, 'sent');
    expect(decodePdu(network.submissions.last?.pdu ?? '', { direction: 'MO', hasSmsc: true })).toMatchObject({
      kind: 'submit',
      srr: true,
      vp: { minutes: 60 },
    });
  });
});

describe('texts leave', () => {
  const bodies = (bench: { network: { submissions: { all: readonly { text: string | undefined }[] } } }) =>
    bench.network.submissions.all.map(({ text }) => text);

  it('by priority, then in the order of their acceptance', async () => {
    const { bench, network } = await GatewayBench.ready();
    const sent = [];
    for (const [body, priority] of [
      ['first', 0],
      ['low', 0],
      ['high', 9],
      ['middle', 5],
      ['high too', 9],
    ] as const) {
      sent.push(await bench.send({ body, priority }));
    }
    for (const id of sent) await bench.reaches(id, 'delivered');
    expect(bodies({ network })).toEqual(['first', 'high', 'high too', 'middle', 'low']);
  });

  it('in the order of their acceptance though the clock was set back meanwhile', async () => {
    const { bench, modem, network } = await GatewayBench.ready();
    bench.table.unplug(port);
    await bench.clock.advance(1_000);
    const sent = [];
    for (const body of ['one', 'two', 'three']) {
      sent.push(await bench.send({ body }));
      bench.clock.shift(-120_000);
    }
    bench.table.plug(port, modem);
    for (const id of sent) await bench.reaches(id, 'delivered');
    expect(bodies({ network })).toEqual(['one', 'two', 'three']);
  });

  it('and none after its SIM was paused, though the modem had been asked for its prompt', async () => {
    const { bench, modem, network, clock } = await GatewayBench.ready();
    modem.faults.promptDelayMs = 5_000;
    const id = await bench.send({ body: 'paused' });
    await clock.advance(1_000);
    bench.pause(true);
    await clock.advance(60_000);
    expect([bench.status(id), network.submissions.count]).toEqual(['queued', 0]);
    bench.pause(false);
    await bench.reaches(id, 'delivered');
    expect(network.submissions.count).toBe(1);
  });

  it('with all parts of one before the next, however urgent that is', async () => {
    const { bench, network } = await GatewayBench.ready();
    const long = await bench.send({ body: 'x'.repeat(400) });
    await until(bench.clock, 'the first part', () => network.submissions.count === 1);
    const urgent = await bench.send({ body: 'urgent', priority: 9 });
    await bench.reaches(long, 'delivered');
    await bench.reaches(urgent, 'delivered');
    expect(network.submissions.all.map(({ concatenation }) => concatenation?.sequence)).toEqual([
      1,
      2,
      3,
      undefined,
    ]);
  });

  it('from each number by its own modem', async () => {
    const { bench, network } = await GatewayBench.ready();
    bench.table.station('/dev/ttyUSB4', { sim: { number: '+15550002222' }, number: '+15550002222' });
    await bench.table.reaches('/dev/ttyUSB4', 'ready');
    const one = await bench.send({ body: 'one' });
    const two = await bench.send({ from: '+15550002222', body: 'two' });
    await bench.reaches(one, 'delivered');
    await bench.reaches(two, 'delivered');
    expect(network.submissions.all.map(({ from, text }) => [from, text])).toEqual([
      [ours, 'one'],
      ['+15550002222', 'two'],
    ]);
  });
});

describe('a long text', () => {
  it('is sent when all its parts are, and delivered when all their reports say so', async () => {
    const { bench, network } = await GatewayBench.ready();
    const id = await bench.send({ body: 'x'.repeat(400) });
    await until(bench.clock, 'two parts', () => network.submissions.count === 2);
    expect(bench.status(id)).toBe('dispatched');
    await bench.reaches(id, 'sent');
    expect(network.submissions.count).toBe(3);
    await bench.reaches(id, 'delivered');
    expect(bench.segmentsOf(id).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered']);
    expect(bench.toldOf(id)).toEqual(['sms.sent', 'sms.delivered']);
  });

  it('has one concatenation reference in all its parts, and the next one to the same number the next', async () => {
    const { bench, network } = await GatewayBench.ready();
    const ids = [];
    for (const to of [friend, friend, other]) ids.push(await bench.send({ to, body: 'x'.repeat(200) }));
    for (const id of ids) await bench.reaches(id, 'delivered');
    const references = network.submissions.all.map(({ to, concatenation }) => [to, concatenation?.reference]);
    const first = references[0]?.[1] as number;
    expect(references.slice(0, 4)).toEqual([
      [friend, first],
      [friend, first],
      [friend, (first + 1) % 256],
      [friend, (first + 1) % 256],
    ]);
    expect(references[4]).toEqual(references[5]);
  });

  it('stays dispatched when its SIM goes away between its parts, and goes on with the next part', async () => {
    const { bench, modem, network } = await GatewayBench.ready();
    const id = await bench.send({ body: 'x'.repeat(400) });
    await until(bench.clock, 'the first part', () => bench.segmentsOf(id)[0]?.state === 'accepted');
    modem.faults.refusals = [{ command: '+CMGS', result: { kind: 'cms', code: 41 }, times: 1 }];
    await until(bench.clock, 'the refusal', () => bench.story(id).includes('postponed'));
    bench.table.unplug(port);
    await bench.clock.advance(30_000);
    expect(bench.status(id)).toBe('dispatched');
    bench.table.plug(port, modem);
    await bench.reaches(id, 'sent');
    expect(network.submissions.all.map(({ concatenation }) => concatenation?.sequence)).toEqual([1, 2, 3]);
    expect(new Set(network.submissions.all.map(({ concatenation }) => concatenation?.reference)).size).toBe(
      1,
    );
  });
});
