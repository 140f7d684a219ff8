import { describe, expect, test } from 'vitest';
import { pageOf } from '../../src/contract/envelope.ts';
import { unmatchedReport } from '../../src/contract/report.ts';
import { ReportStore } from '../../src/store/report-store.ts';
import { type RunningApi, startApi } from './running-api.ts';

/** Reports that came to a SIM and that no text was found for, a second apart. */
function keepReports(api: RunningApi, count: number): void {
  const { simId } = api.sims.findOrCreate(
    { iccid: '8949020000012345678', imsi: undefined, modemId: 'm' },
    api.clock.now(),
  );
  api.sims.setNumber(simId, '+4915112345678', 'person');
  const store = new ReportStore(api.database);
  for (let reference = 1; reference <= count; reference++) {
    store.insert({
      simId,
      reference,
      recipient: '+14155553000',
      serviceCentreAt: api.clock.now(),
      dischargedAt: undefined,
      status: 0x46,
      pdu: '00',
      receivedAt: api.clock.now() + reference * 1_000,
    });
  }
}

describe('reports that no text was found for', () => {
  test('are shown newest first, with what they say', async () => {
    const api = await startApi();
    keepReports(api, 3);
    const { status, json } = await api.ask('/v1/reports/unmatched?per_page=2');
    expect(status).toBe(200);
    expect(pageOf(unmatchedReport).parse(json)).toEqual(json);
    expect(json.meta).toEqual({ page: 1, per_page: 2, total: 3, total_pages: 2 });
    expect(json.data.map(({ reference }: { reference: number }) => reference)).toEqual([3, 2]);
    expect(json.data[0]).toMatchObject({
      iccid: '8949020000012345678',
      number: '+4915112345678',
      recipient: '+14155553000',
      status: 0x46,
      state: 'expired',
      service_centre_at: '2026-06-08T13:30:06Z',
      discharged_at: null,
      received_at: '2026-06-08T13:30:09Z',
    });
  });

  test('leave the list when their text is found', async () => {
    const api = await startApi();
    keepReports(api, 2);
    await api.send({ from: '+14155552671', to: '+14155553000', body: 'Hello' });
    new ReportStore(api.database).assign(1, 1);
    const { json } = await api.ask('/v1/reports/unmatched');
    expect(json.data.map(({ reference }: { reference: number }) => reference)).toEqual([2]);
    expect(json.meta.total).toBe(1);
  });

  test('are for who may read messages', async () => {
    const api = await startApi();
    const authorization = `Bearer ${api.newKey(['sms:send'])}`;
    const answer = await api.ask('/v1/reports/unmatched', { headers: { authorization } });
    expect(answer.json.error.code).toBe('FORBIDDEN');
  });
});
