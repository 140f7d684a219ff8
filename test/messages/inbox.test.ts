import { describe, expect, it } from 'vitest';
import { encodeDeliver, encodeMessage } from '../../src/gsm/pdu/index.ts';
import type { InboundArrival } from '../../src/messages/inbox.ts';
import { until } from '../modem/eventually.ts';
import { friend, GatewayBench, ours, port } from './gateway-bench.ts';

const day = 24 * 3_600_000;

/** A DELIVER as a modem gives it. */
function deliver(text: string, given: Partial<Parameters<typeof encodeDeliver>[0]> = {}) {
  return encodeDeliver({
    from: friend,
    smsc: '+15550000000',
    scts: '2026-06-08T13:30:00Z',
    text,
    ...given,
  } as Parameters<typeof encodeDeliver>[0]);
}

/** A bench with a known SIM and no modem, to which a test hands arrivals itself. */
async function desk() {
  const bench = new GatewayBench();
  const sim = bench.table.sims.findOrCreate(
    { iccid: '8900100000155500019', imsi: undefined, modemId: 'm' },
    0,
  );
  bench.table.sims.setNumber(sim.simId, ours, 'person');
  const take = ({ pdu, tpduLength }: { pdu: string; tpduLength: number }, at: Partial<InboundArrival> = {}) =>
    bench.inbox.take({
      simId: sim.simId,
      storage: 'SM',
      index: 1,
      pdu,
      tpduLength,
      occupied: undefined,
      imported: false,
      ...at,
    });
  return { bench, take, simId: sim.simId };
}

const bodies = (bench: GatewayBench) => bench.received().map(({ body }) => body);

describe('a text that arrives', () => {
  it('is shown with sender, number, times, and told of', async () => {
    const { bench, modem, network } = await GatewayBench.ready();
    network.deliver({ from: friend, to: ours, text: 'Hello' });
    await until(bench.clock, 'a text', () => bench.received().length === 1, 5_000);
    const [message] = bench.received();
    expect(message).toMatchObject({
      direction: 'inbound',
      status: 'received',
      from: friend,
      to: ours,
      body: 'Hello',
      segment_count: 1,
      encoding: 'gsm7',
      complete: true,
      sent_at: '2026-06-08T13:30:06Z',
      created_at: '2026-06-08T13:30:06Z',
      failure_reason: null,
    });
    expect(bench.told.filter(({ type }) => type === 'sms.received')).toEqual([
      {
        type: 'sms.received',
        data: { message_id: message?.message_id, from: friend, to: ours, body: 'Hello' },
      },
    ]);
    await until(bench.clock, 'an empty store', () => modem.messages.store('MT').used === 0, 5_000);
  });

  it.each<[string, Parameters<typeof deliver>, object]>([
    ['with a name for a sender', ['Hi', { from: 'Postern' }], { from: 'Postern' }],
    ['from a short code', ['Hi', { from: '12345' }], { from: '12345' }],
    ['in another script', ['привет 👋', { alphabet: 'ucs2' }], { body: 'привет 👋', encoding: 'ucs2' }],
    [
      'of octets',
      ['', { text: undefined, alphabet: '8bit', dataHex: 'CAFE00' } as never],
      { body: 'CAFE00', encoding: 'binary' },
    ],
    [
      'with a service centre to the west',
      ['Hi', { scts: '2026-06-08T08:30:00-05:00' }],
      { sent_at: '2026-06-08T13:30:00Z' },
    ],
    ['empty', [''], { body: '' }],
  ])('%s is shown so', async (_, [text, given], expected) => {
    const { bench, take } = await desk();
    expect(take(deliver(text, given))).toBe(true);
    expect(bench.received()).toMatchObject([expected]);
  });

  it('with a time that is none is shown with none', async () => {
    const { bench, take } = await desk();
    const { pdu, tpduLength } = deliver('Hi');
    const garbled = pdu.replace('62608031', 'FFFFFFFF');
    expect(garbled).not.toBe(pdu);
    expect(take({ pdu: garbled, tpduLength })).toBe(true);
    expect(bench.received()).toMatchObject([{ body: 'Hi', sent_at: null }]);
  });

  it('to a SIM with no number is shown to nobody in particular', async () => {
    const { bench, take } = await desk();
    const { simId } = bench.table.sims.findOrCreate(
      { iccid: '8900100000000000001', imsi: undefined, modemId: 'x' },
      0,
    );
    take(deliver('Hi'), { simId });
    expect(bench.received()).toMatchObject([{ to: null }]);
  });

  it('that cannot be read is kept as it came, and may be deleted', async () => {
    const { bench, take } = await desk();
    const broken = { pdu: '0791198904100161240C9119790991', tpduLength: 29 };
    expect(take(broken)).toBe(true);
    expect(bench.received()).toMatchObject([{ body: broken.pdu, encoding: 'binary', from: null }]);
  });

  it('and is to be shown to nobody (type 0) is not', async () => {
    const { bench, take } = await desk();
    expect(take(deliver('', { pid: 0x40 }))).toBe(true);
    expect(bench.received()).toEqual([]);
    expect(bench.told).toEqual([]);
  });

  it('with a wrong length beside it is read all the same', async () => {
    const { bench, take } = await desk();
    const { pdu } = deliver('Hello');
    take({ pdu, tpduLength: 200 });
    expect(bodies(bench)).toEqual(['Hello']);
  });

  it('that is one of ours is left where it lies', async () => {
    const { bench, take } = await desk();
    const [segment] = encodeMessage({ to: friend, text: 'mine', ref: 0 }).segments;
    if (segment) take(segment);
    expect(bodies(bench)).not.toContain('mine');
  });

  it('on a SIM that is new here is in the log and told to nobody', async () => {
    const { bench, take } = await desk();
    take(deliver('old'), { imported: true });
    expect(bodies(bench)).toEqual(['old']);
    expect(bench.told).toEqual([]);
  });
});

describe('the same bytes', () => {
  const ok = deliver('ok');

  it('at the same place are the same text', async () => {
    const { bench, take } = await desk();
    for (let time = 0; time < 3; time++) expect(take(ok)).toBe(true);
    expect(bodies(bench)).toEqual(['ok']);
    expect(bench.told).toHaveLength(1);
  });

  it('at another place while the first is still there are another text', async () => {
    const { bench, take } = await desk();
    const occupied = new Set([1, 2]);
    take(ok, { index: 1, occupied });
    take(ok, { index: 2, occupied });
    expect(bodies(bench)).toEqual(['ok', 'ok']);
  });

  it('at another place, told of one by one, are another text', async () => {
    const { bench, take } = await desk();
    take(ok, { index: 1 });
    take(ok, { index: 2 });
    expect(bodies(bench)).toEqual(['ok', 'ok']);
  });

  it('at another place when the first is gone, though it was never deleted, are the same text, moved', async () => {
    const { bench, take } = await desk();
    take(ok, { index: 1 });
    expect(take(ok, { index: 4, occupied: new Set([4]) })).toBe(true);
    expect(take(ok, { index: 4, occupied: new Set([4]) })).toBe(true);
    expect(bodies(bench)).toEqual(['ok']);
  });

  it('at another place when the first was deleted are another text', async () => {
    const { bench, take, simId } = await desk();
    take(ok, { index: 1 });
    bench.inbox.deleted({ simId, storage: 'SM', index: 1 });
    take(ok, { index: 2, occupied: new Set([2]) });
    expect(bodies(bench)).toEqual(['ok', 'ok']);
  });

  it('in another store are another text', async () => {
    const { bench, take } = await desk();
    take(ok, { storage: 'SM', index: 1, occupied: new Set([1]) });
    take(ok, { storage: 'ME', index: 1, occupied: new Set([1]) });
    expect(bodies(bench)).toEqual(['ok', 'ok']);
  });

  it('on another SIM are another text', async () => {
    const { bench, take } = await desk();
    const other = bench.table.sims.findOrCreate(
      { iccid: '8900100000000000001', imsi: undefined, modemId: 'x' },
      0,
    );
    take(ok);
    take(ok, { simId: other.simId });
    expect(bodies(bench)).toEqual(['ok', 'ok']);
  });

  it('at a place from which the first was deleted long ago are another text', async () => {
    const { bench, take, simId } = await desk();
    take(ok);
    bench.inbox.deleted({ simId, storage: 'SM', index: 1 });
    bench.clock.shift(day + 1);
    take(ok);
    expect(bodies(bench)).toEqual(['ok', 'ok']);
  });

  it('at the place from which they were never deleted are the same text however long it is', async () => {
    const { bench, take } = await desk();
    take(ok);
    bench.clock.shift(9 * day);
    await bench.crash();
    take(ok);
    take(ok, { index: 3, occupied: new Set([3]) });
    expect(bodies(bench)).toEqual(['ok']);
  });

  it('handed on with no place are the same text: the network repeats what was not acknowledged', async () => {
    const { bench, take } = await desk();
    take(ok, { storage: '', index: 0 });
    await bench.clock.advance(30_000);
    take(ok, { storage: '', index: 0 });
    expect(bodies(bench)).toEqual(['ok']);
  });

  it('after a restart are the same text', async () => {
    const { bench, take } = await desk();
    take(ok);
    await bench.crash();
    take(ok);
    expect(bodies(bench)).toEqual(['ok']);
  });
});

describe('with a modem', () => {
  it('two texts of the very same bytes are two, and both are deleted', async () => {
    const { bench, modem, network } = await GatewayBench.ready();
    const { pdu } = deliver('ok');
    modem.faults.answerDelayMs = 20;
    network.deliver({ from: friend, to: ours, pdus: [pdu, pdu] });
    await until(bench.clock, 'both', () => bench.received().length === 2, 10_000);
    await until(bench.clock, 'an empty store', () => modem.messages.store('MT').used === 0, 70_000);
  });

  it('a power cut between keeping and deleting doubles nothing', async () => {
    const { bench, modem, network } = await GatewayBench.ready();
    modem.faults.refusals = [{ command: '+CMGD', result: { kind: 'error' }, times: 1, delayMs: 5_000 }];
    network.deliver({ from: friend, to: ours, text: 'once' });
    await until(bench.clock, 'the text', () => bench.received().length === 1, 1_000);
    expect(modem.messages.store('MT').used).toBe(1);
    await bench.crash();
    bench.table.serve(port);
    await bench.table.reaches(port, 'ready');
    expect(bodies(bench)).toEqual(['once']);
    expect(modem.messages.store('MT').used).toBe(0);
  });

  it('a power cut before it is kept loses nothing', async () => {
    const { bench, modem, network } = await GatewayBench.ready();
    modem.faults.answerDelayMs = 100;
    network.deliver({ from: friend, to: ours, text: 'once' });
    await bench.clock.advance(150);
    expect(bench.received()).toEqual([]);
    await bench.crash();
    modem.faults.answerDelayMs = 0;
    bench.table.serve(port);
    await bench.table.reaches(port, 'ready');
    await until(bench.clock, 'the text', () => bench.received().length === 1, 5_000);
    expect(modem.messages.store('MT').used).toBe(0);
  });

  it('a delete that fails again and again doubles nothing', async () => {
    const { bench, modem, network } = await GatewayBench.ready();
    modem.faults.refusals = [{ command: '+CMGD', result: { kind: 'cms', code: 320 }, times: 5 }];
    network.deliver({ from: friend, to: ours, text: 'once' });
    await bench.clock.advance(200_000);
    expect(bodies(bench)).toEqual(['once']);
    await until(bench.clock, 'an empty store', () => modem.messages.store('MT').used === 0, 200_000);
    expect(bodies(bench)).toEqual(['once']);
  });

  it('a full disk loses nothing: the text stays on the modem until there is room', async () => {
    const { bench, modem, network } = await GatewayBench.ready();
    const { database } = bench.table;
    database
      .prepare(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON inbound_parts BEGIN SELECT RAISE(FAIL, 'full'); END",
      )
      .run();
    network.deliver({ from: friend, to: ours, text: 'once' });
    await bench.clock.advance(130_000);
    expect(modem.messages.store('MT').used).toBe(1);
    expect(bench.received()).toEqual([]);
    database.prepare('DROP TRIGGER full').run();
    await until(bench.clock, 'the text', () => bench.received().length === 1, 70_000);
    await until(bench.clock, 'an empty store', () => modem.messages.store('MT').used === 0, 5_000);
  });

  it('a text that came while the gateway was down is received, not imported', async () => {
    const { bench, network } = await GatewayBench.ready();
    await bench.stop();
    network.deliver({ from: friend, to: ours, text: 'meanwhile' });
    await bench.restart();
    bench.table.serve(port);
    await bench.table.reaches(port, 'ready');
    expect(bodies(bench)).toEqual(['meanwhile']);
    expect(bench.told.map(({ type }) => type)).toEqual(['sms.received']);
  });
});
