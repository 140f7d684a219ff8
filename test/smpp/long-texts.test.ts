import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { commandStatus, SmppRefusal } from '../../src/smpp/command-status.ts';
import { LongSubmissions, type SendJoined } from '../../src/smpp/long-submissions.ts';
import { concatenationHeader } from '../../src/smpp/user-data-header.ts';
import { SmppPartStore } from '../../src/store/smpp-part-store.ts';
import { ManualClock } from '../manual-clock.ts';
import { friend } from '../messages/gateway-bench.ts';
import { temporaryDatabase } from '../store/temporary-database.ts';
import { SmppBench } from './smpp-bench.ts';
import type { SmppClient } from './smpp-client.ts';

const udh = 0x40;
const words = ['One for the money, ', 'two for the show, ', 'three to get ready.'];

function part(
  client: SmppClient,
  position: number,
  total = 3,
  reference = 7,
  text = words[position - 1] ?? '',
  fields: Readonly<Record<string, unknown>> = {},
) {
  const octets = Buffer.concat([concatenationHeader(reference, total, position), Buffer.from(text)]);
  return client.submit('', { esm_class: udh, short_message: octets, ...fields });
}

async function opened() {
  const bench = await SmppBench.open();
  const client = await bench.bound();
  return { bench, client, sent: () => bench.network.submissions.all.map(({ text }) => text) };
}

describe('a long text in parts', () => {
  it('is one message once all of them are there, in whatever order they come', async () => {
    const { bench, client } = await opened();
    const answers = [await part(client, 3), await part(client, 1), await part(client, 2)];
    const [id, ...others] = answers.map(({ message_id }) => String(message_id));
    expect(others).toEqual([id, id]);
    expect(bench.gateway.message(id ?? '')).toMatchObject({
      body: words.join(''),
      to: friend,
      segment_count: 1,
    });
    await bench.gateway.reaches(id ?? '', 'delivered');
  });

  it('is joined by the sar parameters and by 16-bit references too', async () => {
    const { bench, client } = await opened();
    const sar = (position: number) =>
      client.submit(words[position - 1] ?? '', {
        sar_msg_ref_num: 515,
        sar_total_segments: 3,
        sar_segment_seqnum: position,
      });
    await Promise.all([sar(1), sar(2)]);
    const { message_id: bySar } = await sar(3);
    expect(bench.gateway.message(String(bySar)).body).toBe(words.join(''));
    const wide = (position: number) => {
      const header = Buffer.from([6, 8, 4, 2, 3, 2, position]);
      const octets = Buffer.concat([header, Buffer.from(words[position - 1] ?? '')]);
      return client.submit('', { esm_class: udh, short_message: octets });
    };
    await wide(1);
    const { message_id: byWide } = await wide(2);
    expect(bench.gateway.message(String(byWide)).body).toBe(words.slice(0, 2).join(''));
  });

  it('keeps a character whole that was cut in two', async () => {
    const { bench, client } = await opened();
    const octets = Buffer.from('Well done 👍', 'utf16le').swap16();
    const half = (position: number, text: Buffer) =>
      client.submit('', {
        data_coding: 8,
        esm_class: udh,
        short_message: Buffer.concat([concatenationHeader(9, 2, position), text]),
      });
    await half(1, octets.subarray(0, -2));
    const { message_id } = await half(2, octets.subarray(-2));
    expect(bench.gateway.message(String(message_id)).body).toBe('Well done 👍');
  });

  it('reads each part in the alphabet that this part names', async () => {
    const { bench, client } = await opened();
    const inAlphabet = (position: number, data_coding: number, octets: Buffer) => {
      const header = concatenationHeader(9, 3, position);
      return client.submit('', {
        data_coding,
        esm_class: udh,
        short_message: Buffer.concat([header, octets]),
      });
    };
    await inAlphabet(1, 0, Buffer.from('Good morning, '));
    await inAlphabet(3, 0, Buffer.from(' @ noon'.replace('@', '\0')));
    const { message_id } = await inAlphabet(2, 8, Buffer.from('доброе утро', 'utf16le').swap16());
    expect(bench.gateway.message(String(message_id)).body).toBe('Good morning, доброе утро @ noon');
  });

  it('outlives a crash between its parts', async () => {
    const { bench, client } = await opened();
    const { message_id } = await part(client, 1);
    await bench.crash();
    const again = await bench.bound();
    await part(again, 2);
    expect((await part(again, 3)).message_id).toBe(message_id);
    expect(bench.gateway.message(String(message_id)).body).toBe(words.join(''));
  });

  it('takes a part that comes twice once', async () => {
    const { bench, client } = await opened();
    await part(client, 1);
    await part(client, 1);
    await part(client, 2);
    await Promise.all([part(client, 3), part(client, 3)]);
    await bench.until('the text left', () => bench.network.submissions.all.length > 0);
    await bench.clock.advance(3_600_000);
    expect(bench.network.submissions.all.map(({ text }) => text)).toEqual([words.join('')]);
  });

  it('is another text where all its parts come again', async () => {
    const { bench, client, sent } = await opened();
    for (const _ of [1, 2]) for (const position of [1, 2, 3]) await part(client, position);
    await bench.until('both left', () => sent().length === 2);
    expect(sent()).toEqual([words.join(''), words.join('')]);
  });

  it('is sent with a mark where a part did not come within ten minutes', async () => {
    const { bench, client, sent } = await opened();
    const { message_id } = await part(client, 1, 4);
    await part(client, 4, 4, 7, 'go!');
    await bench.clock.advance(9 * 60_000);
    expect(sent()).toEqual([]);
    await bench.clock.advance(3 * 60_000);
    expect(bench.gateway.message(String(message_id)).body).toBe(`${words[0]}[…]go!`);
  });

  it('with parts missing is kept while no text can be taken, and sent once one can', async () => {
    const { bench, client } = await opened();
    const { message_id } = await part(client, 1);
    bench.gateway.notReady = 'The disk is full.';
    expect((await part(client, 2)).command_status).toBe(0x14);
    await bench.clock.advance(20 * 60_000);
    bench.gateway.notReady = undefined;
    await bench.clock.advance(2 * 60_000);
    expect(bench.gateway.message(String(message_id)).body).toBe(`${words[0]}[…]`);
  });

  it('can be tried again from its last part where the queue was full', async () => {
    const { bench, client } = await opened();
    bench.gateway.pause(true);
    bench.gateway.set({ limits: { queue: 1 } } as never);
    await client.submit('In the way');
    await part(client, 1);
    await part(client, 2);
    expect((await part(client, 3)).command_status).toBe(0x14);
    bench.gateway.set({ limits: { queue: 10 } } as never);
    const { message_id } = await part(client, 3);
    expect(bench.gateway.message(String(message_id)).body).toBe(words.join(''));
  });

  it('that is too long is refused with its last part, and never sent without it', async () => {
    const { bench, client, sent } = await opened();
    const total = 12;
    const taken = (position: number) => part(client, position, total, 7, 'x'.repeat(140));
    for (let position = 1; position < total; position++)
      expect((await taken(position)).command_status).toBe(0);
    const { command_status: refused } = await taken(total);
    expect(refused).toBe(commandStatus.invalidMessageLength);
    await taken(total);
    await bench.clock.advance(20 * 60_000);
    expect(sent()).toEqual([]);
  });

  it('with parts missing that is refused for good is told to its client', async () => {
    const { bench, client, sent } = await opened();
    const { message_id } = await part(client, 1, 3, 7, words[0], { registered_delivery: 1 });
    const entry = { number: friend, note: null, source: 'reply' } as const;
    bench.gateway.lists.add('opted-out', entry, bench.clock.now());
    await bench.clock.advance(12 * 60_000);
    await bench.until('the receipt came', () => client.delivered.length > 0);
    const [receipt] = client.delivered;
    expect([receipt?.receipted_message_id, receipt?.message_state]).toEqual([message_id, 8]);
    expect(String(receipt?.short_message)).toContain('stat:REJECTD');
    await bench.clock.advance(20 * 60_000);
    expect([client.delivered.length, sent()]).toEqual([1, []]);
  });
});

async function turnsUntil(condition: () => boolean): Promise<void> {
  while (!condition()) await nextTurn();
}

/** A store of parts, and how the first half of a text gets there. */
function halves(clock: ManualClock) {
  const parts = new SmppPartStore(temporaryDatabase());
  const submission = JSON.stringify({
    fields: {},
    alphabet: 'gsm7',
    wanted: 0,
    addresses: {},
    keyId: 'k',
    total: 2,
  });
  const keep = (messageId: string) =>
    parts.keep({
      groupKey: messageId,
      messageId,
      position: 1,
      octets: Buffer.from('Half'),
      submission,
      receivedAt: clock.now(),
      joined: false,
    });
  return { parts, keep };
}

it('many texts with parts missing that cannot be taken yet keep no other one waiting', async () => {
  const clock = new ManualClock();
  const { parts, keep } = halves(clock);
  for (let n = 0; n < 120; n++) keep(`full ${n}`);
  keep('other');
  const sent: string[] = [];
  const send: SendJoined = async (_keyId, { messageId }, written) => {
    if (messageId.startsWith('full')) throw new SmppRefusal(commandStatus.messageQueueFull, 'full');
    sent.push(messageId);
    written();
  };
  const long = new LongSubmissions(parts, send, () => undefined, clock, silentLog);
  long.start();
  await clock.advance(13 * 60_000);
  await turnsUntil(() => sent.length > 0);
  expect(sent).toEqual(['other']);
  long.stop();
});

it('many texts with parts missing that are refused for good leave turns to all else', async () => {
  const clock = new ManualClock();
  const { parts, keep } = halves(clock);
  for (let n = 0; n < 200; n++) keep(`refused ${n}`);
  const inTurns: number[] = [0];
  const looked = () => inTurns.reduce((sum, each) => sum + each);
  const endTurn = () => {
    inTurns.push(0);
    if (looked() < 200) setImmediate(endTurn);
  };
  const send: SendJoined = async () => {
    inTurns[inTurns.length - 1] = (inTurns.at(-1) ?? 0) + 1;
    throw new SmppRefusal(commandStatus.invalidDestination, 'no such number');
  };
  const long = new LongSubmissions(parts, send, (_keyId, _text, written) => written(), clock, silentLog);
  setImmediate(endTurn);
  long.start();
  await clock.advance(13 * 60_000);
  await turnsUntil(() => looked() === 200);
  expect(Math.max(...inTurns)).toBeLessThanOrEqual(50);
  long.stop();
});

it('parts wait no longer for the rest of their text where the clock was set back since', async () => {
  const clock = new ManualClock();
  const { parts, keep } = halves(clock);
  const sent: string[] = [];
  const send: SendJoined = async (_keyId, { messageId }, written) => {
    sent.push(messageId);
    written();
  };
  const long = new LongSubmissions(parts, send, () => undefined, clock, silentLog);
  keep('half');
  long.start();
  clock.shift(-5 * 3_600_000);
  long.clockMoved(-5 * 3_600_000);
  await clock.advance(13 * 60_000);
  expect(sent).toEqual(['half']);
  long.stop();
});

it('a part that comes while another text with the same reference is accepted belongs to a text of its own', async () => {
  const clock = new ManualClock();
  const { parts } = halves(clock);
  const accepted = Promise.withResolvers<void>();
  const sent: string[] = [];
  const send: SendJoined = async (_keyId, { body }, written) => {
    await accepted.promise;
    sent.push(body);
    written();
  };
  const long = new LongSubmissions(parts, send, () => undefined, clock, silentLog);
  const take = (position: number, text: string) => {
    const address = { ton: 1, npi: 1, address: '15557654321' };
    const place = { reference: 7, kind: '8 bit', total: 2, position } as const;
    const addresses = { source: address, destination: address };
    const fields = { to: friend };
    return long.take({
      keyId: 'k',
      place,
      fields,
      alphabet: 'gsm7',
      wanted: 0,
      addresses,
      octets: Buffer.from(text),
    });
  };
  const [first, second] = [await take(1, 'One, '), await take(1, 'Two, ')];
  const ends = [take(2, 'buckle my shoe'), take(2, 'knock at the door'), take(2, 'buckle my shoe')];
  accepted.resolve();
  expect(await Promise.all(ends)).toEqual([second, first, second]);
  expect(sent.toSorted()).toEqual(['One, knock at the door', 'Two, buckle my shoe']);
});

it('a part that comes while others are given up is waited with for the rest of its text', async () => {
  const clock = new ManualClock();
  const { parts } = halves(clock);
  const accepted = Promise.withResolvers<void>();
  const begun: string[] = [];
  const sent: string[] = [];
  const send: SendJoined = async (_keyId, { body }, written) => {
    begun.push(body);
    await accepted.promise;
    sent.push(body);
    written();
  };
  const long = new LongSubmissions(parts, send, () => undefined, clock, silentLog);
  const take = (reference: number, position: number, text: string) => {
    const address = { ton: 1, npi: 1, address: '15557654321' };
    return long.take({
      keyId: 'k',
      place: { reference, kind: '8 bit', total: 3, position },
      fields: { to: friend },
      alphabet: 'gsm7',
      wanted: 0,
      addresses: { source: address, destination: address },
      octets: Buffer.from(text),
    });
  };
  await take(7, 1, 'One, ');
  await take(8, 1, 'Six, ');
  long.start();
  await clock.advance(12 * 60_000);
  expect(begun).toHaveLength(1);
  const [first = ''] = begun;
  await (first.startsWith('One') ? take(8, 2, 'seven, ') : take(7, 2, 'two, '));
  accepted.resolve();
  await clock.advance(60_000);
  expect(sent).toEqual([first]);
  await clock.advance(12 * 60_000);
  expect(sent).toEqual([first, first.startsWith('One') ? 'Six, seven, […]' : 'One, two, […]']);
  long.stop();
});

it('parts are not waited for any more by a server that was stopped in the middle of a look', async () => {
  const clock = new ManualClock();
  const { parts, keep } = halves(clock);
  const sending = Promise.withResolvers<void>();
  const sent: string[] = [];
  const send: SendJoined = async (_keyId, { messageId }, written) => {
    sent.push(messageId);
    await sending.promise;
    written();
  };
  const long = new LongSubmissions(parts, send, () => undefined, clock, silentLog);
  keep('first');
  long.start();
  await clock.advance(12 * 60_000);
  long.stop();
  sending.resolve();
  await clock.advance(0);
  keep('second');
  await clock.advance(20 * 60_000);
  expect(sent).toEqual(['first']);
});
