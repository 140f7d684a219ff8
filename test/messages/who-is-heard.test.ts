import { describe, expect, it } from 'vitest';
import { messageQuery } from '../../src/contract/message-query.ts';
import type { NumberList } from '../../src/contract/number-list.ts';
import { encodeDeliver } from '../../src/gsm/pdu/index.ts';
import { MessageLog } from '../../src/store/message-log.ts';
import { until } from '../modem/eventually.ts';
import { friend, GatewayBench, ours } from './gateway-bench.ts';

const other = '+15557000002';

async function ready() {
  const ready = await GatewayBench.ready();
  const { bench, network, clock } = ready;
  for (const number of [friend, other]) network.addPhone(number, { reports: [0] });
  const list = (name: NumberList, number: string) =>
    bench.lists.add(name, { number, note: null, source: 'person' }, clock.now());
  const writes = async (text: string, from = friend) => {
    const before = bench.received().length;
    network.deliver({ from, to: ours, text });
    await until(clock, text, () => bench.received().length > before, 20_000);
    await clock.advance(2_000);
  };
  const refusal = (to: string) =>
    bench.accept({ to }).then(
      () => undefined,
      (error: { code: string }) => error.code,
    );
  return { ...ready, list, writes, refusal };
}

const told = (bench: GatewayBench) => bench.told.map(({ type, data }) => [type, data.body]);
const marks = (bench: GatewayBench) => bench.received().map(({ body, blocked }) => [body, blocked ?? false]);

describe('a text of a sender on the black list', () => {
  it('is kept and marked, and told to nobody', async () => {
    const { bench, list, writes } = await ready();
    list('blocked', friend);
    await writes('buy now');
    await writes('hello', other);
    expect(marks(bench)).toEqual([
      ['buy now', true],
      ['hello', false],
    ]);
    expect(told(bench)).toEqual([['sms.received', 'hello']]);
    const log = new MessageLog(bench.table.database);
    const found = (blocked: string) =>
      log.page(messageQuery.parse({ blocked }))?.data.map(({ body }) => body);
    expect([found('true'), found('false')]).toEqual([['buy now'], ['hello']]);
  });

  it.each([
    ['its first digits', '+1555765*', friend],
    ['a name in other letters', 'SPAMMER', 'Spammer'],
    ['the number as it came, where its international form is known', '015112345678', '015112345678'],
    ['the international form, where it came in another', '+4915112345678', '015112345678'],
  ])('is known by %s', async (_, entry, from) => {
    const { bench, list, writes } = await ready();
    bench.set({ country: 'DE' });
    list('blocked', entry);
    await writes('buy now', from);
    expect(marks(bench)).toEqual([['buy now', true]]);
  });

  it('is told of where a person wants to hear all', async () => {
    const { bench, list, writes } = await ready();
    bench.settings.change({ inbound_from: 'all' });
    list('blocked', friend);
    await writes('hello');
    expect(told(bench)).toEqual([['sms.received', 'hello']]);
  });
});

it('with a white list only those on it are heard, but for those on the black list too', async () => {
  const { bench, list, writes } = await ready();
  bench.settings.change({ inbound_from: 'only_allowed' });
  list('allowed', '+1555*');
  list('blocked', other);
  await writes('hello');
  await writes('buy now', other);
  await writes('who am I', '+4915112345678');
  expect(marks(bench).map(([, blocked]) => blocked)).toEqual([false, true, true]);
});

describe('a text to', () => {
  it('a number on the black list is refused, and to others not', async () => {
    const { list, refusal } = await ready();
    list('blocked', '+1555700*');
    expect(await refusal(other)).toBe('RECIPIENT_BLOCKED');
    expect(await refusal(friend)).toBeUndefined();
  });

  it('any but a number on the white list is refused, where a person wants that', async () => {
    const { bench, list, refusal } = await ready();
    bench.settings.change({ outbound_to: 'only_allowed' });
    list('allowed', friend);
    expect([await refusal(friend), await refusal(other)]).toEqual([undefined, 'RECIPIENT_BLOCKED']);
  });

  it('who opted out is refused whatever else is set', async () => {
    const { bench, list, refusal } = await ready();
    bench.settings.change({ outbound_to: 'all' });
    list('opted-out', friend);
    expect([await refusal(friend), await refusal(other)]).toEqual(['RECIPIENT_OPTED_OUT', undefined]);
  });
});

describe('a reply', () => {
  it.each(['STOP', 'stop', ' Stop. ', '"STOP!"', 'Unsubscribe'])(
    '%j puts its sender on the list, and nothing is sent there any more',
    async (word) => {
      const { bench, writes, refusal } = await ready();
      bench.settings.change({ opt_out_replies: true });
      await writes(word);
      expect(bench.lists.page('opted-out', 10, 0).entries).toMatchObject([
        { number: friend, source: 'reply' },
      ]);
      expect(await refusal(friend)).toBe('RECIPIENT_OPTED_OUT');
      expect(told(bench)).toEqual([['sms.received', word]]);
    },
  );

  it('START takes it off, whoever put it there', async () => {
    const { bench, list, writes, refusal } = await ready();
    bench.settings.change({ opt_out_replies: true });
    list('opted-out', friend);
    await writes('Start');
    expect(await refusal(friend)).toBeUndefined();
  });

  it.each(['Please stop by at noon', 'STOPP', ''])('%j is only a text', async (body) => {
    const { bench, writes } = await ready();
    bench.settings.change({ opt_out_replies: true });
    await writes(body);
    expect(bench.lists.page('opted-out', 10, 0).total).toBe(0);
  });

  it('counts for nothing while nobody has set that', async () => {
    const { bench, writes } = await ready();
    await writes('STOP');
    expect(bench.lists.page('opted-out', 10, 0).total).toBe(0);
  });

  it('counts by the words that a person set', async () => {
    const { bench, writes, refusal } = await ready();
    bench.settings.change({ opt_out_replies: true, opt_out_words: ['Halt'], opt_in_words: ['weiter'] });
    await writes('STOP');
    expect(await refusal(friend)).toBeUndefined();
    await writes('halt');
    expect(await refusal(friend)).toBe('RECIPIENT_OPTED_OUT');
    await writes('Weiter');
    expect(await refusal(friend)).toBeUndefined();
  });

  it('counts from a number that the network wrote nationally', async () => {
    const { bench, writes, refusal } = await ready();
    bench.settings.change({ opt_out_replies: true });
    await writes('STOP', '015112345678');
    expect(await refusal('+4915112345678')).toBe('RECIPIENT_OPTED_OUT');
    expect(await refusal('+4915212345678')).toBeUndefined();
    await writes('START', '015112345678');
    expect(await refusal('+4915112345678')).toBeUndefined();
  });

  it('keeps back what waits already: it fails as cancelled, and nothing of it leaves', async () => {
    const { bench, network, writes } = await ready();
    bench.settings.change({ opt_out_replies: true });
    const scheduled = { scheduled_at: '2026-06-08T14:30:00Z' };
    const id = await bench.send(scheduled);
    const fine = await bench.send({ ...scheduled, to: other });
    await writes('STOP');
    const failed = await bench.reaches(id, 'failed: cancelled', 4_000_000);
    expect(failed.failure_reason).toMatch(/asked for no more texts/);
    expect(bench.toldOf(id)).toEqual(['sms.failed']);
    await bench.reaches(fine, 'delivered');
    expect(network.submissions.count).toBe(1);
  });

  it('that lay on a SIM which is new here counts for nothing', async () => {
    const { bench } = await ready();
    bench.settings.change({ opt_out_replies: true });
    const stop = encodeDeliver({ from: friend, smsc: null, scts: '2020-06-08T13:30:00Z', text: 'STOP' });
    const place = { simId: bench.simId, storage: 'SM', index: 1, occupied: undefined };
    bench.inbox.take({ ...stop, ...place, imported: true });
    expect(bench.lists.page('opted-out', 10, 0).total).toBe(0);
    bench.inbox.take({ ...stop, ...place, index: 2, imported: false });
    expect(bench.lists.page('opted-out', 10, 0).total).toBe(1);
  });
});
