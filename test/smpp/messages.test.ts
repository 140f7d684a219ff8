import { describe, expect, it } from 'vitest';
import { SmppBench } from './smpp-bench.ts';

const invalidMessageId = 0x0c;
const [cancelFailed, replaceFailed] = [0x11, 0x13];
const [enroute, delivered, deleted] = [1, 2, 4];

async function opened(mode?: string) {
  const bench = await SmppBench.open();
  return { bench, client: await bench.bound(mode) };
}

describe('query_sm', () => {
  it('tells how a text stands, and when it came to its end', async () => {
    const { bench, client } = await opened();
    bench.gateway.pause(true);
    const { message_id } = await client.submit('Hello');
    expect(await client.request('query_sm', { message_id })).toMatchObject({
      command_status: 0,
      message_id,
      message_state: enroute,
      final_date: '',
      error_code: 0,
    });
    bench.gateway.pause(false);
    await bench.gateway.reaches(String(message_id), 'delivered');
    expect(await client.request('query_sm', { message_id, source_addr: '15550001111' })).toMatchObject({
      command_status: 0,
      message_state: delivered,
      final_date: expect.stringMatching(/^26060813\d{5}00\+$/),
    });
  });

  it('knows the texts of its own key only', async () => {
    const { bench, client } = await opened('transmitter');
    const { message_id } = await client.submit('Mine');
    const { id, key } = bench.newKey(['sms:send']);
    const other = bench.connect();
    await other.bind('transmitter', id, key);
    for (const asked of [message_id, '00000000-0000-4000-8000-000000000000', 'nonsense', '']) {
      const answer = await other.request('query_sm', { message_id: asked });
      expect([answer.command, answer.command_status]).toEqual(['query_sm_resp', invalidMessageId]);
    }
    expect((await client.request('query_sm', { message_id })).command_status).toBe(0);
  });

  it('is refused where the sender is another, to a receiver, and before the bind', async () => {
    const { bench, client } = await opened();
    bench.gateway.pause(true);
    const { message_id } = await client.submit('Hello');
    const receiver = await bench.bound('receiver');
    expect((await receiver.request('query_sm', { message_id })).command_status).toBe(0x04);
    expect((await bench.connect().request('query_sm', { message_id })).command_status).toBe(0x04);
  });
});

describe('cancel_sm', () => {
  it('takes a text back that has not begun to leave', async () => {
    const { bench, client } = await opened();
    bench.gateway.pause(true);
    const { message_id } = await client.submit('Take it back');
    expect((await client.request('cancel_sm', { message_id })).command_status).toBe(0);
    expect(await client.request('query_sm', { message_id })).toMatchObject({ message_state: deleted });
    expect(bench.gateway.find(String(message_id))?.failure_reason).toMatch(/^cancelled:/);
    expect((await client.request('cancel_sm', { message_id })).command_status).toBe(cancelFailed);
  });

  it('fails for what has left, for texts of others, and for whole ranges of texts', async () => {
    const { bench, client } = await opened();
    const { message_id } = await client.submit('Gone');
    await bench.gateway.reaches(String(message_id), 'delivered');
    const statusOf = async (fields: object) =>
      (await client.request('cancel_sm', { ...fields })).command_status;
    expect(await statusOf({ message_id })).toBe(cancelFailed);
    expect(await statusOf({ message_id: '00000000-0000-4000-8000-000000000000' })).toBe(invalidMessageId);
    expect(await statusOf({ source_addr: '15550001111', destination_addr: '15557654321' })).toBe(
      cancelFailed,
    );
  });
});

it('replace_sm is refused by its own answer, and the text leaves as it was', async () => {
  const { bench, client } = await opened();
  bench.gateway.pause(true);
  const { message_id } = await client.submit('As it was');
  const short_message = Buffer.from('Another');
  const answer = await client.request('replace_sm', { message_id, short_message });
  expect([answer.command, answer.command_status]).toEqual(['replace_sm_resp', replaceFailed]);
  expect(bench.gateway.find(String(message_id))?.body).toBe('As it was');
});
