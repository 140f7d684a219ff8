import { describe, expect, test } from 'vitest';
import { message } from '../../src/contract/message.ts';
import { story } from '../../src/contract/story.ts';
import { storeMessage } from '../store/stored-message.ts';
import { awayNumber, type RunningApi, startApi } from './running-api.ts';

const text = { from: awayNumber, to: '+14155553000', body: 'Hello' };

async function sent(api: RunningApi): Promise<string> {
  return (await api.send(text)).json.data.message_id;
}

describe('cancelling over the API', () => {
  test('answers with the message as it is now, and once only', async () => {
    const api = await startApi();
    const id = await sent(api);
    const answer = await api.ask(`/v1/sms/${id.toUpperCase()}/cancel`, { method: 'POST' });
    expect(answer.status).toBe(200);
    expect(message.parse(answer.json.data)).toMatchObject({ message_id: id, status: 'failed' });
    expect(answer.json.data.failure_reason).toMatch(/^cancelled: /);
    const again = await api.ask(`/v1/sms/${id}/cancel`, { method: 'POST' });
    expect([again.status, again.json.error.code]).toEqual([409, 'MESSAGE_NOT_CANCELLABLE']);
  });

  test.each(['nothing', '00000000-0000-4000-8000-000000000000'])('of %s is 404', async (id) => {
    const api = await startApi();
    for (const action of ['cancel', 'resend']) {
      const answer = await api.ask(`/v1/sms/${id}/${action}`, { method: 'POST' });
      expect([answer.status, answer.json.error.code]).toEqual([404, 'MESSAGE_NOT_FOUND']);
    }
    for (const part of ['events', 'pdus']) {
      expect((await api.ask(`/v1/sms/${id}/${part}`)).json.error.code).toBe('MESSAGE_NOT_FOUND');
    }
  });

  test('of a text that came in is refused as what cannot be, not as unknown', async () => {
    const api = await startApi();
    const id = storeMessage(api.database, { direction: 'inbound' });
    for (const [action, code] of [
      ['cancel', 'MESSAGE_NOT_CANCELLABLE'],
      ['resend', 'MESSAGE_NOT_RESENDABLE'],
    ]) {
      const answer = await api.ask(`/v1/sms/${id}/${action}`, { method: 'POST' });
      expect([answer.status, answer.json.error.code]).toEqual([409, code]);
      expect(answer.json.error.message).toContain('came in');
    }
  });

  test('needs a key that may send', async () => {
    const api = await startApi();
    const id = await sent(api);
    const authorization = `Bearer ${api.newKey(['sms:read'])}`;
    const answer = await api.ask(`/v1/sms/${id}/cancel`, { method: 'POST', headers: { authorization } });
    expect([answer.status, answer.json.error.code]).toEqual([403, 'FORBIDDEN']);
  });
});

test('tells which key handed a text in, with which Idempotency-Key', async () => {
  const api = await startApi();
  const accepted = await api.send(text, { 'idempotency-key': 'order-7' });
  const told = await api.ask(`/v1/sms/${accepted.json.data.message_id}/events`);
  expect(told.json.data.origin).toEqual({
    kind: 'key',
    name: 'test',
    idempotency_key: 'order-7',
    batch: null,
  });
  expect(told.json.data.modem).toBeNull();
});

describe('sending again over the API', () => {
  test('is a new message, the same one for the same Idempotency-Key', async () => {
    const api = await startApi();
    const id = await sent(api);
    await api.ask(`/v1/sms/${id}/cancel`, { method: 'POST' });
    const resend = () =>
      api.ask(`/v1/sms/${id}/resend`, { method: 'POST', headers: { 'idempotency-key': 'again' } });
    const [first, second] = [await resend(), await resend()];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.json.data).toEqual(first.json.data);
    const shown = await api.ask(`/v1/sms/${first.json.data.message_id}`);
    expect(shown.json.data).toMatchObject({ resend_of: id, body: text.body });
  });

  test('with the key of another message of the same words is another request', async () => {
    const api = await startApi();
    const failed = await Promise.all([sent(api), sent(api)]);
    for (const id of failed) await api.ask(`/v1/sms/${id}/cancel`, { method: 'POST' });
    const headers = { 'idempotency-key': 'again' };
    const answers = [];
    for (const id of failed) answers.push(await api.ask(`/v1/sms/${id}/resend`, { method: 'POST', headers }));
    expect(answers.map(({ status }) => status)).toEqual([202, 409]);
  });

  test('is refused while the message still waits', async () => {
    const api = await startApi();
    const answer = await api.ask(`/v1/sms/${await sent(api)}/resend`, { method: 'POST' });
    expect([answer.status, answer.json.error.code]).toEqual([409, 'MESSAGE_NOT_RESENDABLE']);
  });
});

describe('erasing over the API', () => {
  test('needs an admin, and empties the message', async () => {
    const api = await startApi();
    const id = await sent(api);
    await api.ask(`/v1/sms/${id}/cancel`, { method: 'POST' });
    expect((await api.ask(`/v1/sms/${id}`, { method: 'DELETE' })).status).toBe(403);
    const headers = { authorization: `Bearer ${api.newKey(['admin'])}` };
    const answer = await api.ask(`/v1/sms/${id}`, { method: 'DELETE', headers });
    expect(answer.status).toBe(200);
    expect(message.parse(answer.json.data)).toMatchObject({ body: '', to: null, status: 'failed' });
    expect((await api.ask(`/v1/sms/${id}`)).json.data).toEqual(answer.json.data);
  });
});

test('the story of a message is told in full', async () => {
  const api = await startApi();
  const id = await sent(api);
  const answer = await api.ask(`/v1/sms/${id}/events`);
  expect(story.parse(answer.json.data)).toEqual(answer.json.data);
  expect(answer.json.data.events.map(({ entry }: { entry: string }) => entry)).toEqual(['accepted']);
  expect(answer.json.data.parts).toMatchObject([{ part: 1, state: 'waiting', attempts: [] }]);
  expect((await api.ask(`/v1/sms/${id}/pdus`)).json.data).toEqual([]);
});
