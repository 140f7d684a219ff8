import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/contract/message.ts';
import type { Pdu } from '../../src/smpp/pdu.ts';
import { friend, ours } from '../messages/gateway-bench.ts';
import { SmppBench } from './smpp-bench.ts';

const ok = 0;

async function opened() {
  const bench = await SmppBench.open();
  const client = await bench.bound();
  const messageOf = (answer: Pdu): Message => bench.gateway.message(String(answer.message_id));
  return { bench, client, messageOf };
}

const ucs2 = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('submit_sm', () => {
  it('is answered with the id of a message that is on disk, and leaves', async () => {
    const { bench, client, messageOf } = await opened();
    const answer = await client.submit('Hello from SMPP');
    expect(answer.command_status).toBe(ok);
    expect(messageOf(answer)).toMatchObject({ from: ours, to: friend, body: 'Hello from SMPP' });
    await bench.gateway.reaches(String(answer.message_id), 'delivered');
    expect(bench.network.submissions.all).toMatchObject([{ to: friend, text: 'Hello from SMPP' }]);
  });

  it('survives a power cut right after its answer', async () => {
    const { bench, client } = await opened();
    const answer = await client.submit('Do not lose me');
    await bench.crash();
    expect(bench.gateway.message(String(answer.message_id)).body).toBe('Do not lose me');
  });

  it.each([
    ['GSM 7-bit, a septet an octet', 0, Buffer.from([0x00, 0x1b, 0x65, 0x20, 0x11]), '@€ _'],
    ['IA5', 1, Buffer.from('@ and _ {}'), '@ and _ {}'],
    ['Latin-1', 3, Buffer.from('Grüße', 'latin1'), 'Grüße'],
    ['UCS-2', 8, ucs2('Здравствуйте 👋'), 'Здравствуйте 👋'],
  ])('reads %s', async (_, dataCoding, octets, text) => {
    const { client, messageOf } = await opened();
    const answer = await client.submit('', { data_coding: dataCoding, short_message: octets });
    expect(messageOf(answer).body).toBe(text);
  });

  it('reads message_payload, and joins nothing that is whole', async () => {
    const { client, messageOf } = await opened();
    const text = 'A text that is longer than a short message can be. '.repeat(8);
    const answer = await client.submit('', { message_payload: Buffer.from(text) });
    expect(messageOf(answer)).toMatchObject({ body: text, segment_count: 3 });
  });

  it('takes priority, flash, schedule and validity', async () => {
    const { bench, client } = await opened();
    const answer = await client.submit('Later', {
      priority_flag: 2,
      data_coding: 0x10,
      schedule_delivery_time: '000000010000000R',
      validity_period: '260609133006000+',
    });
    expect(answer.command_status).toBe(ok);
    const row = bench.gateway.outbound.get(bench.gateway.outbound.any(String(answer.message_id))?.seq ?? 0);
    const hour = 3_600_000;
    expect(row).toMatchObject({ priority: 6, flash: 1, due_at: bench.clock.now() + hour });
    expect(row?.expires_at).toBe(bench.clock.now() + 24 * hour);
  });

  it('lets the gateway choose the number where the client names none', async () => {
    const { client, messageOf } = await opened();
    expect(messageOf(await client.submit('From anyone', { source_addr: '' })).from).toBe(ours);
  });

  it('lets names and foreign numbers stand for any number of ours where a person wants that', async () => {
    const bench = await SmppBench.open({ anySender: true });
    const client = await bench.bound();
    for (const sender of [{ source_addr: '15559999999' }, { source_addr: 'Postern', source_addr_ton: 5 }]) {
      const { message_id } = await client.submit('From anyone', sender);
      expect(bench.gateway.message(String(message_id)).from).toBe(ours);
    }
  });

  it('takes a short code, and a number without its plus', async () => {
    const { client, messageOf } = await opened();
    const unknown = { dest_addr_ton: 0, dest_addr_npi: 1 };
    const short = await client.submit('To a short code', { ...unknown, destination_addr: '72404' });
    expect(messageOf(short).to).toBe('72404');
    const bare = await client.submit('To a number', { ...unknown, destination_addr: '15557654321' });
    expect(messageOf(bare).to).toBe('+15557654321');
  });

  it.each([
    ['a sender that is no number of ours', { source_addr: '15559999999' }, 0x0a],
    ['a sender that is a name', { source_addr: 'Postern', source_addr_ton: 5 }, 0x0a],
    ['a recipient that is none', { destination_addr: 'nobody' }, 0x0b],
    ['a recipient that is too short', { destination_addr: '12' }, 0x0b],
    ['a text that is empty', { short_message: Buffer.alloc(0) }, 0x01],
    [
      'a text that is too long',
      { message_payload: Buffer.alloc(1_601, 'x'), short_message: Buffer.alloc(0) },
      0x01,
    ],
    ['two texts at once', { message_payload: Buffer.from('twice') }, 0x01],
    ['half a character', { data_coding: 8, short_message: Buffer.from('abc') }, 0x01],
    ['an octet that GSM 7-bit does not have', { short_message: Buffer.from([0xe4]) }, 0x01],
    ['octets that are no text', { data_coding: 4 }, 0x104],
    ['a time that is none', { schedule_delivery_time: '269999999999999R+' }, 0x61],
    ['a validity that is over', { validity_period: '200101000000000+' }, 0x62],
    ['a validity too short to be kept', { validity_period: '000000000100000R' }, 0x62],
    ['a priority above 3', { priority_flag: 4 }, 0x06],
    ['a receipt for a text', { esm_class: 4 }, 0x43],
    ['a header that is cut off', { esm_class: 0x40, short_message: Buffer.from([9, 0]) }, 0x43],
    ['part 4 of 3', { sar_msg_ref_num: 1, sar_total_segments: 3, sar_segment_seqnum: 4 }, 0x43],
    ['two of the three sar parameters', { sar_msg_ref_num: 1, sar_total_segments: 3 }, 0xc4],
    ['the wish to replace a text', { replace_if_present_flag: 1 }, 0x54],
  ])('refuses %s by the status that names it, and goes on', async (_, fields, status) => {
    const { bench, client } = await opened();
    expect((await client.submit('x', fields)).command_status).toBe(status);
    expect((await client.submit('Fine')).command_status).toBe(ok);
    await bench.until('the text left', () => bench.network.submissions.all.length === 1);
  });

  it('refuses with "queue full" what the queue has no room for', async () => {
    const { bench, client } = await opened();
    bench.gateway.pause(true);
    bench.gateway.set({ limits: { queue: 1 } } as never);
    expect((await client.submit('First')).command_status).toBe(ok);
    expect((await client.submit('Second')).command_status).toBe(0x14);
  });

  it('refuses whom a person does not want to be written to, as the HTTP API does', async () => {
    const { bench, client } = await opened();
    const entry = { number: friend, note: null, source: 'person' } as const;
    bench.gateway.lists.add('opted-out', entry, bench.clock.now());
    expect((await client.submit('Unwanted')).command_status).toBe(0x0b);
    const other = await client.submit('Wanted', { destination_addr: '15557654322' });
    expect(other.command_status).toBe(ok);
  });

  it('holds a key to its texts a minute', async () => {
    const { bench } = await opened();
    const { id, key } = bench.newKey(['sms:send'], 2);
    const client = bench.connect();
    await client.bind('transmitter', id, key);
    const statuses = async () =>
      (await Promise.all([1, 2, 3].map((n) => client.submit(`Text ${n}`)))).map(
        (answer) => answer.command_status,
      );
    expect(await statuses()).toEqual([ok, ok, 0x58]);
    await bench.clock.advance(60_000);
    expect(await statuses()).toEqual([ok, ok, 0x58]);
  });

  it('is told to come again while the disk has no room, and is taken once it has', async () => {
    const { bench, client } = await opened();
    bench.gateway.notReady = 'The disk is full.';
    expect((await client.submit('No room')).command_status).toBe(0x14);
    bench.gateway.notReady = undefined;
    expect((await client.submit('Room')).command_status).toBe(ok);
    expect(bench.gateway.outbound.depth(ours)).toBe(1);
  });

  it('takes a window full of texts at once, and tells who sends more to wait', async () => {
    const { bench, client } = await opened();
    bench.gateway.pause(true);
    const answers = await Promise.all(Array.from({ length: 400 }, (_, n) => client.submit(`Text ${n}`)));
    const taken = answers.filter(({ command_status }) => command_status === ok);
    const throttled = answers.filter(({ command_status }) => command_status === 0x58);
    expect(taken.length).toBeGreaterThanOrEqual(256);
    expect(taken.length + throttled.length).toBe(400);
    const ids = new Set(taken.map(({ message_id }) => message_id));
    expect(ids.size).toBe(taken.length);
    expect(bench.gateway.outbound.depth(ours)).toBe(taken.length);
  });
});
