import { describe, expect, it } from 'vitest';
import { message as messageSchema } from '../../src/contract/message.ts';
import { messageQuery } from '../../src/contract/message-query.ts';
import { type DeliverFields, encodeDeliver } from '../../src/gsm/pdu/index.ts';
import { MessageLog } from '../../src/store/message-log.ts';
import { MessageStory } from '../../src/store/message-story.ts';
import { until } from '../modem/eventually.ts';
import { friend, GatewayBench, ours } from './gateway-bench.ts';

const centre = '+15550000000';

/** A bench with a modem that is ready, on which anything can be made to arrive. */
async function ready() {
  const { bench, modem, network, clock } = await GatewayBench.ready();
  const log = () => new MessageLog(bench.table.database);
  const list = (query: Record<string, string> = {}) => log().page(messageQuery.parse(query));
  /** Lets a DELIVER arrive over the air; resolves when the modem holds it no longer. */
  const arrives = async (given: Partial<DeliverFields>) => {
    const fields = { from: friend, smsc: centre, scts: '2026-06-08T13:30:00Z', ...given };
    const content = fields.dataHex === undefined && fields.text === undefined ? { text: '' } : {};
    const { pdu } = encodeDeliver({ ...fields, ...content });
    network.deliver({ from: friend, to: ours, pdus: [pdu] });
    await until(clock, 'an empty store', () => modem.messages.store('MT').used === 0, 70_000);
    await clock.advance(1_000);
    return pdu;
  };
  let index = 0;
  /** Hands in what only some modems keep: the emulated ones throw it away, as the standard lets them. */
  const isKept = (given: Partial<DeliverFields>) => {
    const { pdu, tpduLength } = encodeDeliver({
      from: friend,
      smsc: centre,
      scts: '2026-06-08T13:30:00Z',
      ...given,
    });
    const place = { simId: bench.simId, storage: 'SM', index: index++, occupied: undefined, imported: false };
    expect(bench.inbox.take({ ...place, pdu, tpduLength })).toBe(true);
  };
  return { bench, network, clock, log, list, arrives, isKept };
}

const told = (bench: GatewayBench) => bench.told.map(({ type, data }) => [type, data.body]);

describe('a message that is more than a text', () => {
  it.each<[string, Partial<DeliverFields>, object]>([
    ['an ordinary text', { text: 'Hi' }, { kind: 'text', body: 'Hi' }],
    ['a flash text', { text: 'Fire', flash: true }, { kind: 'flash', body: 'Fire' }],
    [
      'a flash text in UCS-2',
      { text: 'Пожар', dcs: 0x18 },
      { kind: 'flash', body: 'Пожар', encoding: 'ucs2' },
    ],
    [
      'a voice mail whose text is to be kept',
      { text: 'Call 333', dcs: 0xd8 },
      { kind: 'waiting', waiting: [{ type: 'voicemail', active: true, count: null, store: true }] },
    ],
    [
      'a count of faxes in the header',
      { text: '2 faxes', udh: [{ iei: 0x01, data: '8102' }] },
      { kind: 'waiting', waiting: [{ type: 'fax', active: true, count: 2, store: true }] },
    ],
    ['octets', { dataHex: 'CAFE00' }, { kind: 'data', body: 'CAFE00', encoding: 'binary' }],
    [
      'a WAP push',
      { dataHex: '0605', ports: { dest: 2948, src: 9200, bits: 16 } },
      { kind: 'data', encoding: 'binary', ports: { destination: 2948, source: 9200 } },
    ],
    [
      'a text for a port',
      { text: 'to a program', ports: { dest: 5, src: 6, bits: 8 } },
      { kind: 'data', encoding: 'gsm7', body: 'to a program', ports: { destination: 5, source: 6 } },
    ],
  ])('%s is shown as that, and told of', async (_, given, expected) => {
    const { bench, list, arrives } = await ready();
    await arrives(given);
    expect(bench.received()).toMatchObject([{ from: friend, ...expected }]);
    expect(messageSchema.parse(bench.received()[0])).toEqual(bench.received()[0]);
    expect(bench.told.map(({ type }) => type)).toEqual(['sms.received']);
    expect(list()?.total).toBe(1);
  });

  it('an indication whose text is to be discarded is shown and kept, and told to nobody', async () => {
    const { bench, isKept } = await ready();
    isKept({ text: 'You have mail', dcs: 0xc8 });
    isKept({ text: '', dcs: 0xc0 });
    expect(bench.received()).toMatchObject([
      {
        kind: 'waiting',
        body: 'You have mail',
        waiting: [{ type: 'voicemail', active: true, store: false }],
      },
      { kind: 'waiting', body: '', waiting: [{ active: false }] },
    ]);
    expect(bench.told).toEqual([]);
  });

  it('a PDU that cannot be read is shown as it came, and its octets are among its PDUs', async () => {
    const { bench, clock, network } = await ready();
    const broken = '07911989041001612404';
    network.deliver({ from: friend, to: ours, pdus: [broken] });
    await until(clock, 'the message', () => bench.received().length === 1, 70_000);
    expect(bench.received()).toMatchObject([
      { kind: 'unreadable', encoding: 'binary', body: broken, from: null, status: 'received' },
    ]);
    const [{ message_id: id } = { message_id: '' }] = bench.received();
    expect(new MessageStory(bench.table.database).pdus(id)).toMatchObject([{ pdu: broken }]);
  });

  it('a silent one (type 0) is taken off the modem, in no list, told to nobody, and there for who asks', async () => {
    const { bench, log, list, arrives, isKept } = await ready();
    isKept({ text: 'ping', pid: 0x40 });
    await arrives({ text: 'Hello' });
    expect(list()).toMatchObject({ total: 1, data: [{ body: 'Hello' }] });
    expect(list({ direction: 'inbound', status: 'received' })?.total).toBe(1);
    expect(told(bench)).toEqual([['sms.received', 'Hello']]);
    const silent = list({ kind: 'silent' });
    expect(silent).toMatchObject({ total: 1, data: [{ kind: 'silent', body: 'ping', from: friend }] });
    expect(log().find(silent?.data[0]?.message_id ?? '')).toEqual(silent?.data[0]);
    expect(list({ hidden: 'true' })?.total).toBe(2);
  });

  it('silent parts of a long text are joined to nothing, and never handed over as one', async () => {
    const { bench, clock, list, arrives, isKept } = await ready();
    isKept({ text: 'a', pid: 0x40, concat: { ref: 1, total: 2, seq: 1, bits: 8 } });
    await arrives({ text: 'b', concat: { ref: 1, total: 2, seq: 2, bits: 8 } });
    await arrives({ text: 'A', concat: { ref: 1, total: 2, seq: 1, bits: 8 } });
    clock.shift(25 * 3_600_000);
    await clock.advance(600_000);
    expect(bench.received()).toMatchObject([{ body: 'Ab', complete: true }]);
    expect(list({ kind: 'silent' })?.total).toBe(1);
  });

  it('octets of several parts are joined, and shown with the ports of the first', async () => {
    const { bench, arrives } = await ready();
    const ports = { dest: 2948, src: 9200, bits: 16 as const };
    await arrives({ dataHex: 'BBBB', ports, concat: { ref: 9, total: 2, seq: 2, bits: 8 } });
    await arrives({ dataHex: 'AAAA', ports, concat: { ref: 9, total: 2, seq: 1, bits: 8 } });
    expect(bench.received()).toMatchObject([
      { kind: 'data', body: 'AAAABBBB', segment_count: 2, ports: { destination: 2948, source: 9200 } },
    ]);
  });
});

describe('a message that replaces (TS 23.040 9.2.3.9)', () => {
  const first = { text: 'Gate 4', pid: 0x41 };

  it('takes the place of the last of its type from its sender, which stays and can be read', async () => {
    const { bench, log, list, arrives } = await ready();
    await arrives(first);
    const [{ message_id: old } = { message_id: '' }] = bench.received();
    await arrives({ ...first, text: 'Gate 9' });
    await arrives({ ...first, text: 'Gate 11' });
    expect(list()).toMatchObject({ total: 1, data: [{ body: 'Gate 11', kind: 'text' }] });
    expect(told(bench).map(([, body]) => body)).toEqual(['Gate 4', 'Gate 9', 'Gate 11']);
    const middle = log().find(log().find(old)?.replaced_by ?? '');
    expect(middle).toMatchObject({ body: 'Gate 9', replaces: old });
    expect(log().find(middle?.replaced_by ?? '')).toMatchObject({ body: 'Gate 11' });
    expect(list({ hidden: 'true' })?.data.map(({ body }) => body)).toEqual(['Gate 11', 'Gate 9', 'Gate 4']);
  });

  it.each<[string, Partial<DeliverFields>]>([
    ['another type', { pid: 0x42 }],
    ['another sender', { from: '+15557000002' }],
    ['another service centre', { smsc: '+15550000009' }],
    ['no type at all', { pid: 0 }],
  ])('of %s leaves it alone', async (_, other) => {
    const { bench, list, arrives } = await ready();
    await arrives(first);
    await arrives({ ...first, text: 'Gate 9', ...other });
    expect(list()?.data.map(({ body }) => body)).toEqual(['Gate 9', 'Gate 4']);
    expect(bench.received().some(({ replaces }) => replaces)).toBe(false);
  });

  it('and came in two parts replaces once, when it is whole', async () => {
    const { list, arrives } = await ready();
    await arrives(first);
    await arrives({ text: 'Gate ', pid: 0x41, concat: { ref: 3, total: 2, seq: 1, bits: 8 } });
    expect(list()?.data.map(({ body }) => body)).toEqual(['Gate 4']);
    await arrives({ text: '12', pid: 0x41, concat: { ref: 3, total: 2, seq: 2, bits: 8 } });
    expect(list()).toMatchObject({ total: 1, data: [{ body: 'Gate 12' }] });
  });
});

describe('the sender', () => {
  it("is shown and found in international form by the SIM's country, and as it came", async () => {
    const { bench, list, arrives } = await ready();
    bench.set({ country: 'DE' });
    await arrives({ from: '015112345678', text: 'Hallo' });
    expect(bench.received()).toMatchObject([{ from: '+4915112345678', raw_from: '015112345678' }]);
    expect(bench.told[0]?.data.from).toBe('+4915112345678');
    for (const number of ['+4915112345678', '015112345678'])
      expect(list({ number })).toMatchObject({ total: 1, data: [{ body: 'Hallo' }] });
    expect(list({ number: '15112345678' })?.total).toBe(0);
  });

  it('stays as it came where nobody can be sure', async () => {
    const { bench, arrives } = await ready();
    bench.set({ country: 'DE' });
    await arrives({ from: '72500', text: 'short code' });
    await arrives({ from: 'Postern', text: 'a name' });
    expect(bench.received().map(({ from, raw_from: raw }) => [from, raw])).toEqual([
      ['72500', undefined],
      ['Postern', undefined],
    ]);
  });

  it('of a text in parts that the network wrote in two ways is still one', async () => {
    const { bench, arrives } = await ready();
    bench.set({ country: 'DE' });
    const from = '015112345678';
    await arrives({ from, text: 'one ', concat: { ref: 3, total: 2, seq: 1, bits: 8 } });
    await arrives({ from, text: 'two', concat: { ref: 3, total: 2, seq: 2, bits: 8 } });
    expect(bench.received()).toMatchObject([{ from: '+4915112345678', body: 'one two' }]);
  });
});

it('how long a text waits for its missing parts is a setting, also for one that waits already', async () => {
  const { bench, clock, arrives } = await ready();
  await arrives({ text: 'one ', concat: { ref: 3, total: 2, seq: 1, bits: 8 } });
  await clock.advance(3 * 3_600_000);
  expect(bench.received()).toEqual([]);
  bench.settings.change({ long_text_hours: 2 });
  await clock.advance(600_000);
  expect(bench.received()).toMatchObject([{ body: 'one […]', complete: false }]);
  await arrives({ text: 'two', concat: { ref: 3, total: 2, seq: 2, bits: 8 } });
  expect(bench.received()).toMatchObject([{ body: 'one two', complete: true }]);
  const ids = bench.told.map(({ data }) => data.message_id);
  expect(ids).toEqual([ids[0], ids[0]]);
});
