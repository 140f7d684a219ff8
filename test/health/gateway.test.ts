import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { healthSeries } from '../../src/contract/health.ts';
import { modem as modemSchema } from '../../src/contract/modem.ts';
import { Gateway } from '../../src/gateway.ts';
import { silentLog } from '../../src/log.ts';
import { ManualClock } from '../manual-clock.ts';
import { settled, until } from '../modem/eventually.ts';
import { temporaryFolder } from '../store/temporary-database.ts';

const number = '+15550100001';
const caller = '+15557654321';

/** The whole gateway with one emulated modem, and a clock that the test turns. */
async function startGateway(flags: Record<string, unknown> = {}) {
  const clock = new ManualClock();
  const settings = { dataDir: temporaryFolder(), port: 0, emulate: 1, discovery: false, ...flags };
  const gateway = new Gateway(readConfig(settings, {}), {
    version: '1.2.3',
    rendererDir: undefined,
    clock,
    log: silentLog,
  });
  const { url } = await gateway.start();
  onTestFinished(() => settled(clock, gateway.stop()));
  const headers = { authorization: `Bearer ${gateway.makeKey('test')}` };
  const get = async (path: string) => (await fetch(`${url}${path}`, { headers })).json();
  const ready = async () => (await get('/v1/modems')).data[0];
  for (let modem = await ready(); modem.state !== 'ready'; modem = await ready()) await clock.advance(1_000);
  return { gateway, clock, url, headers, get, modem: await ready() };
}

/** All events from the first on, until one of this type came. */
async function eventsUntil(url: string, headers: Record<string, string>, type: string): Promise<object[]> {
  const response = await fetch(`${url}/v1/events`, {
    headers: { ...headers, 'Last-Event-ID': '0'.repeat(26) },
  });
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array);
    if (text.includes(`event: ${type}\n`) && text.endsWith('\n\n')) break;
  }
  return text.split('\n').flatMap((line) => (line.startsWith('data: ') ? [JSON.parse(line.slice(6))] : []));
}

test('a modem is shown with its health, and its history grows by a point a minute', async () => {
  const { clock, get, modem } = await startGateway();
  await clock.advance(150_000);
  const { data } = await get(`/v1/modems/${modem.id}`);
  expect(modemSchema.parse(data)).toEqual(data);
  expect(data).toMatchObject({ signal_bars: 4, smsc: '+15550000000', warnings: [] });
  expect(data.storage.map(({ name }: { name: string }) => name)).toContain('ME');
  const series = (await get(`/v1/modems/${modem.id}/health?step=60`)).data;
  expect(healthSeries.parse(series)).toEqual(series);
  expect(series.points.length).toBeGreaterThanOrEqual(2);
  expect(series.points.at(-1)).toMatchObject({ online: 1, signal_dbm: -73, iccid: data.iccid });
});

test('a call that nobody takes is told to whoever listens, with who called whom', async () => {
  const { gateway, clock, url, headers } = await startGateway();
  gateway.emulation?.network.call(number, caller);
  await clock.advance(12_000);
  gateway.emulation?.network.hangUp(number);
  await clock.advance(0);
  const events = await eventsUntil(url, headers, 'call.missed');
  const calls = events.filter(
    (event) => 'event_type' in event && String(event.event_type).startsWith('call.'),
  );
  expect(calls).toMatchObject([
    { event_type: 'call.incoming', data: { from: caller, to: number } },
    { event_type: 'call.missed', data: { from: caller, to: number } },
  ]);
});

test('a modem that goes away is told of after the grace that is set, and warned of after the time that is', async () => {
  const { gateway, clock, url, headers, get, modem } = await startGateway({
    offlineGraceSeconds: 30,
    offlineMinutes: 2,
  });
  gateway.emulation?.modems[0]?.modem.powerOff();
  await until(clock, 'a warning', () => clock.monotonic() > 240_000, 240_000);
  const events = await eventsUntil(url, headers, 'modem.attention');
  expect(events).toMatchObject([
    { event_type: 'modem.online', data: { modem_id: modem.id, number, suppressed: 0 } },
    { event_type: 'modem.offline', data: { modem_id: modem.id, problem: { code: 'port_absent' } } },
    {
      event_type: 'modem.attention',
      data: { modem_id: modem.id, problem: { code: 'offline_long', message: expect.any(String) } },
    },
  ]);
  const [online, offline] = events as { timestamp: string }[];
  expect(Date.parse(offline?.timestamp ?? '') - Date.parse(online?.timestamp ?? '')).toBeGreaterThanOrEqual(
    30_000,
  );
  expect((await get(`/v1/modems/${modem.id}`)).data.warnings).toMatchObject([{ code: 'offline_long' }]);
});
