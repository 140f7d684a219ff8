import { describe, expect, test } from 'vitest';
import { storeMessage } from '../store/stored-message.ts';
import { needsOwnProcess, startApi } from './running-api.ts';

const from = 'from=2026-06-08T00:00:00Z&to=2026-06-09T00:00:00Z';

describe('statistics', () => {
  test('count texts by hour, own number, direction and status', async () => {
    const api = await startApi();
    storeMessage(api.database, { created_at: '2026-06-08T10:00:00Z', segment_count: 2 });
    storeMessage(api.database, { created_at: '2026-06-08T10:59:59Z' });
    storeMessage(api.database, { created_at: '2026-06-08T11:00:00Z', status: 'failed' });
    storeMessage(api.database, {
      created_at: '2026-06-08T11:30:00Z',
      direction: 'inbound',
      from: '+14155553000',
      to: '+14155552671',
    });
    storeMessage(api.database, { created_at: '2026-06-07T23:59:59Z' });
    storeMessage(api.database, { created_at: '2026-06-09T00:00:00Z' });
    const { status, json } = await api.ask(`/v1/stats?${from}`);
    const number = '+14155552671';
    expect([status, json.data]).toEqual([
      200,
      {
        from: '2026-06-08T00:00:00Z',
        to: '2026-06-09T00:00:00Z',
        step: 'hour',
        counts: [
          {
            at: '2026-06-08T10:00:00Z',
            number,
            direction: 'outbound',
            status: 'sent',
            messages: 2,
            segments: 3,
          },
          {
            at: '2026-06-08T11:00:00Z',
            number,
            direction: 'inbound',
            status: 'received',
            messages: 1,
            segments: 1,
          },
          {
            at: '2026-06-08T11:00:00Z',
            number,
            direction: 'outbound',
            status: 'failed',
            messages: 1,
            segments: 1,
          },
        ],
      },
    ]);
  });

  test('count by day, over more than is counted at once', async () => {
    const api = await startApi();
    api.database.transaction(() => {
      for (let count = 0; count < 4_100; count++) {
        storeMessage(api.database, { created_at: `2026-06-0${1 + (count % 2)}T12:00:00Z` });
      }
    });
    const { json } = await api.ask('/v1/stats?step=day&from=2026-06-01T00:00:00Z&to=2026-06-03T00:00:00Z');
    expect(
      json.data.counts.map(({ at, messages }: { at: string; messages: number }) => [at, messages]),
    ).toEqual([
      ['2026-06-01T00:00:00Z', 2_050],
      ['2026-06-02T00:00:00Z', 2_050],
    ]);
  });

  test('count by a quarter of an hour: where the clock is half an hour off, a day begins at half past', async () => {
    const api = await startApi();
    storeMessage(api.database, { created_at: '2026-06-08T18:29:59Z' });
    storeMessage(api.database, { created_at: '2026-06-08T18:30:00Z' });
    const { json } = await api.ask(
      '/v1/stats?step=quarter_hour&from=2026-06-08T18:00:00Z&to=2026-06-08T18:40:00Z',
    );
    expect([json.data.to, json.data.counts.map(({ at }: { at: string }) => at)]).toEqual([
      '2026-06-08T18:45:00Z',
      ['2026-06-08T18:15:00Z', '2026-06-08T18:30:00Z'],
    ]);
  });

  test('are those of the last day where nothing is said', async () => {
    needsOwnProcess('a clock that is turned by hand');
    const { json } = await (await startApi()).ask('/v1/stats');
    expect(json.data).toEqual({
      from: '2026-06-07T13:00:00Z',
      to: '2026-06-08T14:00:00Z',
      step: 'hour',
      counts: [],
    });
  });

  test.each([
    ['step=minute', 'step'],
    ['from=yesterday', 'from'],
    ['from=2026-06-09T00:00:00Z&to=2026-06-08T00:00:00Z', 'from'],
    ['from=2020-01-01T00:00:00Z', 'from'],
    ['step=quarter_hour&from=2020-01-01T00:00:00Z', 'from'],
  ])('are refused for %s', async (query, field) => {
    const { status, json } = await (await startApi()).ask(`/v1/stats?${query}`);
    expect([status, Object.keys(json.error.details)]).toEqual([422, [field]]);
  });
});
