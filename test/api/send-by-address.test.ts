import { describe, expect, test } from 'vitest';
import { ownNumber, type RunningApi, startApi } from './running-api.ts';

const fetched = (api: RunningApi, changes: Record<string, string> = {}, method = 'GET', headers = {}) => {
  const query = new URLSearchParams({
    from: ownNumber,
    to: '+14155553000',
    text: 'Door open',
    key: api.key,
    ...changes,
  });
  return api.ask(`/send?${query}`, { method, headers: { authorization: [], ...headers } });
};

describe('sending by fetching an address', () => {
  test('is off until somebody switches it on', async () => {
    const api = await startApi();
    const answer = await fetched(api);
    expect([answer.status, answer.json.error.code]).toEqual([404, 'NOT_FOUND']);
    expect((await api.ask('/v1/sms')).json.meta.total).toBe(0);
  });

  test('sends a text, also where the + was not encoded', async () => {
    const api = await startApi({ allowsGetSend: true });
    const answer = await fetched(api);
    expect([answer.status, answer.json.data]).toEqual([
      202,
      expect.objectContaining({ from: ownNumber, to: '+14155553000', body: 'Door open' }),
    ]);
    const plain = `/send?from=${ownNumber}&to=+14155553000&text=Door+open&key=${api.key}`;
    expect((await api.ask(plain, { headers: { authorization: [] } })).json.data.to).toBe('+14155553000');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('sends what an old device writes in Windows-1252 as it was meant, and UTF-8 as it is', async () => {
    const api = await startApi({ allowsGetSend: true });
    const bodyOf = async (text: string) => {
      const path = `/send?from=${ownNumber}&to=+14155553000&text=${text}&key=${api.key}`;
      return (await api.ask(path, { headers: { authorization: [] } })).json.data.body;
    };
    expect(await bodyOf('Feuer+in+der+K%FCche,+3+%80')).toBe('Feuer in der Küche, 3 €');
    expect(await bodyOf('Feuer+in+der+K%C3%BCche,+100%25+%')).toBe('Feuer in der Küche, 100% %');
  });

  test.each([
    [{ key: 'ak_wrong' }, 401, 'INVALID_API_KEY'],
    [{ key: 'ak_wrong', to: '0' }, 401, 'INVALID_API_KEY'],
    [{ key: '' }, 401, 'MISSING_API_KEY'],
    [{ to: '0' }, 422, 'VALIDATION_ERROR'],
    [{ text: '' }, 422, 'VALIDATION_ERROR'],
    [{ from: '+19999999999' }, 404, 'NUMBER_NOT_FOUND'],
  ])('with %j is %i', async (changes, status, code) => {
    const answer = await fetched(await startApi({ allowsGetSend: true }), changes);
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });

  test('needs a key that may send', async () => {
    const api = await startApi({ allowsGetSend: true });
    expect((await fetched(api, { key: api.newKey(['sms:read']) })).status).toBe(403);
  });

  test('is not set off by who only looks', async () => {
    const api = await startApi({ allowsGetSend: true });
    for (const method of ['HEAD', 'POST']) {
      const { status, headers } = await fetched(api, {}, method);
      expect([status, headers.allow]).toEqual([405, 'GET, OPTIONS']);
    }
    expect((await fetched(api, {}, 'GET', { 'sec-purpose': 'prefetch' })).status).toBe(405);
    expect((await api.ask('/v1/sms')).json.meta.total).toBe(0);
  });

  test('counts among what its key may ask in a minute', async () => {
    const api = await startApi({ allowsGetSend: true, requestsPerMinute: 2 });
    await fetched(api);
    await api.ask('/v1/numbers');
    const answer = await fetched(api);
    expect([answer.status, answer.json.error.code]).toEqual([429, 'RATE_LIMIT_EXCEEDED']);
  });
});
