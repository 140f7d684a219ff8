import { describe, expect, it } from 'vitest';
import { settled, until } from '../modem/eventually.ts';
import { friend, GatewayBench, ours, port } from './gateway-bench.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** The manual clock starts on Monday, 8 June 2026, at 13:30:06 UTC. */
const ready = () => GatewayBench.ready({ latencyMs: 100, reportDelayMs: 200 });

async function queue(bench: GatewayBench, count: number, fields: object = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let place = 0; place < count; place++)
    ids.push(await bench.send({ body: `text ${place}`, ...fields }));
  return ids;
}

const statuses = (bench: GatewayBench, ids: readonly string[]) => ids.map((id) => bench.status(id));
const sent = (bench: GatewayBench, ids: readonly string[]) =>
  statuses(bench, ids).filter((status) => status === 'delivered').length;

/** Time in which nothing but the wall clock matters is not lived through. */
function skipTo({ clock, router }: GatewayBench, time: string): void {
  clock.shift(Date.parse(time) - clock.now());
  router.rulesChanged();
}

describe('a limit per minute', () => {
  it('lets so many segments leave in any minute, and the rest in the next ones', async () => {
    const { bench, clock } = await ready();
    bench.set({ limits: { per_minute: 5, reserve_percent: 0 } });
    const ids = await queue(bench, 12);
    await clock.advance(30_000);
    expect(sent(bench, ids)).toBe(5);
    await clock.advance(minuteMs);
    expect(sent(bench, ids)).toBe(10);
    await clock.advance(minuteMs);
    expect(sent(bench, ids)).toBe(12);
  });

  it('goes with its SIM to another modem, and so does what it has sent', async () => {
    const { bench, clock, modem } = await ready();
    bench.set({ limits: { per_hour: 3, reserve_percent: 0 } });
    const ids = await queue(bench, 5);
    await clock.advance(10_000);
    expect(sent(bench, ids)).toBe(3);
    bench.table.unplug(port);
    await bench.table.reaches(port, 'absent');
    bench.table.station('/dev/ttyUSB7', { sim: modem.sim ?? null });
    await bench.table.reaches('/dev/ttyUSB7', 'ready');
    await clock.advance(10 * minuteMs);
    expect(sent(bench, ids)).toBe(3);
    await clock.advance(hourMs);
    expect(sent(bench, ids)).toBe(5);
  });

  it('counts segments, and begins no long text that does not fit', async () => {
    const { bench, clock, network } = await ready();
    bench.set({ limits: { per_minute: 4, reserve_percent: 0 } });
    const [first, long] = [await bench.send(), await bench.send({ body: 'x'.repeat(600) })];
    await clock.advance(30_000);
    expect(network.submissions.count).toBe(1);
    await clock.advance(40_000);
    expect(network.submissions.count).toBe(5);
    expect(statuses(bench, [first, long])).toEqual(['delivered', 'delivered']);
  });

  it('is no obstacle for a text that is longer than the limit', async () => {
    const { bench } = await ready();
    bench.set({ limits: { per_minute: 2, reserve_percent: 0 } });
    await bench.reaches(await bench.send({ body: 'x'.repeat(600) }), 'delivered');
  });
});

describe('a limit after the clock was set back', () => {
  it('per hour holds for no longer than an hour', async () => {
    const { bench, clock } = await ready();
    bench.set({ limits: { per_hour: 3, reserve_percent: 0 } });
    const ids = await queue(bench, 4);
    await clock.advance(10_000);
    expect(sent(bench, ids)).toBe(3);
    clock.shift(-5 * hourMs);
    bench.router.rulesChanged();
    await clock.advance(55 * minuteMs);
    expect(sent(bench, ids)).toBe(3);
    await clock.advance(6 * minuteMs);
    expect(sent(bench, ids)).toBe(4);
  });

  it.each([
    ['day', { per_day: 2 }],
    ['month', { per_month: 2 }],
    ['day of numbers', { recipients_per_day: 1 }],
  ])('per %s counts nothing that left in days to come', async (_, limits) => {
    const { bench, clock } = await ready();
    clock.shift(400 * 24 * hourMs);
    for (const id of await queue(bench, 2)) await bench.reaches(id, 'delivered');
    clock.shift(-400 * 24 * hourMs);
    bench.set({ limits: { ...limits, reserve_percent: 0 } });
    await bench.reaches(await bench.send({ to: '+15557000002' }), 'delivered', minuteMs);
  });
});

describe('a limit of different numbers per day', () => {
  it('also holds for the texts by which a SIM is tried that the network refuses', async () => {
    const { bench, modem, clock } = await ready();
    bench.set({ limits: { recipients_per_day: 3, reserve_percent: 0 } });
    modem.faults.refusals = [{ command: '+CMGS', result: { kind: 'cms', code: 42 }, times: 100 }];
    for (let last = 1; last <= 5; last++) await bench.send({ to: `+1555700000${last}` });
    await clock.advance(2 * hourMs);
    const tried = bench.table.database
      .prepare<[], string>('SELECT DISTINCT recipient FROM segments WHERE submitted_at IS NOT NULL')
      .pluck()
      .all();
    expect(tried).toEqual(['+15557000001', '+15557000002', '+15557000003']);
  });
});

describe('a limit per day', () => {
  it('counts no text of which the disk took nothing', async () => {
    const { bench, clock } = await ready();
    const { database } = bench.table;
    bench.set({ limits: { per_day: 3, reserve_percent: 0 } });
    await bench.reaches(await bench.send(), 'delivered');
    database
      .prepare('CREATE TABLE full (sim_id INTEGER REFERENCES sims DEFERRABLE INITIALLY DEFERRED)')
      .run();
    database
      .prepare('CREATE TRIGGER at_commit AFTER INSERT ON attempts BEGIN INSERT INTO full VALUES (-1); END')
      .run();
    const id = await bench.send();
    await clock.advance(minuteMs);
    expect(bench.segmentsOf(id)[0]?.state).toBe('waiting');
    database.prepare('DROP TRIGGER at_commit').run();
    await bench.reaches(id, 'delivered', minuteMs);
  });

  it('shows what waits as queued, until the day begins anew at the hour that is set', async () => {
    const { bench, clock } = await ready();
    bench.set({
      time_zone: 'Europe/Berlin',
      limits: { per_day: 2, reserve_percent: 0, day_starts_at: '06:00' },
    });
    const ids = await queue(bench, 3);
    await clock.advance(minuteMs);
    expect(statuses(bench, ids)).toEqual(['delivered', 'delivered', 'queued']);
    expect((await bench.accept()).status).toBe('queued');
    skipTo(bench, '2026-06-09T03:59:00Z');
    await clock.advance(30_000);
    expect(bench.status(ids[2] ?? '')).toBe('queued');
    await bench.reaches(ids[2] ?? '', 'delivered', 2 * minuteMs);
  });

  it('remembers across a restart what left before', async () => {
    const { bench, clock } = await ready();
    bench.set({ limits: { per_day: 2, reserve_percent: 0 } });
    const ids = await queue(bench, 3);
    await clock.advance(minuteMs);
    await bench.restart();
    bench.table.serve(port);
    await bench.table.reaches(port, 'ready');
    await clock.advance(hourMs);
    expect(statuses(bench, ids)).toEqual(['delivered', 'delivered', 'queued']);
  });

  it('keeps a little for texts of high priority', async () => {
    const { bench, clock } = await ready();
    bench.set({ limits: { per_day: 10, reserve_percent: 20 } });
    const ids = await queue(bench, 10);
    await clock.advance(minuteMs);
    expect(sent(bench, ids)).toBe(8);
    await bench.reaches(await bench.send({ priority: 7 }), 'delivered');
    await bench.reaches(await bench.send({ priority: 9 }), 'delivered');
    const third = await bench.send({ priority: 9 });
    await clock.advance(minuteMs);
    expect(bench.status(third)).toBe('queued');
  });
});

it('a limit per month ends with the month, a limit per hour with the hour', async () => {
  const { bench, clock } = await ready();
  bench.set({ limits: { per_month: 3, per_hour: 2, reserve_percent: 0 } });
  const ids = await queue(bench, 4, { validity_seconds: 604_800 });
  await clock.advance(30 * minuteMs);
  expect(sent(bench, ids)).toBe(2);
  await clock.advance(40 * minuteMs);
  expect(sent(bench, ids)).toBe(3);
  bench.set({ limits: { month_starts_on: 9 } });
  skipTo(bench, '2026-06-08T23:59:00Z');
  await clock.advance(10_000);
  expect(sent(bench, ids)).toBe(3);
  await clock.advance(2 * minuteMs);
  expect(sent(bench, ids)).toBe(4);
});

it('a gap lies between two segments, give or take its jitter', async () => {
  const { bench, network, clock } = await ready();
  bench.set({ limits: { gap_seconds: 20, gap_jitter_percent: 50 } });
  await queue(bench, 3);
  await clock.advance(19_000);
  expect(network.submissions.count).toBe(1);
  await clock.advance(2_000);
  expect(network.submissions.count).toBe(2);
  await clock.advance(20_000);
  expect(network.submissions.count).toBe(3);
});

it('after enough different numbers in a day only those that had a text get another', async () => {
  const { bench, clock } = await ready();
  bench.set({ limits: { recipients_per_day: 2 } });
  const [a, b, c] = ['+15557000001', '+15557000002', '+15557000003'].map((to) => ({ to }));
  for (const phone of [a, b, c]) bench.table.network.addPhone(phone?.to ?? '', 'silent');
  const ids = [await bench.send(a), await bench.send(b), await bench.send(c), await bench.send(a)];
  await clock.advance(minuteMs);
  expect(statuses(bench, ids)).toEqual(['delivered', 'delivered', expect.any(String), 'delivered']);
  expect(bench.status(ids[2] ?? '')).not.toBe('delivered');
  skipTo(bench, '2026-06-09T00:01:00Z');
  await clock.advance(minuteMs);
  expect(bench.status(ids[2] ?? '')).toBe('delivered');
});

describe('office hours', () => {
  it('keep texts until they begin', async () => {
    const { bench, clock } = await ready();
    bench.set({ windows: [{ days: ['tue'], from: '08:00', to: '17:00' }] });
    const id = await bench.send();
    await clock.advance(hourMs);
    expect(bench.status(id)).toBe('queued');
    skipTo(bench, '2026-06-09T08:00:30Z');
    await clock.advance(minuteMs);
    expect(bench.status(id)).toBe('delivered');
  });

  it('that a person takes away let texts leave at once', async () => {
    const { bench } = await ready();
    bench.set({ windows: [{ days: ['sun'], from: '08:00', to: '17:00' }] });
    const id = await bench.send();
    bench.set({ windows: [] });
    await bench.reaches(id, 'delivered', 10_000);
  });
});

describe('a SIM that is paused', () => {
  it('keeps what waits as queued, and sends it when it is resumed', async () => {
    const { bench, clock, network } = await ready();
    bench.pause(true);
    const { message_id: id, status } = await bench.accept();
    expect(status).toBe('queued');
    await clock.advance(hourMs);
    expect(network.submissions.count).toBe(0);
    bench.pause(false);
    await bench.reaches(id, 'delivered', minuteMs);
  });

  it('ends the text that is in the hands of the modem', async () => {
    const { bench, network, clock } = await GatewayBench.ready({ latencyMs: 5_000 });
    const ids = await queue(bench, 2);
    await until(clock, 'submitting', () => bench.segmentsOf(ids[0] ?? '')[0]?.state === 'submitting');
    bench.pause(true);
    await clock.advance(minuteMs);
    expect(network.submissions.count).toBe(1);
    expect(statuses(bench, ids)).toEqual(['delivered', 'queued']);
  });
});

describe('a full queue', () => {
  it('takes nothing more until there is room, by the limit that is set', async () => {
    const { bench } = await ready();
    bench.set({ limits: { queue: 2 } });
    bench.pause(true);
    await queue(bench, 2);
    await expect(bench.accept()).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    bench.pause(false);
    await until(bench.clock, 'room', () => bench.outbound.depth(ours) === 0, minuteMs);
    await bench.reaches(await bench.send(), 'delivered', minuteMs);
  });
});

describe('what a text costs', () => {
  it('is nothing within the allowance of the month, and the price of each segment over it', async () => {
    const { bench, clock } = await ready();
    bench.set({ price_usd_per_segment: 0.015, monthly_allowance: 2 });
    const ids = [await bench.send(), await bench.send({ body: 'x'.repeat(400) }), await bench.send()];
    await clock.advance(minuteMs);
    expect(ids.map((id) => bench.message(id).cost_usd)).toEqual([null, 0.03, 0.015]);
  });

  it('is not known where no price is set', async () => {
    const { bench, clock } = await ready();
    bench.set({ monthly_allowance: 0 });
    const id = await bench.send();
    await clock.advance(minuteMs);
    expect(bench.message(id).cost_usd).toBeNull();
  });
});

it('a year of scheduled texts leaves on its days', async () => {
  const { bench, clock, network } = await ready();
  const start = clock.now();
  const days = 12;
  const ids: string[] = [];
  for (let month = 1; month <= days; month++) {
    const at = new Date(start + month * 30 * 24 * hourMs).toISOString();
    ids.push(await settled(clock, bench.send({ scheduled_at: at, to: friend })));
  }
  for (let month = 1; month <= days; month++) {
    skipTo(bench, new Date(start + month * 30 * 24 * hourMs - 30_000).toISOString());
    await clock.advance(minuteMs);
    expect(network.submissions.count).toBe(month);
  }
  expect(sent(bench, ids)).toBe(days);
});
