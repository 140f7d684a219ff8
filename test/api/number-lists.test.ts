import { describe, expect, test } from 'vitest';
import { pageOf } from '../../src/contract/envelope.ts';
import { listEntry } from '../../src/contract/number-list.ts';
import { type Asked, at, ownNumber, startApi } from './running-api.ts';

async function asAdmin() {
  const api = await startApi();
  const headers = { authorization: `Bearer ${api.newKey(['admin'])}` };
  const ask = (path: string, asked: Asked = {}) => api.ask(path, { ...asked, headers });
  const add = (list: string, body: object) => ask(`/v1/lists/${list}`, { method: 'POST', body });
  return { api, ask, add };
}

const text = { from: ownNumber, to: '+14155553000', body: 'Hello' };

describe('a list of numbers', () => {
  test('takes entries, shows them by number, and gives them up', async () => {
    const { ask, add } = await asAdmin();
    const added = await add('blocked', { number: '+4915*', note: 'all of them' });
    expect([added.status, added.json.data]).toEqual([
      201,
      { number: '+4915*', note: 'all of them', source: 'person', created_at: at('2026-06-08T13:30:06Z') },
    ]);
    await add('blocked', { number: 'Spammer' });
    const shown = await ask('/v1/lists/blocked');
    expect(pageOf(listEntry).parse(shown.json)).toEqual(shown.json);
    expect(shown.json.data.map(({ number }: { number: string }) => number)).toEqual(['+4915*', 'Spammer']);
    expect(shown.json.meta.total).toBe(2);
    expect((await ask('/v1/lists/allowed')).json.data).toEqual([]);
    const removed = await ask(`/v1/lists/blocked/${encodeURIComponent('+4915*')}`, { method: 'DELETE' });
    expect([removed.status, removed.json.data]).toEqual([200, { number: '+4915*' }]);
    const again = await ask('/v1/lists/blocked/+4915*', { method: 'DELETE' });
    expect([again.status, again.json.error.code]).toEqual([404, 'ENTRY_NOT_FOUND']);
  });

  test('takes a number once', async () => {
    const { ask, add } = await asAdmin();
    await add('opted-out', { number: text.to });
    expect((await add('opted-out', { number: text.to, note: 'by letter' })).json.data.note).toBe('by letter');
    expect((await ask('/v1/lists/opted-out')).json.meta.total).toBe(1);
  });

  test.each([
    ['blocked', { number: '*' }, ['number']],
    ['blocked', { number: 'a*' }, ['number']],
    ['allowed', { number: '', colour: 'red' }, ['colour', 'number']],
    ['opted-out', { number: '+4915*' }, ['number']],
    ['opted-out', { number: 'Spammer' }, ['number']],
  ])('%s refuses %j, naming the field', async (list, body, fields) => {
    const { add } = await asAdmin();
    const { status, json } = await add(list, body);
    expect([status, Object.keys(json.error.details).sort()]).toEqual([422, fields]);
  });

  test('that there is not is 404, and changing one needs an admin', async () => {
    const { api, ask } = await asAdmin();
    expect((await ask('/v1/lists/friends')).json.error.code).toBe('NOT_FOUND');
    const asReader = await api.ask('/v1/lists/blocked', { method: 'POST', body: { number: text.to } });
    expect(asReader.json.error.code).toBe('FORBIDDEN');
    expect((await api.ask('/v1/lists/blocked')).status).toBe(200);
  });
});

describe('a text', () => {
  test.each([
    ['opted-out', 'RECIPIENT_OPTED_OUT'],
    ['blocked', 'RECIPIENT_BLOCKED'],
  ])('to a number on the list %s is refused, and accepted when it is off again', async (list, code) => {
    const { api, ask, add } = await asAdmin();
    await add(list, { number: text.to });
    const refused = await api.send(text);
    expect([refused.status, refused.json.error.code]).toEqual([422, code]);
    expect(refused.json.error.details.to).toBeDefined();
    expect((await api.ask('/v1/sms')).json.meta.total).toBe(0);
    await ask(`/v1/lists/${list}/${text.to}`, { method: 'DELETE' });
    expect((await api.send(text)).status).toBe(202);
  });

  test('that was accepted before is answered as it was, for the same Idempotency-Key', async () => {
    const { api, add } = await asAdmin();
    const headers = { 'idempotency-key': 'once' };
    const first = await api.send(text, headers);
    await add('opted-out', { number: text.to });
    expect((await api.send(text, headers)).json).toEqual(first.json);
  });
});

test('who is heard and the words are settings', async () => {
  const { ask } = await asAdmin();
  const change = (body: object) => ask('/v1/settings', { method: 'PATCH', body });
  const changed = await change({
    inbound_from: 'only_allowed',
    opt_out_words: ['HALT'],
    opt_out_replies: true,
  });
  expect(changed.json.data).toMatchObject({
    inbound_from: 'only_allowed',
    outbound_to: 'not_blocked',
    opt_out_words: ['HALT'],
    opt_in_words: ['START', 'UNSTOP'],
  });
  const wrong = await change({ inbound_from: 'nobody', opt_in_words: [''] });
  expect(Object.keys(wrong.json.error.details).sort()).toEqual(['inbound_from', 'opt_in_words.0']);
});
