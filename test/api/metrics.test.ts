import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { leftOutUnless } from '../foreign-programs.ts';
import {
  awayNumber,
  gatewayVersion,
  modem,
  needsOwnProcess,
  ownNumber,
  type RunningApi,
  startApi,
} from './running-api.ts';

/** The value of a line, by its name and labels as they stand. */
async function values(api: RunningApi): Promise<Map<string, number>> {
  const { text } = await api.ask('/metrics', { headers: { authorization: [] } });
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]));
}

describe('GET /metrics', () => {
  test('is text for Prometheus, without a key from the machine itself', async () => {
    const api = await startApi();
    const answer = await api.ask('/metrics', { headers: { authorization: [] } });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(answer.text).toContain('# TYPE postern_queue_depth gauge\n');
    expect(answer.text).toContain(`postern_info{version="${gatewayVersion}"} 1\n`);
    for (const line of answer.text.split('\n').filter(Boolean)) {
      expect(line).toMatch(/^(?:# (?:HELP|TYPE) \S+ .+|[a-z_]+(?:\{.*\})? (?:[\d.e+-]+|NaN))$/);
    }
  });

  test('tells how many texts wait for each number, and how long the oldest has', async () => {
    const api = await startApi();
    const send = (priority: number) =>
      api.send({ from: awayNumber, to: '+14155553000', body: 'x', priority });
    await send(0);
    await api.clock.advance(30_000);
    await send(9);
    await api.clock.advance(12_000);
    const found = await values(api);
    expect(found.get(`postern_queue_depth{number="${awayNumber}"}`)).toBe(2);
    expect(found.get(`postern_queue_oldest_age_seconds{number="${awayNumber}"}`)).toBe(42);
    expect(found.get(`postern_queue_oldest_age_seconds{number="${ownNumber}"}`)).toBe(0);
    expect(found.get(`postern_number_online{number="${ownNumber}"}`)).toBe(1);
    expect(found.get('postern_texts_stored_total')).toBe(2);
  });

  test('tells how modems are', async () => {
    needsOwnProcess('a modem that stands still');
    const found = await values(await startApi());
    expect(found.get(`postern_modem_state{modem="${modem.id}",state="ready"}`)).toBe(1);
    expect(found.get(`postern_modem_state{modem="${modem.id}",state="absent"}`)).toBe(0);
    expect(found.get(`postern_modem_signal_dbm{modem="${modem.id}"}`)).toBe(-71);
    expect(found.get(`postern_modem_storage_total{modem="${modem.id}",storage="ME"}`)).toBe(255);
    expect(found.has(`postern_modem_temperature_celsius{modem="${modem.id}"}`)).toBe(false);
  });

  test('counts what became of texts once, however often it is asked', async () => {
    const api = await startApi();
    api.events.record('sms.sent', {});
    expect((await values(api)).get('postern_texts_total{status="sent"}')).toBe(1);
    expect((await values(api)).get('postern_texts_total{status="sent"}')).toBe(1);
    api.events.record('sms.sent', {});
    api.events.record('sms.failed', {});
    const found = await values(api);
    expect(found.get('postern_texts_total{status="sent"}')).toBe(2);
    expect(found.get('postern_texts_total{status="failed"}')).toBe(1);
    expect(found.get('postern_texts_total{status="received"}')).toBe(0);
    expect(found.get('postern_events_total{type="sms.sent"}')).toBe(2);
  });

  test('tells how far each webhook lags', async () => {
    const api = await startApi();
    const now = api.clock.now();
    const webhook = api.database.prepare(
      `INSERT INTO webhooks (webhook_id, url, label, events, sealed_secret, created_at, updated_at, deleted_at)
       VALUES (?, 'https://example.com', 'x', '[]', '', 0, 0, ?)`,
    );
    const delivery = api.database.prepare(
      `INSERT INTO deliveries (delivery_id, webhook_id, event_id, event_type, body, state, due_at, created_at)
       VALUES (?, 'A', 'x', 'sms.sent', '', ?, 0, ?)`,
    );
    for (const [id, deletedAt] of [
      ['A', null],
      ['B', null],
      ['gone', 1],
    ])
      webhook.run(id, deletedAt);
    delivery.run('1', 'delivered', now - 90_000);
    delivery.run('2', 'waiting', now - 60_000);
    delivery.run('3', 'waiting', now - 30_000);
    const found = await values(api);
    expect(found.get('postern_webhook_waiting{webhook="A"}')).toBe(2);
    expect(found.get('postern_webhook_lag_seconds{webhook="A"}')).toBe(60);
    expect(found.get('postern_webhook_lag_seconds{webhook="B"}')).toBe(0);
    expect(found.has('postern_webhook_waiting{webhook="gone"}')).toBe(false);
  });

  test('has one line for each route, whatever ids and methods are asked for', async () => {
    const api = await startApi();
    for (const id of ['a', 'b', 'c']) await api.ask(`/v1/sms/${id}`);
    for (const method of ['PROPFIND', 'LOCK']) await api.ask(`/v1/nowhere/${method}`, { method });
    const found = await values(api);
    const count = (labels: string) => found.get(`postern_http_request_duration_seconds_count{${labels}}`);
    expect(count('method="GET",route="/v1/sms/:messageId",status="404"')).toBe(3);
    expect(count('method="other",route="other",status="404"')).toBe(2);
  });
});

const outside = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.family === 'IPv4' && !address.internal)?.address;
const isAlone = leftOutUnless(outside !== undefined, 'This test needs a network interface besides loopback.');

test.skipIf(isAlone)('from elsewhere it is told only to a key that may read', async () => {
  const api = await startApi({ host: '0.0.0.0' });
  const statusWith = async (headers: Record<string, string>) => {
    const request = httpRequest({ host: outside, port: api.port, path: '/metrics', headers, agent: false });
    request.end();
    const [response] = await once(request, 'response');
    response.resume();
    return response.statusCode;
  };
  expect(await statusWith({})).toBe(401);
  expect(await statusWith({ authorization: `Bearer ${api.newKey(['sms:send'])}` })).toBe(403);
  expect(await statusWith({ authorization: `Bearer ${api.key}` })).toBe(200);
});
