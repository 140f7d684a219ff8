import { describe, expect, test } from 'vitest';
import { healthSeries } from '../../src/contract/health.ts';
import { type HealthMinute, HealthStore } from '../../src/store/health-store.ts';
import { modem, needsOwnProcess, type RunningApi, startApi } from './running-api.ts';

const minuteMs = 60_000;

function fill(api: RunningApi, modemId: string, minutes: number): void {
  const end = Math.floor(api.clock.now() / minuteMs) * minuteMs;
  new HealthStore(api.database).add(
    Array.from(
      { length: minutes },
      (_, at): HealthMinute => ({
        modemId,
        at: end - at * minuteMs,
        simId: 1,
        online: 1,
        signal: -70,
        reference: -98.5,
        quality: undefined,
        temperature: 41,
        supply: 3.9,
        storagePercent: 2,
        technology: 'LTE',
        operator: 'Operator',
      }),
    ),
  );
}

const path = `/v1/modems/${modem.id}/health`;

describe('the health of a modem', () => {
  test('is shown as a series with a step that fits', async () => {
    const api = await startApi();
    fill(api, modem.id, 30);
    const answer = await api.ask(`${path}?from=2026-06-08T13:00:00Z`);
    expect(answer.status).toBe(200);
    expect(healthSeries.parse(answer.json.data)).toEqual(answer.json.data);
    expect(answer.json.data).toMatchObject({
      modem_id: modem.id,
      from: '2026-06-08T13:00:00Z',
      to: '2026-06-08T13:31:00Z',
      step_seconds: 60,
    });
    expect(answer.json.data.points).toHaveLength(30);
    expect(answer.json.data.points[0]).toMatchObject({
      at: '2026-06-08T13:01:00Z',
      iccid: modem.iccid,
      signal_dbm: -70,
      reference_signal_dbm: -98.5,
      quality_db: null,
      temperature_c: 41,
    });
  });

  test('is of the last day where nothing else is asked for', async () => {
    needsOwnProcess('a clock that is turned by hand');
    const api = await startApi();
    const { data } = (await api.ask(path)).json;
    expect([data.from, data.to, data.step_seconds, data.points]).toEqual([
      '2026-06-07T13:30:00Z',
      '2026-06-08T13:35:00Z',
      300,
      [],
    ]);
  });

  test('outlives the modem, by its id', async () => {
    const api = await startApi();
    fill(api, '867000000000009', 1);
    const answer = await api.ask('/v1/modems/867000000000009/health?step=60&from=2026-06-08T13:00:00Z');
    expect(answer.json.data.points).toHaveLength(1);
  });

  test('of a modem that never was is not found', async () => {
    const api = await startApi();
    const answer = await api.ask('/v1/modems/867000000000009/health');
    expect([answer.status, answer.json.error.code]).toEqual([404, 'MODEM_NOT_FOUND']);
  });

  test('can be had with a key that only reads', async () => {
    needsOwnProcess('a modem that stands still');
    const api = await startApi();
    const asked = (scope: 'sms:read' | 'sms:send' | 'webhooks') =>
      api.ask(path, { headers: { authorization: `Bearer ${api.newKey([scope])}` } });
    expect((await asked('sms:read')).status).toBe(200);
    expect((await asked('sms:send')).status).toBe(403);
    expect((await asked('webhooks')).status).toBe(403);
  });

  test.each([
    ['from=yesterday', { from: 'must be a time such as 2026-06-08T13:30:06Z' }],
    ['from=2026-06-08T13:00:00Z&to=2026-06-08T12:00:00Z', { from: 'must be before to' }],
    ['step=90', { step: 'must be a multiple of 60' }],
    [
      'step=1.5&to=x',
      { to: 'must be a time such as 2026-06-08T13:30:06Z', step: 'must be a whole number of seconds' },
    ],
    [
      'from=2026-06-02T00:00:00Z&step=60',
      { step: 'must be at least 420 for this range, which else has more than 1500 points' },
    ],
  ])('%s is refused with what is wrong', async (query, details) => {
    if (query.startsWith('from=2026-06-02')) needsOwnProcess('a clock that is turned by hand');
    const api = await startApi();
    const answer = await api.ask(`${path}?${query}`);
    expect([answer.status, answer.json.error.code]).toEqual([422, 'VALIDATION_ERROR']);
    expect(answer.json.error.details).toEqual(details);
  });

  test('cannot be changed', async () => {
    const api = await startApi();
    const answer = await api.ask(path, { method: 'POST', body: {} });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });
});
