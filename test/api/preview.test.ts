import { describe, expect, test } from 'vitest';
import { awayNumber, ownNumber, type RunningApi, startApi } from './running-api.ts';

const preview = (api: RunningApi, body: object) => api.ask('/v1/sms/preview', { method: 'POST', body });

describe('a preview', () => {
  test('tells how a text would travel, and sends nothing', async () => {
    const api = await startApi();
    const answer = await preview(api, { body: 'Hello', to: '+14155553000' });
    expect([answer.status, answer.json.data]).toEqual([
      200,
      {
        encoding: 'gsm7',
        segment_count: 1,
        characters: 5,
        units_per_segment: 160,
        characters_left: 155,
        forced_by: [],
        cost_usd: null,
      },
    ]);
    expect((await api.ask('/v1/sms')).json.meta.total).toBe(0);
  });

  test('names the characters because of which a text takes more', async () => {
    const api = await startApi();
    const { data } = (await preview(api, { body: `${'a'.repeat(70)}😀😀` })).json;
    expect(data).toMatchObject({
      encoding: 'ucs2',
      segment_count: 2,
      units_per_segment: 67,
      characters: 72,
      characters_left: 60,
      forced_by: [{ character: '😀', index: 70 }],
    });
  });

  test('tells what a text would cost beyond what the SIM has free', async () => {
    const api = await startApi();
    const { simId } = api.sims.findOrCreate({ iccid: '1', imsi: undefined, modemId: '1' }, 0);
    api.sims.setNumber(simId, ownNumber, 'person');
    api.sims.changeSettings(simId, { price_usd_per_segment: 0.05, monthly_allowance: 1 });
    const cost = async (body: string, from: string) =>
      (await preview(api, { body, from })).json.data.cost_usd;
    expect(await cost('one segment', ownNumber)).toBeNull();
    expect(await cost('x'.repeat(400), ownNumber)).toBe(0.1);
    expect(await cost('x'.repeat(400), awayNumber)).toBeNull();
  });

  test.each([
    [{}, 422, 'VALIDATION_ERROR'],
    [{ body: '' }, 422, 'VALIDATION_ERROR'],
    [{ body: 'x'.repeat(1_601) }, 422, 'VALIDATION_ERROR'],
    [{ body: 'x', from: 'me' }, 422, 'VALIDATION_ERROR'],
    [{ body: 'x', from: '+19999999999' }, 404, 'NUMBER_NOT_FOUND'],
  ])('of %j is %i', async (body, status, code) => {
    const answer = await preview(await startApi(), body);
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });
});
