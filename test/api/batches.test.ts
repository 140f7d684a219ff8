import { describe, expect, test } from 'vitest';
import { acceptedBatch, batch as batchSchema } from '../../src/contract/batch.ts';
import { awayNumber, ownNumber, type RunningApi, startApi } from './running-api.ts';

const good = { from: ownNumber, to: '+14155553000', body: 'x' };

const post = (api: RunningApi, body: object, headers: Record<string, string> = {}) =>
  api.ask('/v1/sms/batch', { method: 'POST', body, headers });
const act = (api: RunningApi, id: string, action: string) =>
  api.ask(`/v1/batches/${id}`, { method: 'POST', body: { action } });
const total = async (api: RunningApi) => (await api.ask('/v1/sms')).json.meta.total;

describe('POST /v1/sms/batch', () => {
  test('answers each text by itself, in order, and takes what is good', async () => {
    const api = await startApi();
    const messages = [
      good,
      { ...good, to: 'x' },
      { ...good, from: '+14155550000' },
      7,
      { ...good, from: awayNumber },
    ];
    const answer = await post(api, { messages, name: 'Invitations' });
    expect(answer.status).toBe(202);
    const { batch_id, results, ...counts } = acceptedBatch.parse(answer.json.data);
    expect(counts).toEqual({ accepted: 2, refused: 3 });
    expect(results).toMatchObject([
      { success: true, data: { status: 'dispatched' } },
      { success: false, error: { code: 'VALIDATION_ERROR', details: { to: expect.any(String) } } },
      { success: false, error: { code: 'NUMBER_NOT_FOUND', details: { from: expect.any(String) } } },
      { success: false, error: { code: 'VALIDATION_ERROR' } },
      { success: true, data: { status: 'queued' } },
    ]);
    expect(await total(api)).toBe(2);
    const shown = await api.ask(`/v1/batches/${batch_id}`);
    expect(batchSchema.strict().parse(shown.json.data)).toMatchObject({
      batch_id,
      name: 'Invitations',
      state: 'running',
      total: 2,
      refused: 3,
      counts: { queued: 1, dispatched: 1, sent: 0, delivered: 0, failed: 0 },
    });
    expect(api.audit.page({ page: 1, per_page: 9 }).data).toMatchObject([
      { action: 'batch.create', target: batch_id, details: { name: 'Invitations', accepted: 2, refused: 3 } },
    ]);
  });

  test('says of the texts of a paused one that they wait, and names who may not be written to', async () => {
    const api = await startApi();
    const headers = { authorization: `Bearer ${api.newKey(['admin'])}` };
    const barred = '+14155557777';
    await api.ask('/v1/lists/opted-out', { method: 'POST', body: { number: barred }, headers });
    const { json } = await post(api, { messages: [good, { ...good, to: barred }], paused: true });
    expect(json.data.results).toMatchObject([
      { success: true, data: { status: 'queued' } },
      { success: false, error: { code: 'RECIPIENT_OPTED_OUT', details: { to: expect.any(String) } } },
    ]);
  });

  test('of which nothing waits is finished, also where it is paused', async () => {
    const api = await startApi();
    const { batch_id: id } = (await post(api, { messages: [{ ...good, to: 'x' }], paused: true })).json.data;
    expect((await api.ask(`/v1/batches/${id}`)).json.data).toMatchObject({ state: 'finished', refused: 1 });
    expect((await act(api, id, 'pause')).json.data.state).toBe('finished');
  });

  test('takes a thousand texts, and no more', async () => {
    const api = await startApi();
    const messages = Array.from({ length: 1_001 }, (_, index) => ({ ...good, client_reference: `${index}` }));
    const tooMany = await post(api, { messages });
    expect([tooMany.status, Object.keys(tooMany.json.error.details)]).toEqual([422, ['messages']]);
    expect(await total(api)).toBe(0);
    const answer = await post(api, { messages: messages.slice(1) });
    expect(answer.json.data).toMatchObject({ accepted: 1_000, refused: 0 });
    expect(await total(api)).toBe(1_000);
  });

  test('takes a body of more than 64 KiB, and none of more than 24 MiB', async () => {
    const api = await startApi();
    const messages = Array.from({ length: 100 }, () => ({ ...good, body: '\u{1F600}'.repeat(1_600) }));
    expect((await post(api, { messages })).json.data.accepted).toBe(100);
    const head = `Host: localhost\r\nAuthorization: Bearer ${api.key}\r\nContent-Type: application/json\r\nConnection: close\r\n`;
    const huge = 24 * 1024 * 1024 + 8 * 1024 * 1024 + 1;
    const answer = await api.raw(`POST /v1/sms/batch HTTP/1.1\r\n${head}Content-Length: ${huge}\r\n\r\n{`);
    expect(answer).toContain('HTTP/1.1 413');
  });

  test.each([
    ['no messages', {}, 'messages'],
    ['an empty list', { messages: [] }, 'messages'],
    ['what is no list', { messages: { 0: good } }, 'messages'],
    ['a field nobody knows', { messages: [good], from: ownNumber }, 'from'],
  ])('with %s is a mistake in that field', async (_what, body, field) => {
    const api = await startApi();
    const answer = await post(api, body);
    expect([answer.status, Object.keys(answer.json.error.details)]).toEqual([422, [field]]);
  });

  test('repeated a hundred times at once with the same Idempotency-Key sends once', async () => {
    const api = await startApi();
    const headers = { 'idempotency-key': 'batch-1' };
    const body = { messages: [good, { ...good, to: 'x' }] };
    const answers = await Promise.all(Array.from({ length: 100 }, () => post(api, body, headers)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await total(api)).toBe(1);
    const other = await post(api, { messages: [good] }, headers);
    expect([other.status, other.json.error.code]).toEqual([409, 'IDEMPOTENCY_CONFLICT']);
    expect((await api.ask('/v1/batches')).json.meta.total).toBe(1);
  });

  test('keeps neither text nor recipient for its repeats', async () => {
    const api = await startApi();
    await post(api, { messages: [{ ...good, body: 'a secret' }] }, { 'idempotency-key': 'batch-1' });
    const rows = JSON.stringify(api.database.prepare('SELECT * FROM idempotency').all());
    expect(rows).not.toMatch(/a secret|14155553000/);
  });
});

describe('/v1/batches/{batch_id}', () => {
  test('pauses, resumes and cancels, each of which is written down', async () => {
    const api = await startApi();
    const { batch_id: id } = (await post(api, { messages: [good, good], paused: true })).json.data;
    expect((await api.ask(`/v1/batches/${id}`)).json.data.state).toBe('paused');
    expect((await act(api, id, 'resume')).json.data.state).toBe('running');
    expect((await act(api, id, 'pause')).json.data).toMatchObject({ state: 'paused', counts: { queued: 2 } });
    expect((await act(api, id, 'cancel')).json.data).toMatchObject({
      state: 'cancelled',
      counts: { failed: 2 },
    });
    const refused = await act(api, id, 'resume');
    expect([refused.status, refused.json.error.code]).toEqual([409, 'BATCH_CANCELLED']);
    const actions = api.audit.page({ page: 1, per_page: 9 }).data.map(({ action }) => action);
    expect(actions.reverse()).toEqual(['batch.create', 'batch.resume', 'batch.pause', 'batch.cancel']);
  });

  test.each(['nobody', '00000000-0000-4000-8000-000000000000', "'--", '%00'])('%s is none', async (id) => {
    const api = await startApi();
    const shown = await api.ask(`/v1/batches/${id}`);
    expect([shown.status, shown.json.error.code]).toEqual([404, 'BATCH_NOT_FOUND']);
    expect((await act(api, id, 'pause')).status).toBe(404);
  });

  test('takes no other action', async () => {
    const api = await startApi();
    const { batch_id: id } = (await post(api, { messages: [good] })).json.data;
    const answer = await act(api, id, 'delete');
    expect([answer.status, Object.keys(answer.json.error.details)]).toEqual([422, ['action']]);
  });
});
