import { describe, expect, test } from 'vitest';
import { Browser } from './browser.ts';
import { type RunningApi, startApi } from './running-api.ts';

const limited = (api: RunningApi, requestsPerMinute: number) =>
  api.keys.create({ name: 'x', scopes: ['sms:read'], requests_per_minute: requestsPerMinute }).key;
const ask = (api: RunningApi, key: string) =>
  api.ask('/v1/sms', { headers: { authorization: `Bearer ${key}` } });

describe('a key with a limit', () => {
  test('is told with each answer how it stands, and when it may go on', async () => {
    const api = await startApi();
    const key = limited(api, 2);
    const first = await ask(api, key);
    expect(first.headers).toMatchObject({
      'ratelimit-policy': '"key";q=2;w=60',
      ratelimit: '"key";r=1;t=60',
    });
    await api.clock.advance(10_500);
    expect((await ask(api, key)).headers.ratelimit).toBe('"key";r=0;t=50');
    const third = await ask(api, key);
    expect(third.status).toBe(429);
    expect(third.json.error.code).toBe('RATE_LIMIT_EXCEEDED');
    expect(third.headers).toMatchObject({ 'retry-after': '50', ratelimit: '"key";r=0;t=50' });
    await api.clock.advance(49_499);
    expect((await ask(api, key)).status).toBe(429);
    await api.clock.advance(1);
    expect((await ask(api, key)).status).toBe(200);
  });

  test('holds for requests that come at once, and not for other keys', async () => {
    const api = await startApi();
    const key = limited(api, 7);
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask(api, key)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(7);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(23);
    expect((await ask(api, limited(api, 7))).status).toBe(200);
  });

  test('is not the way to read a text out of a refusal: nothing is done beyond it', async () => {
    const api = await startApi();
    const key = api.keys.create({ name: 'x', scopes: ['sms:send'], requests_per_minute: 1 }).key;
    const send = () =>
      api.send({ from: '+14155552671', to: '+14155553000', body: 'x' }, { authorization: `Bearer ${key}` });
    expect([(await send()).status, (await send()).status]).toEqual([202, 429]);
    expect((await api.ask('/v1/sms')).json.meta.total).toBe(1);
  });
});

test('the headers that tell it stand in the OpenAPI document, wherever a key is asked for', async () => {
  const { paths } = (await startApi().then((api) => api.document())) as unknown as {
    paths: Record<string, Record<string, { responses: Record<string, { headers: object }> }>>;
  };
  const headersOf = (path: string, status: string) =>
    Object.keys(paths[path]?.get?.responses[status]?.headers ?? {});
  for (const status of ['200', '429', '422'])
    expect(headersOf('/v1/sms', status)).toEqual(expect.arrayContaining(['RateLimit', 'RateLimit-Policy']));
  expect(headersOf('/healthz', '200')).not.toContain('RateLimit');
});

test('a key without a limit has that of the gateway, or none', async () => {
  const free = await startApi();
  expect((await free.ask('/v1/sms')).headers.ratelimit).toBeUndefined();
  const api = await startApi({ requestsPerMinute: 1 });
  expect((await api.ask('/v1/sms')).status).toBe(200);
  expect((await api.ask('/v1/sms')).status).toBe(429);
  expect((await ask(api, limited(api, 5))).headers['ratelimit-policy']).toBe('"key";q=5;w=60');
});

test('people are not counted', async () => {
  const api = await startApi({ requestsPerMinute: 1 });
  const browser = new Browser(api);
  await browser.ask(await api.signInPath());
  for (let time = 0; time < 5; time++) expect((await browser.ask('/v1/sms')).status).toBe(200);
});
