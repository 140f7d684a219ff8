import { describe, expect, test } from 'vitest';
import { sim } from '../../src/contract/sim.ts';
import { OutboundStore } from '../../src/store/outbound-store.ts';
import { ModemViews } from '../../src/views/modem-views.ts';
import { type Asked, type RunningApi, startApi } from './running-api.ts';

const iccid = '8949020000012345678';
const other = '8949020000087654321';

/** The API over two SIMs that were seen, asked by an administrator. */
async function withSims() {
  const started: { api?: RunningApi } = {};
  const views = () => {
    const { database, sims } = started.api as RunningApi;
    return new ModemViews({ members: [] }, sims, new OutboundStore(database), () => []).sims();
  };
  const api = await startApi({ sims: { views } });
  started.api = api;
  for (const card of [iccid, other]) {
    api.sims.findOrCreate({ iccid: card, imsi: undefined, modemId: 'modem' }, api.clock.now());
  }
  const headers = { authorization: `Bearer ${api.newKey(['admin'])}` };
  const asAdmin = (path: string, asked: Asked = {}) =>
    api.ask(path, { ...asked, headers: { ...headers, ...asked.headers } });
  const change = (body: object, card = iccid) => asAdmin(`/v1/sims/${card}`, { method: 'PATCH', body });
  return { api, asAdmin, change };
}

describe('a SIM', () => {
  test('is shown with all that is set for it, the defaults where nobody has set anything', async () => {
    const { api } = await withSims();
    const { json } = await api.ask(`/v1/sims/${iccid}`);
    expect(sim.parse(json.data)).toEqual(json.data);
    expect(json.data).toMatchObject({
      iccid,
      paused: false,
      windows: [],
      time_zone: 'UTC',
      after_ambiguity: 'never_resend',
      limits: { per_day: null, reserve_percent: 10 },
    });
  });

  test('keeps what a change does not name', async () => {
    const { change } = await withSims();
    await change({ limits: { per_day: 100, gap_seconds: 2.5 }, price_usd_per_segment: 0.05 });
    const { json } = await change({ limits: { per_day: null, per_hour: 20 }, label: 'Till' });
    expect(json.data).toMatchObject({
      label: 'Till',
      price_usd_per_segment: 0.05,
      limits: { per_day: null, per_hour: 20, gap_seconds: 2.5 },
    });
  });

  test('never shows its PIN', async () => {
    const { change } = await withSims();
    const { json, text } = await change({ pin: '4711' });
    expect(json.data.has_pin).toBe(true);
    expect(text).not.toContain('4711');
  });

  test('gets the service centre that a person sets, and its own back', async () => {
    const { api, change } = await withSims();
    expect((await change({ smsc: '+15559998888' })).json.data.smsc).toBe('+15559998888');
    expect(api.sims.list()[0]).toMatchObject({ serviceCentreSource: 'person' });
    expect((await change({ smsc: null })).json.data.smsc).toBeNull();
  });

  test('does not take a number that belongs to another', async () => {
    const { change } = await withSims();
    await change({ number: '+15550001111' });
    const answer = await change({ number: '+15550001111' }, other);
    expect([answer.status, answer.json.error.code]).toEqual([409, 'NUMBER_TAKEN']);
    expect((await change({ number: '+15550001111' })).status).toBe(200);
  });

  test.each([
    [{ windows: [{ days: [], from: '08:00', to: '18:00' }] }, 'windows.0.days'],
    [{ windows: [{ days: ['monday'], from: '08:00', to: '18:00' }] }, 'windows.0.days.0'],
    [{ windows: [{ days: ['mon'], from: '8:00', to: '25:00' }] }, 'windows.0.from'],
    [{ time_zone: 'Mars/Olympus' }, 'time_zone'],
    [{ limits: { per_day: 0 } }, 'limits.per_day'],
    [{ limits: { perday: 3 } }, 'limits.perday'],
    [{ windows: [{ days: ['mon'], from: '08:00', to: '18:00', zone: 'UTC' }] }, 'windows.0.zone'],
    [{ limits: { month_starts_on: 31 } }, 'limits.month_starts_on'],
    [{ after_ambiguity: 'always' }, 'after_ambiguity'],
    [{ evidence_seconds: 0 }, 'evidence_seconds'],
    [{ country: 'Germany' }, 'country'],
    [{ pin: '12' }, 'pin'],
    [{ number: '0170 123' }, 'number'],
    [{ smsc: '0170 123' }, 'smsc'],
    [{ iccid: other }, 'iccid'],
  ])('is not changed to %j, and the field is named', async (body, field) => {
    const { change } = await withSims();
    const answer = await change(body);
    expect(answer.status).toBe(422);
    expect(Object.keys(answer.json.error.details)).toContain(field);
  });

  test('that was never seen is 404', async () => {
    const { asAdmin, change } = await withSims();
    for (const answer of [
      await asAdmin('/v1/sims/123'),
      await change({}, '123'),
      await asAdmin('/v1/sims/123/pause', { method: 'POST' }),
    ]) {
      expect([answer.status, answer.json.error.code]).toEqual([404, 'SIM_NOT_FOUND']);
    }
  });

  test('is paused and resumed by an admin', async () => {
    const { api, asAdmin } = await withSims();
    expect((await api.ask(`/v1/sims/${iccid}/pause`, { method: 'POST' })).status).toBe(403);
    const paused = await asAdmin(`/v1/sims/${iccid}/pause`, { method: 'POST' });
    expect(paused.json.data).toMatchObject({ iccid, paused: true });
    const resumed = await asAdmin(`/v1/sims/${iccid}/resume`, { method: 'POST' });
    expect(resumed.json.data).toMatchObject({ iccid, paused: false });
  });
});

describe('the settings of the gateway', () => {
  test('are an admin’s to see and to change', async () => {
    const { api, asAdmin } = await withSims();
    expect((await api.ask('/v1/settings')).status).toBe(403);
    expect((await asAdmin('/v1/settings')).json.data).toMatchObject({ sending_paused: false });
    const changed = await asAdmin('/v1/settings', { method: 'PATCH', body: { sending_paused: true } });
    expect(changed.json.data).toMatchObject({ sending_paused: true });
    const wrong = await asAdmin('/v1/settings', {
      method: 'PATCH',
      body: { sending_paused: 'yes', speed: 1 },
    });
    expect(Object.keys(wrong.json.error.details).sort()).toEqual(['sending_paused', 'speed']);
    expect((await asAdmin('/v1/settings')).json.data).toMatchObject({ sending_paused: true });
  });
});
