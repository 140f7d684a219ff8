import { describe, expect, it } from 'vitest';
import { messageQuery } from '../../src/contract/message-query.ts';
import { encodeDeliver } from '../../src/gsm/pdu/index.ts';
import { MessageLog } from '../../src/store/message-log.ts';
import { MessageStory } from '../../src/store/message-story.ts';
import { ReportStore } from '../../src/store/report-store.ts';
import { until } from '../modem/eventually.ts';
import { storeMessage } from '../store/stored-message.ts';
import { everythingIn } from './everything-in.ts';
import { friend, GatewayBench, ours } from './gateway-bench.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** A bench with no modem, whose log a test fills with messages that are so many days old. */
function shelf() {
  const bench = new GatewayBench();
  const { clock } = bench;
  const at = (days: number) => new Date(clock.now() - days * day).toISOString();
  const store = (days: number, given: Parameters<typeof storeMessage>[1] = {}) =>
    storeMessage(bench.table.database, { created_at: at(days), status: 'delivered', ...given });
  const inbound = (days: number, given = {}) =>
    store(days, { direction: 'inbound', status: 'received', ...given });
  const list = (query: Record<string, string> = {}) =>
    new MessageLog(bench.table.database).page(messageQuery.parse({ per_page: '100', ...query }));
  const ids = () => list()?.data.map(({ message_id }) => message_id);
  /** Time for one look at what is old, however much there is to do. */
  const looked = () => clock.advance(hour + 60_000);
  return { bench, clock, at, store, inbound, list, ids, looked };
}

/** A text that went out and was reported on, and one that came in, both read off and through a modem. */
async function talked() {
  const ready = await GatewayBench.ready();
  const { bench, network, clock } = ready;
  network.addPhone(friend, { reports: [0] });
  const sent = await bench.send({ body: `we never told anybody ${'x'.repeat(200)}` });
  await bench.reaches(sent, 'delivered');
  network.deliver({ from: friend, to: ours, text: `nor did they ${'y'.repeat(200)}` });
  await until(clock, 'an answer', () => bench.received().length === 1, 20_000);
  await clock.advance(5_000);
  const [{ message_id: received } = { message_id: '' }] = bench.received();
  return { ...ready, sent, received };
}

const texts = /we never told anybody|nor did they/;

describe('messages', () => {
  it('are kept for ever where nobody has set anything', async () => {
    const { bench, inbound, store, ids, looked } = shelf();
    const kept = [inbound(4_000), store(4_000)].toReversed();
    bench.clock.shift(400 * day);
    await looked();
    expect(ids()).toEqual(kept);
  });

  it('are forgotten by age, each direction by its own', async () => {
    const { bench, inbound, store, ids, list, looked } = shelf();
    bench.settings.change({ keep_inbound_days: 30, keep_outbound_days: 60 });
    inbound(31);
    const kept = [inbound(29), store(31), store(59)];
    store(61);
    await looked();
    expect(ids()).toEqual(kept.toReversed());
    expect(list()?.total).toBe(3);
  });

  it('are forgotten by count, the newest staying', async () => {
    const { bench, inbound, store, ids, looked } = shelf();
    bench.settings.change({ keep_inbound_count: 2 });
    const outbound = store(50);
    for (const days of [40, 30, 20]) inbound(days);
    const newest = [inbound(10), inbound(5)];
    await looked();
    expect(ids()).toEqual([...newest.toReversed(), outbound]);
  });

  it('of the last two days stay, however few are to be kept', async () => {
    const { bench, inbound, ids, looked } = shelf();
    bench.settings.change({ keep_inbound_count: 1 });
    inbound(3);
    const kept = [inbound(1), inbound(0.5), inbound(0)];
    await looked();
    expect(ids()).toEqual(kept.toReversed());
  });

  it('that are not final stay, whatever is set', async () => {
    const { bench, clock, at, inbound, store, ids, looked } = shelf();
    bench.settings.change({
      keep_inbound_days: 2,
      keep_outbound_days: 2,
      keep_inbound_count: 1,
      keep_outbound_count: 1,
      redact_inbound_days: 2,
      redact_outbound_days: 2,
    });
    const kept = [
      store(30, { status: 'queued' }),
      store(30, { status: 'dispatched' }),
      store(30, { status: 'sent', sent_at: at(7) }),
      inbound(6, { complete: false }),
    ];
    store(30, { status: 'sent', sent_at: at(9) });
    inbound(8, { complete: false });
    const newest = [store(0), inbound(0)];
    await looked();
    expect(ids()).toEqual([...kept, ...newest].toReversed());
    expect(new MessageLog(bench.table.database).find(kept[0] ?? '')?.body).not.toBe('');
    clock.shift(8 * day);
    await looked();
    expect(ids()).toEqual(kept.slice(0, 2).toReversed());
  });

  it('are forgotten a few at a time, with pauses for whatever else there is to do', async () => {
    const { bench, clock, inbound, list } = shelf();
    bench.settings.change({ keep_inbound_days: 30 });
    for (let index = 0; index < 45; index++) inbound(40);
    const left: number[] = [];
    for (let total = 45; total > 0; total = left.at(-1) ?? 0) {
      await clock.step(hour);
      left.push(list()?.total ?? 0);
    }
    const slices = [45, ...left]
      .map((total, index) => total - (left[index] ?? 0))
      .filter((count) => count > 0);
    expect(slices.length).toBeGreaterThan(3);
    expect(Math.max(...slices)).toBeLessThanOrEqual(10);
  });

  it('stay while the clock is in doubt', async () => {
    const { bench, inbound, list, looked } = shelf();
    bench.settings.change({ keep_inbound_days: 30 });
    inbound(40);
    bench.isTimeSteady = false;
    await looked();
    expect(list()?.total).toBe(1);
    bench.isTimeSteady = true;
    await looked();
    expect(list()?.total).toBe(0);
  });

  it('leave nothing behind', async () => {
    const { bench, clock, sent } = await talked();
    bench.settings.change({ keep_inbound_days: 2, keep_outbound_days: 2 });
    clock.shift(10 * day);
    await clock.advance(2 * hour);
    expect(bench.received()).toEqual([]);
    expect(() => bench.message(sent)).toThrow();
    const counts = ['messages', 'segments', 'attempts', 'timeline', 'inbound_parts', 'status_reports'].map(
      (name) => bench.table.database.prepare(`SELECT count(*) FROM ${name}`).pluck().get(),
    );
    expect(counts).toEqual([0, 0, 0, 0, 0, 0]);
    expect(everythingIn(bench)).not.toMatch(texts);
  });

  it('that are forgotten still count for the limits of the month', async () => {
    const { bench, clock } = await talked();
    bench.settings.change({ keep_outbound_days: 2 });
    bench.set({ limits: { per_month: 3, reserve_percent: 0 } });
    clock.shift(5 * day);
    await clock.advance(2 * hour);
    await bench.restart();
    expect(bench.rules.permission(bench.simId, { priority: 0 }, 1).at).toBeLessThanOrEqual(clock.now());
    expect(bench.rules.permission(bench.simId, { priority: 0 }, 2).at).toBeGreaterThan(clock.now());
  });

  it('that are forgotten while they lie on a SIM are not shown again', async () => {
    const { bench, clock } = await GatewayBench.ready();
    bench.settings.change({ keep_inbound_days: 2 });
    const text = encodeDeliver({ from: friend, smsc: null, scts: '2026-06-08T13:30:00Z', text: 'once' });
    const again = () =>
      bench.inbox.take({
        ...text,
        simId: bench.simId,
        storage: 'SM',
        index: 1,
        occupied: new Set([1]),
        imported: false,
      });
    again();
    clock.shift(9 * day);
    await clock.advance(2 * hour);
    expect(bench.received()).toEqual([]);
    expect(again()).toBe(true);
    expect(bench.received()).toEqual([]);
  });
});

describe('a text that is older than texts are kept', () => {
  it('is taken out of everything, while all else about it stays', async () => {
    const { bench, clock, sent, received } = await talked();
    const before = bench.message(sent);
    const stories = new MessageStory(bench.table.database);
    const pdus = [sent, received].flatMap((id) => stories.pdus(id) ?? []).map(({ pdu }) => pdu);
    expect(pdus).toHaveLength(4);
    bench.settings.change({ redact_inbound_days: 5, redact_outbound_days: 5 });
    clock.shift(4 * day);
    await clock.advance(2 * hour);
    expect(bench.message(sent).body).not.toBe('');
    clock.shift(2 * day);
    await clock.advance(2 * hour);
    const { redacted_at: redactedAt, ...after } = bench.message(sent);
    expect(after).toEqual({ ...before, body: '' });
    expect(redactedAt).toMatch(/^2026-06-14T/);
    expect(bench.message(received)).toMatchObject({ body: '', from: friend, segment_count: 2 });
    const left = everythingIn(bench);
    expect(left).not.toMatch(texts);
    for (const pdu of pdus) expect(left).not.toContain(pdu);
    expect([sent, received].map((id) => stories.pdus(id))).toEqual([[], []]);
    const log = new MessageLog(bench.table.database);
    expect(log.page(messageQuery.parse({ q: 'told' }))?.total).toBe(0);
    expect(log.page(messageQuery.parse({ number: friend }))?.total).toBe(2);
  });

  it('cannot be sent again', async () => {
    const { bench, store, looked } = shelf();
    bench.settings.change({ redact_outbound_days: 5 });
    const id = store(10, { status: 'failed', failure_reason: 'expired: it was' });
    await looked();
    await expect(bench.control.resend(id, { keyId: 'key' })).rejects.toThrow(/taken out because it was old/);
  });

  it('is forgotten as a whole when its time comes', async () => {
    const { bench, clock, inbound, list, looked } = shelf();
    bench.settings.change({ redact_inbound_days: 5, keep_inbound_days: 20 });
    inbound(10);
    await looked();
    expect(list()).toMatchObject({ total: 1, data: [{ body: '' }] });
    clock.shift(11 * day);
    await looked();
    expect(list()?.total).toBe(0);
  });
});

it('reports that matched nothing are forgotten with the texts that go out', async () => {
  const { bench, clock, looked } = shelf();
  bench.settings.change({ keep_outbound_days: 30 });
  const { simId } = bench.table.sims.findOrCreate({ iccid: '1', imsi: undefined, modemId: 'm' }, 0);
  const reports = new ReportStore(bench.table.database);
  for (const days of [40, 20]) {
    const receivedAt = clock.now() - days * day;
    const times = { serviceCentreAt: receivedAt, dischargedAt: undefined, receivedAt };
    reports.insert({ simId, reference: days, recipient: friend, status: 0, pdu: '00', ...times });
  }
  await looked();
  expect(reports.unmatchedPage(10, 0).rows.map(({ reference }) => reference)).toEqual([20]);
});
