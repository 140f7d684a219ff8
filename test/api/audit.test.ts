import { describe, expect, test } from 'vitest';
import { type AuditEntry, auditEntry } from '../../src/contract/audit.ts';
import { at, modem, ownNumber, type RunningApi, sim, startApi } from './running-api.ts';

const anywhere = { page: 1, per_page: 100 };

function entries(api: RunningApi): AuditEntry[] {
  return api.audit.page(anywhere).data;
}

async function adminOf(api: RunningApi) {
  const { id, key } = api.keys.create({ name: 'Office', scopes: ['admin'] });
  return { id, headers: { authorization: `Bearer ${key}`, 'x-request-id': 'request-1' } };
}

describe('the audit log', () => {
  test('tells who changed what, from where and with which request', async () => {
    const api = await startApi();
    const admin = await adminOf(api);
    await api.ask('/v1/settings', {
      method: 'PATCH',
      body: { sending_paused: true },
      headers: admin.headers,
    });
    const answer = await api.ask('/v1/audit', { headers: admin.headers });
    expect(answer.json.meta).toEqual({ page: 1, per_page: 100, total: 1, total_pages: 1 });
    expect(auditEntry.strict().parse(answer.json.data[0])).toEqual({
      id: expect.any(Number),
      at: at('2026-06-08T13:30:06Z'),
      action: 'settings.change',
      target: null,
      details: { sending_paused: true },
      actor: { kind: 'key', id: admin.id, name: 'Office', address: '127.0.0.1' },
      request_id: 'request-1',
    });
  });

  test('has a line for every change that was made, and none for one that was refused', async () => {
    const api = await startApi();
    const { headers } = await adminOf(api);
    const { message_id: id } = (await api.send({ from: ownNumber, to: '+14155553000', body: 'x' })).json.data;
    const card = api.sims.findOrCreate({ iccid: sim.iccid ?? '', imsi: undefined, modemId: 'x' }, 0);
    const ask = (method: string, path: string, body?: object) =>
      api.ask(path, { method, headers, ...(body ? { body } : {}) });
    await ask('POST', `/v1/sms/${id}/cancel`);
    await ask('POST', `/v1/sms/${id}/cancel`); // refused: it is final
    await ask('POST', `/v1/sms/${id}/resend`);
    await ask('DELETE', `/v1/sms/${id}`);
    await ask('PATCH', `/v1/sims/${card.iccid}`, { label: 'Front desk', pin: '80719246' });
    await ask('PATCH', `/v1/sims/${card.iccid}`, { label: 7 }); // refused
    await ask('POST', `/v1/sims/${card.iccid}/pause`);
    await ask('POST', `/v1/sims/${card.iccid}/resume`);
    await ask('POST', `/v1/modems/${modem.id}/reset`);
    expect(
      entries(api)
        .reverse()
        .map(({ action, target }) => [action, target]),
    ).toEqual([
      ['message.cancel', id],
      ['message.resend', id],
      ['message.erase', id],
      ['sim.change', card.iccid],
      ['sim.pause', card.iccid],
      ['sim.resume', card.iccid],
      ['modem.reset', modem.id],
    ]);
    expect(JSON.stringify(entries(api))).not.toContain('80719246');
  });

  test('holds no key that was made', async () => {
    const api = await startApi();
    const { headers } = await adminOf(api);
    const made = await api.ask('/v1/keys', { method: 'POST', body: { name: 'Till' }, headers });
    const [entry] = entries(api);
    expect(entry).toMatchObject({ action: 'key.create', target: made.json.data.id });
    expect(JSON.stringify(entry)).not.toContain('ak_');
  });

  test('is written with the change or not at all', async () => {
    const api = await startApi();
    const { headers } = await adminOf(api);
    api.database.prepare('DROP TABLE audit').run();
    const answer = await api.ask('/v1/keys', { method: 'POST', body: { name: 'Till' }, headers });
    expect(answer.status).toBe(500);
    expect(api.keys.list().map(({ name }) => name)).not.toContain('Till');
  });

  test('is searched by action, target, actor and day', async () => {
    const api = await startApi();
    const { id, headers } = await adminOf(api);
    const { id: made } = (await api.ask('/v1/keys', { method: 'POST', body: { name: 'x' }, headers })).json
      .data;
    await api.clock.advance(24 * 3_600_000);
    await api.ask(`/v1/keys/${made}`, { method: 'DELETE', headers });
    const found = async (query: string) =>
      (await api.ask(`/v1/audit?${query}`, { headers })).json.data.map(({ action }: AuditEntry) => action);
    expect(await found('')).toEqual(['key.revoke', 'key.create']);
    expect(await found('action=key.create')).toEqual(['key.create']);
    expect(await found(`target=${made}&per_page=1&page=2`)).toEqual(['key.create']);
    expect(await found(`actor=${id}`)).toEqual(['key.revoke', 'key.create']);
    expect(await found('actor=Office&to_date=2026-06-08')).toEqual(['key.create']);
    expect(await found('from_date=2026-06-09')).toEqual(['key.revoke']);
    expect(await found('actor=nobody')).toEqual([]);
    const wrong = await api.ask('/v1/audit?action=all&from_date=today', { headers });
    expect([wrong.status, Object.keys(wrong.json.error.details)]).toEqual([422, ['action', 'from_date']]);
  });

  test('forgets what is older than 400 days', async () => {
    const api = await startApi();
    const { headers } = await adminOf(api);
    const change = () =>
      api.ask('/v1/settings', { method: 'PATCH', body: { sending_paused: true }, headers });
    await change();
    api.clock.shift(400 * 24 * 3_600_000);
    await change();
    api.audit.prune(10);
    expect(entries(api)).toHaveLength(2);
    api.clock.shift(1);
    api.audit.prune(10);
    expect(entries(api)).toHaveLength(1);
  });
});
