import { describe, expect, it } from 'vitest';
import type { Pdu } from '../../src/smpp/pdu.ts';
import { friend, ours } from '../messages/gateway-bench.ts';
import { SmppBench } from './smpp-bench.ts';
import type { SmppClient } from './smpp-client.ts';

const wantsReceipt = { registered_delivery: 1 };
const textOf = (pdu: Pdu | undefined) => (pdu?.short_message as Buffer | undefined)?.toString('latin1') ?? '';

async function opened(mode?: string) {
  const bench = await SmppBench.open();
  const client = await bench.bound(mode);
  return { bench, client };
}

function arrive(bench: SmppBench, text: string): void {
  bench.network.deliver({ from: friend, to: ours, text });
}

async function comes(bench: SmppBench, client: SmppClient, count = 1): Promise<Pdu> {
  await bench.until(`${count} deliveries`, () => client.delivered.length >= count);
  return client.delivered[count - 1] as Pdu;
}

const allTaken = (bench: SmppBench) => bench.until('all is acknowledged', () => bench.store.waiting() === 0);

describe('a delivery receipt', () => {
  it('names our message, its fate, and the addresses the other way round', async () => {
    const { bench, client } = await opened();
    const { message_id } = await client.submit('Will it arrive?', wantsReceipt);
    const receipt = await comes(bench, client);
    expect(receipt).toMatchObject({
      esm_class: 4,
      source_addr: '15557654321',
      source_addr_ton: 1,
      destination_addr: '15550001111',
      receipted_message_id: message_id,
      message_state: 2,
    });
    expect(textOf(receipt)).toMatch(
      new RegExp(
        `^id:${message_id} sub:001 dlvrd:001 submit date:2606081330 done date:260608133\\d stat:DELIVRD err:000 text:`,
      ),
    );
    await allTaken(bench);
  });

  it('comes for a text that was scheduled for a day more than a month ahead', async () => {
    const { bench, client } = await opened();
    const { message_id } = await client.submit('In forty days', {
      ...wantsReceipt,
      schedule_delivery_time: '000110000000000R',
    });
    bench.clock.shift(41 * 24 * 3_600_000 - 3_600_000);
    for (let minute = 0; minute < 65; minute++)
      await bench.until('', () => false, 60_000).catch(() => undefined);
    expect((await comes(bench, client)).receipted_message_id).toBe(message_id);
  });

  it('comes for the failures alone where only they are asked for, and never unasked', async () => {
    const { bench, client } = await opened();
    await client.submit('Nobody asks');
    const { message_id } = await client.submit('Only failures', { registered_delivery: 2 });
    await bench.gateway.reaches(String(message_id), 'delivered');
    bench.gateway.pause(true);
    const cancelled = await client.submit('Cancelled', { registered_delivery: 2 });
    bench.gateway.control.cancel(String(cancelled.message_id));
    const receipt = await comes(bench, client);
    expect(textOf(receipt)).toContain(`id:${cancelled.message_id} `);
    expect(textOf(receipt)).toContain('stat:DELETED');
    expect(client.delivered).toHaveLength(1);
  });

  it('tells of the way too where the client wants that', async () => {
    const { bench, client } = await opened();
    await client.submit('Step by step', { registered_delivery: 0x11 });
    await comes(bench, client, 2);
    expect(client.delivered.map(({ esm_class, message_state }) => [esm_class, message_state])).toEqual([
      [0x20, 1],
      [4, 2],
    ]);
  });

  it('waits on disk while its client is away, through a crash, until it is acknowledged', async () => {
    const { bench, client } = await opened('transmitter');
    const { message_id } = await client.submit('Nobody home', wantsReceipt);
    await bench.gateway.reaches(String(message_id), 'delivered');
    await bench.crash();
    const silent = await bench.bound('receiver', Number.NaN);
    await comes(bench, silent);
    await silent.end();
    const again = await bench.bound('receiver');
    expect((await comes(bench, again)).receipted_message_id).toBe(message_id);
    await allTaken(bench);
    const later = await bench.bound('receiver');
    await later.request('enquire_link');
    expect(later.delivered).toEqual([]);
  });
});

describe('an inbound text', () => {
  it('comes to a receiver in the alphabet that holds it', async () => {
    const { bench, client } = await opened('receiver');
    arrive(bench, 'Plain @ €');
    const plain = await comes(bench, client);
    expect(plain).toMatchObject({
      esm_class: 0,
      data_coding: 0,
      source_addr: '15557654321',
      source_addr_ton: 1,
    });
    expect(plain.destination_addr).toBe('15550001111');
    expect(plain.short_message).toEqual(Buffer.from('Plain \x00 \x1be', 'latin1'));
    arrive(bench, 'Привет');
    const other = await comes(bench, client, 2);
    expect(other.data_coding).toBe(8);
    expect((other.short_message as Buffer).swap16().toString('utf16le')).toBe('Привет');
    await allTaken(bench);
  });

  it('is cut where a telephone would cut it, with a header that counts the parts', async () => {
    const { bench, client } = await opened('receiver');
    const text = 'A long story. '.repeat(20);
    arrive(bench, text);
    await comes(bench, client, 2);
    const parts = client.delivered.map(({ short_message }) => short_message as Buffer);
    expect(client.delivered.map(({ esm_class }) => esm_class)).toEqual([0x40, 0x40]);
    expect(parts.map((octets) => [...octets.subarray(4, 6)])).toEqual([
      [2, 1],
      [2, 2],
    ]);
    expect(parts.map((octets) => octets.subarray(6).toString('latin1')).join('')).toBe(text);
    await allTaken(bench);
  });

  it('is not given to a transmitter, nor to a key that may not read', async () => {
    const { bench, client } = await opened('transmitter');
    arrive(bench, 'Not for you');
    await bench.until('it came in', () => bench.gateway.received().length === 1);
    await client.request('enquire_link');
    expect(client.delivered).toEqual([]);
    expect(bench.store.waiting()).toBe(0);
  });

  it('that is longer than SMPP can carry holds up none that came after it', async () => {
    const { bench, client } = await opened('receiver');
    await client.end();
    arrive(bench, 'Monstrous');
    await bench.until('it came in', () => bench.gateway.received().length === 1);
    const { database } = bench.gateway.table;
    database.prepare('UPDATE messages SET body = ?').run('я'.repeat(20_000));
    arrive(bench, 'Next');
    await bench.until('it came in', () => bench.gateway.received().length === 2);
    const again = await bench.bound('receiver');
    expect(textOf(await comes(bench, again))).toBe('Next');
    await allTaken(bench);
  });

  it('bears the name of its sender in Latin-1, with a mark for what that does not have', async () => {
    const { bench, client } = await opened('receiver');
    for (const [index, from] of ['Büro', 'Ωmega€'].entries()) {
      bench.network.deliver({ from, to: ours, text: `From a name ${index}` });
      await comes(bench, client, index + 1);
    }
    const names = client.delivered.map(({ source_addr, source_addr_ton }) => [source_addr_ton, source_addr]);
    expect(names).toEqual([
      [5, 'B|ro'], // as the library reads Latin-1: without the highest bit
      [5, '?mega?'],
    ]);
  });

  it('that came while the receiver was away comes when it binds again', async () => {
    const { bench, client } = await opened('receiver');
    await client.end();
    arrive(bench, 'While you were out');
    await bench.until('it came in', () => bench.gateway.received().length === 1);
    const again = await bench.bound('receiver');
    expect(textOf(await comes(bench, again))).toBe('While you were out');
  });

  it('is shared among the receivers of one key, and given to every key', async () => {
    const { bench, client } = await opened('receiver');
    const second = await bench.bound('receiver');
    const other = bench.connect();
    const { id, key } = bench.newKey(['sms:read']);
    await other.bind('receiver', id, key);
    arrive(bench, 'For all');
    await bench.until('it comes', () => other.delivered.length === 1);
    await allTaken(bench);
    expect(client.delivered.length + second.delivered.length).toBe(1);
  });

  it('comes again later where the client could not take it, and not where it will not', async () => {
    const { bench, client } = await opened('receiver');
    client.answerWith = 0x64;
    arrive(bench, 'Try again');
    await comes(bench, client);
    client.answerWith = 0x65;
    await comes(bench, client, 2);
    await allTaken(bench);
    expect(client.delivered.map(textOf)).toEqual(['Try again', 'Try again']);
  });

  it('does not wait for the time by a clock that was set back since it was refused', async () => {
    const { bench, client } = await opened('receiver');
    client.answerWith = 0x64;
    arrive(bench, 'Late');
    await comes(bench, client);
    await bench.until(
      'it is put off',
      () => bench.store.nextDueAt(bench.keyId, bench.clock.now()) !== undefined,
    );
    client.answerWith = 0;
    bench.clock.shift(-5 * 3_600_000);
    bench.gateway.table.database.transaction(() => bench.server.clockMoved(-5 * 3_600_000));
    const before = bench.clock.monotonic();
    await allTaken(bench);
    expect(bench.clock.monotonic() - before).toBeLessThan(60_000);
  });

  it('comes again also where the clock is a little behind the timer that waits for it', async () => {
    const { bench, client } = await opened('receiver');
    client.answerWith = 0x64;
    arrive(bench, 'Almost');
    await comes(bench, client);
    await bench.until(
      'it is put off',
      () => bench.store.nextDueAt(bench.keyId, bench.clock.now()) !== undefined,
    );
    client.answerWith = 0;
    bench.clock.shift(-500);
    await allTaken(bench);
  });

  it('that was refused comes again after a restart, with nothing else that would stir it', async () => {
    const { bench, client } = await opened('receiver');
    client.answerWith = 0x64;
    arrive(bench, 'Try again');
    await comes(bench, client);
    await bench.until(
      'it is put off',
      () => bench.store.nextDueAt(bench.keyId, bench.clock.now()) !== undefined,
    );
    await bench.crash();
    bench.clock.shift(-10_000); // what the stop took
    const again = await bench.bound('receiver');
    await comes(bench, again);
    await allTaken(bench);
  });

  it('that is refused again and again is dropped after 30 days', async () => {
    const { bench, client } = await opened('receiver');
    client.answerWith = 0x64;
    arrive(bench, 'Never taken');
    await comes(bench, client);
    bench.clock.shift(31 * 24 * 3_600_000);
    for (let minute = 0; minute < 61; minute++) {
      await bench.until('a minute', () => false, 60_000).catch(() => undefined);
    }
    expect([client.closed, bench.store.waiting()]).toEqual([false, 0]);
  });

  it('is not forgotten because it seems old when the clock was set ahead', async () => {
    const { bench, client } = await opened('receiver');
    await client.end();
    arrive(bench, 'Just now');
    await bench.until('it came in', () => bench.gateway.received().length === 1);
    bench.clock.shift(60 * 24 * 3_600_000);
    bench.gateway.table.database.transaction(() => bench.server.clockMoved(60 * 24 * 3_600_000));
    await bench.clock.advance(7_300_000);
    const again = await bench.bound('receiver');
    expect(textOf(await comes(bench, again))).toBe('Just now');
  });

  it('comes to a client that has been bound for more than 30 days', async () => {
    const { bench, client } = await opened('receiver');
    await bench.clock.advance(60_000);
    bench.clock.shift(31 * 24 * 3_600_000);
    for (let minute = 0; minute < 61; minute++) {
      await bench.until('a minute', () => false, 60_000).catch(() => undefined);
    }
    expect(client.closed).toBe(false);
    arrive(bench, 'Still there?');
    await comes(bench, client);
  });

  it('goes out a window at a time', async () => {
    const { bench, client } = await opened('receiver');
    client.answerWith = Number.NaN;
    for (let n = 0; n < 15; n++) arrive(bench, `Text ${n}`);
    await bench.until('all came in', () => bench.gateway.received().length === 15);
    await client.request('enquire_link');
    await client.request('enquire_link');
    expect(client.delivered.length).toBeLessThanOrEqual(10);
    expect(bench.store.waiting()).toBe(15);
  });

  it('that is long counts as its parts in the window, and goes by itself where it is longer than that', async () => {
    const { bench, client } = await opened('receiver');
    client.answerWith = Number.NaN;
    const long = (count: number) => `${count} is long. `.repeat(12 * count);
    for (const count of [4, 4, 4, 13]) arrive(bench, long(count));
    await bench.until('all came in', () => bench.gateway.received().length === 4);
    for (let turns = 0; turns < 3; turns++) await client.request('enquire_link');
    expect(client.delivered).toHaveLength(8);
    client.answerWith = 0;
    for (const pdu of client.delivered) client.answer(pdu, 0);
    await allTaken(bench);
    const parts = client.delivered.map(({ short_message }) => (short_message as Buffer).subarray(6));
    expect(Buffer.concat(parts).toString('latin1')).toBe([4, 4, 4, 13].map(long).join(''));
  });

  it('that is acknowledged after the goodbye of the gateway does not come again', async () => {
    const { bench, client } = await opened('receiver');
    client.answerWith = Number.NaN;
    arrive(bench, 'At the last moment');
    const delivery = await comes(bench, client);
    const stopped = bench.server.stop();
    await bench.until('the goodbye', () => client.heard.includes('unbind'), 1_000);
    client.answer(delivery, 0);
    await bench.until('the end', () => client.closed);
    await bench.clock.advance(10_000);
    await stopped;
    expect(bench.store.waiting()).toBe(0);
  });

  it.each(['INSERT ON smpp_receivers', 'UPDATE ON smpp_deliveries', 'DELETE ON smpp_deliveries'])(
    'outlives a disk that refuses %s',
    async (change) => {
      const bench = await SmppBench.open();
      const { database } = bench.gateway.table;
      const refusal = `BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`;
      database.prepare(`CREATE TRIGGER refuse BEFORE ${change} ${refusal}`).run();
      const client = await bench.bound('receiver', 0x64);
      arrive(bench, 'Try again');
      await comes(bench, client);
      await bench.clock.advance(5_000);
      expect(client.delivered).toHaveLength(1);
      database.prepare('DROP TRIGGER refuse').run();
      client.answerWith = 0;
      await allTaken(bench);
    },
  );

  it('ends the connection of a client that never answers, and keeps the text', async () => {
    const { bench, client } = await opened('receiver');
    client.answerWith = Number.NaN;
    arrive(bench, 'Anyone?');
    await comes(bench, client);
    await bench.until('the end', () => client.closed, 120_000);
    expect(bench.store.waiting()).toBe(1);
  });
});
