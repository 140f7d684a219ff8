import { describe, expect, it } from 'vitest';
import { encodeDeliver } from '../../src/gsm/pdu/index.ts';
import { until } from '../modem/eventually.ts';
import { everythingIn } from './everything-in.ts';
import { friend, GatewayBench, ours, port } from './gateway-bench.ts';

const other = '+15557000002';
const secret = 'for nobody else';
/** Digits of the friend's number as a PDU has them. */
const turned = '5155674523F1';

/** A bench on which both friends have written and were written to. */
async function talked() {
  const ready = await GatewayBench.ready();
  const { bench, network, clock } = ready;
  for (const number of [friend, other]) network.addPhone(number, { reports: [0] });
  const ids: string[] = [];
  for (const to of [friend, other]) {
    ids.push(await bench.send({ to, body: `${secret} ${to === other ? 'but two' : ''}` }));
    network.deliver({ from: to, to: ours, text: `answer of ${to === other ? 'two' : 'one'}` });
  }
  for (const id of ids) await bench.reaches(id, 'delivered');
  await until(clock, 'answers', () => bench.received().length === 2, 20_000);
  await clock.advance(5_000);
  return { ...ready, sent: ids[0] ?? '', toOther: ids[1] ?? '' };
}

/** All lines between the gateway and its modem, texts and all. */
function atLog(bench: GatewayBench): string {
  const modem = bench.table.fleet.members[0]?.facts.id ?? '';
  const lines = bench.atLog.read({ modem, port, portOnly: false, limit: 10_000, bodies: true });
  return lines.map(({ text }) => text).join('\n');
}

function pduOf(bench: GatewayBench, id: string): string {
  const row = bench.table.database.prepare('SELECT pdu FROM attempts WHERE segment_id = ?');
  return String(row.pluck().get(bench.segmentsOf(id)[0]?.segment_id));
}

describe('erasing a person', () => {
  it('takes every text to and from the number out of everything, and leaves all others', async () => {
    const { bench, network, clock, sent, toOther } = await talked();
    const piece = encodeDeliver({
      from: friend,
      smsc: null,
      scts: '2026-06-08T13:30:00Z',
      text: 'half of it',
      concat: { ref: 1, total: 2, seq: 1, bits: 8 },
    });
    network.deliver({ from: friend, to: ours, pdus: [piece.pdu] });
    bench.report({ reference: 200 });
    await clock.advance(10_000);
    const pdu = pduOf(bench, sent);
    expect(atLog(bench)).toContain(pdu);
    expect(everythingIn(bench)).toContain(friend.slice(1));
    const waiting = await bench.send({ body: `${secret} later`, scheduled_at: '2026-07-08T13:30:00Z' });
    const erased = await bench.persons.erase(friend);
    expect(erased).toMatchObject({
      messages: 3,
      cancelled: 1,
      not_final: 0,
      parts: 1,
      reports: 1,
      lists: [],
    });
    expect(erased.log_lines).toBeGreaterThan(3);
    const left = everythingIn(bench);
    for (const trace of [friend.slice(1), turned, 'answer of one', `${secret} later`, pdu])
      expect(left).not.toContain(trace);
    for (const trace of [friend.slice(1), turned, pdu]) expect(atLog(bench)).not.toContain(trace);
    expect(bench.message(sent)).toMatchObject({ status: 'delivered', to: null, body: '' });
    expect(bench.status(waiting)).toBe('failed: cancelled');
    expect(bench.message(toOther)).toMatchObject({ to: other, body: `${secret} but two` });
    expect(bench.received().map(({ body }) => body)).toEqual(['', 'answer of two']);
    expect(atLog(bench)).toContain(pduOf(bench, toOther));
  });

  it('hands the half of a long text over to nobody', async () => {
    const { bench, take } = await half();
    await bench.persons.erase(friend);
    bench.clock.shift(25 * 3_600_000);
    await bench.clock.advance(600_000);
    expect(bench.received()).toEqual([]);
    expect(take()).toBe(true);
    bench.clock.shift(25 * 3_600_000);
    await bench.clock.advance(600_000);
    expect(bench.received()).toEqual([]);
  });

  it('finds texts of the number in whatever form the network wrote it', async () => {
    const { bench, network, clock } = await GatewayBench.ready();
    network.deliver({ from: '015112345678', to: ours, text: 'nobody knew the country' });
    await until(clock, 'the text', () => bench.received().length === 1, 20_000);
    expect(await bench.persons.erase('+4915112345678')).toMatchObject({ messages: 1 });
    expect(bench.received()).toMatchObject([{ body: '', from: null }]);
  });

  it('says what is on its way, and on which list the number must stay', async () => {
    const { bench, modem, network, clock } = await GatewayBench.ready();
    network.addPhone(friend, { reports: [] });
    bench.lists.add('opted-out', { number: friend, note: null, source: 'reply' }, clock.now());
    bench.lists.remove('opted-out', friend);
    modem.faults.loseNextSendResults = 1;
    const id = await bench.send({ body: secret });
    await until(clock, 'ambiguous', () => bench.story(id).includes('segment_ambiguous 1'), 400_000);
    bench.lists.add('opted-out', { number: friend, note: null, source: 'reply' }, clock.now());
    expect(await bench.persons.erase(friend)).toMatchObject({
      messages: 0,
      cancelled: 0,
      not_final: 1,
      lists: ['opted-out'],
    });
    await bench.reaches(id, 'failed: ambiguous_submit', 400_000);
    expect(await bench.persons.erase(friend)).toMatchObject({ messages: 1, not_final: 0 });
  });

  it('forgets the calls of the number, with what was told of them', async () => {
    const { bench } = await GatewayBench.ready();
    const { database } = bench.table;
    database
      .prepare(
        `INSERT INTO webhooks (webhook_id, url, label, events, sealed_secret, created_at, updated_at)
         VALUES ('w', 'https://example.org', 'w', ',call.missed,', '', 0, 0)`,
      )
      .run();
    const delivery = database.prepare(
      `INSERT INTO deliveries (delivery_id, webhook_id, event_id, event_type, body, due_at, created_at)
       VALUES (?, 'w', ?, 'call.missed', ?, 0, 0)`,
    );
    const event = database.prepare(
      `INSERT INTO events (event_id, event_type, data, created_at) VALUES (?, 'call.missed', ?, 0)`,
    );
    for (const from of [friend, other]) {
      const data = { from, to: ours };
      event.run(from, JSON.stringify(data));
      delivery.run(from, from, JSON.stringify({ event_type: 'call.missed', data }));
    }
    expect(await bench.persons.erase(friend)).toMatchObject({ calls: 1 });
    expect(everythingIn(bench)).not.toContain(friend.slice(1));
    expect(everythingIn(bench).split(other.slice(1)).length).toBeGreaterThan(4);
  });

  it('by name takes the texts of an alphanumeric sender', async () => {
    const { bench, network, clock } = await GatewayBench.ready();
    for (const from of ['Postern', 'Posterns']) network.deliver({ from, to: ours, text: from });
    await until(clock, 'both', () => bench.received().length === 2, 20_000);
    expect(await bench.persons.erase('Postern')).toMatchObject({ messages: 1 });
    expect(bench.received().map(({ from }) => from)).toEqual([null, 'Posterns']);
  });
});

it('erasing one text takes its PDUs out of the AT log too, and those of no other', async () => {
  const { bench, sent, toOther } = await talked();
  const [pdu, others] = [pduOf(bench, sent), pduOf(bench, toOther)];
  bench.control.erase(sent);
  expect(atLog(bench)).not.toContain(pdu);
  expect(atLog(bench)).toContain(others);
});

it('a text that was erased while it lies on the SIM is not shown again', async () => {
  const { bench, take } = await whole();
  const [{ message_id: id } = { message_id: '' }] = bench.received();
  bench.control.erase(id);
  expect(everythingIn(bench)).not.toContain(turned);
  expect(take()).toBe(true);
  expect(bench.received()).toHaveLength(1);
});

/** A bench with a known SIM, to which a test hands one arrival again and again. */
async function arrived(given: Partial<Parameters<typeof encodeDeliver>[0]>) {
  const { bench } = await GatewayBench.ready();
  const text = encodeDeliver({
    from: friend,
    smsc: null,
    scts: '2026-06-08T13:30:00Z',
    text: 'it',
    ...given,
  });
  const place = { simId: bench.simId, storage: 'SM', index: 1, occupied: new Set([1]), imported: false };
  const take = () => bench.inbox.take({ ...text, ...place });
  take();
  return { bench, take };
}

const whole = () => arrived({});
const half = () => arrived({ concat: { ref: 1, total: 2, seq: 1, bits: 8 } });
