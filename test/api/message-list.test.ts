import { describe, expect, test } from 'vitest';
import { pageOf } from '../../src/contract/envelope.ts';
import { message } from '../../src/contract/message.ts';
import { storeMessage } from '../store/stored-message.ts';
import { startApi } from './running-api.ts';

describe('GET /v1/sms/{message_id}', () => {
  test('shows exactly the documented fields', async () => {
    const api = await startApi();
    const id = storeMessage(api.database, {
      message_id: '2a583efc-0c41-47b5-a1fe-885fc7ec2720',
      status: 'delivered',
      sent_at: '2026-06-08T13:30:09.750Z',
      delivered_at: '2026-06-08T14:02:11Z',
    });
    const answer = await api.ask(`/v1/sms/${id}`);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      success: true,
      data: {
        message_id: id,
        from: '+14155552671',
        to: '+14155553000',
        body: 'Your verification code is 482910',
        direction: 'outbound',
        segment_count: 1,
        status: 'delivered',
        failure_reason: null,
        sent_at: '2026-06-08T13:30:09Z',
        delivered_at: '2026-06-08T14:02:11Z',
        cost_usd: null,
        created_at: '2026-06-08T13:30:06Z',
        client_reference: null,
        encoding: 'gsm7',
      },
    });
  });

  test('knows an id in capitals, and with a slash behind it', async () => {
    const api = await startApi();
    const id = storeMessage(api.database);
    expect((await api.ask(`/v1/sms/${id.toUpperCase()}`)).json.data.message_id).toBe(id);
    expect((await api.ask(`/v1/sms/${id}/`)).json.data.message_id).toBe(id);
  });

  test('says why a text failed, and whether one that came in is complete', async () => {
    const api = await startApi();
    const reason =
      'network_rejected: the network refused the message (+CMS ERROR: 21, short message transfer rejected)';
    const failed = storeMessage(api.database, { status: 'failed', failure_reason: reason });
    const partial = storeMessage(api.database, { direction: 'inbound', complete: false, to: null });
    expect((await api.ask(`/v1/sms/${failed}`)).json.data.failure_reason).toBe(reason);
    expect((await api.ask(`/v1/sms/${partial}`)).json.data).toMatchObject({ complete: false, to: null });
  });

  test.each([
    ['is unknown', crypto.randomUUID()],
    ['is no UUID', '42'],
    ['is a word', 'latest'],
    ['is nearly a UUID', '2a583efc-0c41-47b5-a1fe-885fc7ec272'],
    ['has something behind it', `${crypto.randomUUID()}x`],
    ['is SQL', `'%20OR%201=1--`],
    ['is NUL', '%00'],
    ['is a path', '..%2f..%2fetc%2fpasswd'],
    ['is not UTF-8', '%ff%fe'],
    ['is half a percent', '%'],
    ['is wrongly encoded', '%zz'],
    ['is both', '%e4%zz'],
    ['is very long', 'x'.repeat(8_000)],
  ])('answers 404 for an id that %s', async (_what, id) => {
    const api = await startApi();
    storeMessage(api.database);
    const answer = await api.ask(`/v1/sms/${id}`);
    expect(answer.status).toBe(404);
    expect(answer.json).toEqual({
      success: false,
      error: { code: 'MESSAGE_NOT_FOUND', message: expect.any(String) },
    });
  });
});

describe('GET /v1/sms', () => {
  test('is an empty first page where there is nothing', async () => {
    const api = await startApi();
    const answer = await api.ask('/v1/sms');
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      success: true,
      data: [],
      meta: { page: 1, per_page: 20, total: 0, total_pages: 0 },
    });
  });

  test('is newest first, cut into pages, with true counts on each, also past the end', async () => {
    const api = await startApi();
    const stored = Array.from({ length: 5 }, () => storeMessage(api.database)).reverse();
    const first = await api.ask('/v1/sms?per_page=2');
    expect(pageOf(message).parse(first.json)).toEqual(first.json);
    expect(first.json.meta).toEqual({ page: 1, per_page: 2, total: 5, total_pages: 3 });
    const found = [];
    for (const page of [1, 2, 3, 4]) {
      const { json } = await api.ask(`/v1/sms?per_page=2&page=${page}`);
      expect(json.meta).toEqual({ page, per_page: 2, total: 5, total_pages: 3 });
      found.push(...json.data);
    }
    expect(found.map(({ message_id }) => message_id)).toEqual(stored);
  });

  test('takes a number with its plus encoded or not', async () => {
    const api = await startApi();
    const id = storeMessage(api.database, { direction: 'inbound', from: '+491701234567' });
    storeMessage(api.database);
    for (const number of ['%2B491701234567', '+491701234567', '%20491701234567']) {
      const { json } = await api.ask(`/v1/sms?number=${number}`);
      expect(json.data.map((found: { message_id: string }) => found.message_id)).toEqual([id]);
    }
  });

  test('joins all filters', async () => {
    const api = await startApi();
    const id = storeMessage(api.database, { status: 'failed', created_at: '2026-06-10T12:00:00Z' });
    storeMessage(api.database, { status: 'failed' });
    storeMessage(api.database, { created_at: '2026-06-10T12:00:00Z' });
    const query =
      'direction=outbound&status=failed&from_date=2026-06-10&to_date=2026-06-10&q=code&number=%2B14155553000';
    const { json } = await api.ask(`/v1/sms?${query}`);
    expect(json.meta.total).toBe(1);
    expect(json.data[0].message_id).toBe(id);
  });

  test('with after= lets a client that polls see each message once, oldest first', async () => {
    const api = await startApi();
    let last = storeMessage(api.database);
    const stored = Array.from({ length: 3 }, () => storeMessage(api.database));
    const seen: string[] = [];
    for (let poll = 0; poll < 3; poll++) {
      const { json } = await api.ask(`/v1/sms?after=${last}&per_page=2`);
      seen.push(...json.data.map((found: { message_id: string }) => found.message_id));
      last = seen.at(-1) ?? last;
    }
    expect(seen).toEqual(stored);
  });

  test.each([
    ['nothing known', 'foo=1&bar[]=2&__proto__=3&constructor=4'],
    ['no values', ''],
    ['the deepest page', 'page=1000000000'],
    ['the longest page', 'per_page=100'],
    ['a leap day', 'from_date=2024-02-29'],
    ['octets that are not UTF-8', 'q=%ff%fe'],
    ['broken encoding', 'q=%zz%'],
    ['a search for signs', 'q=%25%5F%27%22%5C'],
    ['a thousand parameters', Array.from({ length: 1_000 }, (_, index) => `x${index}=1`).join('&')],
  ])('takes %s', async (_what, query) => {
    const api = await startApi();
    expect((await api.ask(`/v1/sms?${query}`)).status).toBe(200);
  });

  const once = 'must be a single string';
  const whole = 'must be a whole number';
  test.each<[string, Record<string, unknown>]>([
    ['page=0', { page: 'must be between 1 and 1000000000' }],
    ['page=-1', { page: whole }],
    ['page=1.5', { page: whole }],
    ['page=abc', { page: whole }],
    ['page=', { page: whole }],
    ['page=1e3', { page: whole }],
    ['page=99999999999', { page: 'must be between 1 and 1000000000' }],
    ['page=9999999999999999999999', { page: whole }],
    ['page=1&page=2', { page: once }],
    ['per_page=0', { per_page: 'must be between 1 and 100' }],
    ['per_page=101', { per_page: 'must be between 1 and 100' }],
    ['per_page=ten', { per_page: whole }],
    ['direction=sideways', { direction: 'must be one of outbound, inbound' }],
    ['direction=Inbound', { direction: expect.any(String) }],
    ['direction=', { direction: expect.any(String) }],
    ['status=done', { status: expect.stringContaining('must be one of queued, dispatched') }],
    ['status=sent&status=failed', { status: expect.any(String) }],
    ['from_date=2026-02-30', { from_date: 'is not a day of the calendar' }],
    ['from_date=2026-13-01', { from_date: 'is not a day of the calendar' }],
    ['from_date=08.06.2026', { from_date: 'must be a day written YYYY-MM-DD' }],
    ['from_date=2026-06-08T00:00:00Z', { from_date: 'must be a day written YYYY-MM-DD' }],
    ['to_date=yesterday', { to_date: 'must be a day written YYYY-MM-DD' }],
    ['number=', { number: 'must not be empty' }],
    [`number=${'1'.repeat(65)}`, { number: 'must be at most 64 characters' }],
    ['q=', { q: 'must not be empty' }],
    [`q=${'x'.repeat(257)}`, { q: 'must be at most 256 characters' }],
    ['after=42', { after: 'must be the message_id of a message' }],
    ['after=2a583efc-0c41-47b5-a1fe-885fc7ec2720', { after: 'is not the message_id of a message here' }],
    [
      'page=0&status=x&to_date=y',
      {
        page: expect.any(String),
        status: expect.any(String),
        to_date: expect.any(String),
      },
    ],
  ])('refuses ?%s and names what is wrong', async (query, details) => {
    const api = await startApi();
    const answer = await api.ask(`/v1/sms?${query}`);
    expect(answer.status).toBe(422);
    expect(answer.json).toEqual({
      success: false,
      error: { code: 'VALIDATION_ERROR', message: expect.any(String), details },
    });
  });
});
