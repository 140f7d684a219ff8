import { describe, expect, test } from 'vitest';
import { pageOf } from '../../src/contract/envelope.ts';
import * as contract from '../../src/contract/modem.ts';
import { sim as simSchema } from '../../src/contract/sim.ts';
import { modem, needsOwnProcess, ownNumbers, sim, startApi } from './running-api.ts';

describe('lists', () => {
  test.each([
    ['/v1/modems', contract.modem, [modem]],
    ['/v1/numbers', contract.ownNumber, ownNumbers],
    ['/v1/sims', simSchema, [sim]],
  ])('%s shows all there is', async (path, schema, expected) => {
    needsOwnProcess('a modem that stands still');
    const api = await startApi();
    const answer = await api.ask(path);
    expect(answer.status).toBe(200);
    expect(pageOf(schema).parse(answer.json)).toEqual(answer.json);
    expect(answer.json.data).toEqual(expected);
    expect(answer.json.meta).toEqual({ page: 1, per_page: 100, total: expected.length, total_pages: 1 });
  });

  test('can be read in pages', async () => {
    const api = await startApi();
    const answer = await api.ask('/v1/numbers?page=2&per_page=1');
    expect(answer.json.data).toEqual([ownNumbers[1]]);
    expect(answer.json.meta).toEqual({ page: 2, per_page: 1, total: 2, total_pages: 2 });
    expect((await api.ask('/v1/numbers?per_page=0')).json.error.details).toHaveProperty('per_page');
  });
});

describe('one modem', () => {
  test('is found by its IMEI', async () => {
    needsOwnProcess('a modem that stands still');
    const api = await startApi();
    expect((await api.ask(`/v1/modems/${modem.id}`)).json).toEqual({ success: true, data: modem });
  });

  test('is found by its port while its IMEI is not known', async () => {
    const starting = { ...modem, id: '/dev/ttyUSB2', imei: null, state: 'starting' as const };
    const api = await startApi({ modems: { views: () => [starting] } });
    expect((await api.ask('/v1/modems/%2Fdev%2FttyUSB2')).json.data).toEqual(starting);
  });

  test.each([
    ['0', 'MODEM_NOT_FOUND'],
    ['%00', 'MODEM_NOT_FOUND'],
    ['%ff', 'MODEM_NOT_FOUND'],
    ['../modems', 'NOT_FOUND'],
  ])('is not found by %s', async (id, code) => {
    const api = await startApi();
    const answer = await api.ask(`/v1/modems/${id}`);
    expect([answer.status, answer.json.error.code]).toEqual([404, code]);
  });
});

describe('health', () => {
  test('is told on the machine itself without a key', async () => {
    const api = await startApi();
    const health = await api.ask('/healthz', { headers: { authorization: [] } });
    expect([health.status, health.json]).toEqual([
      200,
      { success: true, data: { status: 'ok', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) } },
    ]);
    const ready = await api.ask('/readyz', { headers: { authorization: [] } });
    expect([ready.status, ready.json.data]).toEqual([200, { status: 'ready' }]);
  });

  test('is not readiness: a gateway that cannot take texts is alive but says why not', async () => {
    const api = await startApi({ notReady: () => 'The disk is full.' });
    expect((await api.ask('/healthz')).status).toBe(200);
    const ready = await api.ask('/readyz');
    expect([ready.status, ready.json.error]).toEqual([
      503,
      { code: 'NOT_READY', message: 'The disk is full.' },
    ]);
  });
});
