import { describe, expect, it } from 'vitest';
import { settled, until } from '../modem/eventually.ts';
import { friend, GatewayBench, ours, port } from './gateway-bench.ts';

const other = '+15557000002';

/** A bench with no modem; texts for `ours` are taken all the same. */
async function offline(): Promise<GatewayBench> {
  const bench = new GatewayBench();
  await bench.restart();
  return bench;
}

async function queue(bench: GatewayBench, count: number): Promise<string[]> {
  const bodies = Array.from({ length: count }, (_, index) => `text ${index}`);
  const accepted = bodies.map((body) =>
    bench.outbox.accept({ from: ours, to: friend, body }, { keyId: 'key' }),
  );
  return (await settled(bench.clock, Promise.all(accepted))).map(({ message_id }) => message_id);
}

const statuses = (bench: GatewayBench, ids: readonly string[]) => new Set(ids.map((id) => bench.status(id)));

describe('a text that is older than its validity', () => {
  it('is not sent: after three days where nobody said otherwise', async () => {
    const { bench, modem, network, clock } = await GatewayBench.ready();
    bench.table.unplug(port);
    await settled(clock, bench.table.fleet.remove(port));
    const id = await bench.send();
    clock.shift(72 * 3_600_000 - 60_000);
    await clock.advance(50_000);
    expect(bench.status(id)).toBe('queued');
    const { failure_reason } = await bench.reaches(id, 'failed: expired', 80_000);
    expect(failure_reason).toBe('expired: the text was not sent within its validity');
    bench.table.plug(port, modem);
    bench.table.serve(port);
    await bench.table.reaches(port, 'ready');
    await clock.advance(60_000);
    expect(network.submissions.count).toBe(0);
    expect(bench.toldOf(id)).toEqual(['sms.failed']);
  });

  it('counts it from the time that it was scheduled for', async () => {
    const bench = await offline();
    const id = await bench.send({ scheduled_at: '2026-06-08T14:30:06Z', validity_seconds: 300 });
    await bench.clock.advance(3_600_000 + 299_000);
    expect(bench.status(id)).toBe('queued');
    await bench.reaches(id, 'failed: expired', 2_000);
  });

  it.each(['sim_failure', 'modem_failure'] as const)(
    'over what a person must clear says so (%s)',
    async (word) => {
      const bench = await offline();
      bench.obstacle = { word, sentence: 'The SIM needs its PIN.' };
      const id = await bench.send({ validity_seconds: 300 });
      const { failure_reason } = await bench.reaches(id, `failed: ${word}`, 310_000);
      expect(failure_reason).toBe(
        `${word}: the text was not sent within its validity: The SIM needs its PIN.`,
      );
    },
  );

  it('is never sent, even when its SIM comes at that very moment', async () => {
    const { bench, modem, network, clock } = await GatewayBench.ready();
    bench.table.unplug(port);
    await settled(clock, bench.table.fleet.remove(port));
    const ids = await queue(bench, 250);
    await bench.stop();
    clock.shift(72 * 3_600_000 + 1);
    bench.table.plug(port, modem);
    await bench.restart();
    bench.table.serve(port);
    await bench.table.reaches(port, 'ready');
    await until(
      clock,
      'all expired',
      () => statuses(bench, ids).has('failed: expired') && statuses(bench, ids).size === 1,
    );
    expect(network.submissions.count).toBe(0);
  });

  it('with parts that left fails as expired, and sends no more', async () => {
    const { bench, network, clock } = await GatewayBench.ready();
    network.addPhone(friend, { reports: [] });
    const id = await bench.send({ body: 'x'.repeat(400), validity_seconds: 300 });
    await until(clock, 'the first part', () => bench.segmentsOf(id)[0]?.state === 'accepted');
    bench.table.modemAt(port)?.powerOff();
    await until(clock, 'unknown fate or waiting', () => bench.segmentsOf(id)[1]?.state !== 'submitting');
    await until(clock, 'failed', () => bench.status(id).startsWith('failed'), 400_000);
    expect(network.submissions.count).toBeLessThanOrEqual(2);
  });

  it('is marked as soon as the disk takes it', async () => {
    const bench = await offline();
    const id = await bench.send({ validity_seconds: 300 });
    const { database } = bench.table;
    database
      .prepare("CREATE TEMP TRIGGER full BEFORE UPDATE ON messages BEGIN SELECT RAISE(FAIL, 'full'); END")
      .run();
    await bench.clock.advance(600_000);
    expect(bench.status(id)).toBe('queued');
    database.prepare('DROP TRIGGER full').run();
    await bench.reaches(id, 'failed: expired', 10_000);
  });
});

describe('a long queue', () => {
  it('is dispatched when its SIM comes and queued when it goes, all of it', async () => {
    const { bench, modem, clock } = await GatewayBench.ready({ latencyMs: 60_000 });
    bench.table.unplug(port);
    await clock.advance(1_000);
    const ids = await queue(bench, 700);
    expect(statuses(bench, ids)).toEqual(new Set(['queued']));
    bench.table.plug(port, modem);
    await bench.table.reaches(port, 'ready');
    await clock.advance(100);
    expect(statuses(bench, ids)).toEqual(new Set(['dispatched']));
    bench.table.unplug(port);
    await clock.advance(1_000);
    const [, ...waiting] = ids;
    expect(statuses(bench, waiting)).toEqual(new Set(['queued']));
  });

  it('stops with the gateway, and nothing of it is touched afterwards', async () => {
    const { bench, clock } = await GatewayBench.ready();
    await queue(bench, 700);
    await bench.stop();
    bench.table.database.close();
    await clock.advance(60_000);
    await bench.restart();
  });

  it('is sent once each, in order', async () => {
    const { bench, network } = await GatewayBench.ready({ latencyMs: 20, reportDelayMs: 50 });
    const ids = await queue(bench, 120);
    await until(
      bench.clock,
      'all delivered',
      () => statuses(bench, ids).size === 1 && statuses(bench, ids).has('delivered'),
    );
    expect(network.submissions.all.map(({ text }) => text)).toEqual(ids.map((_, index) => `text ${index}`));
  });
});

describe('after a power cut', () => {
  /** Cuts the power and brings the modem up again. */
  async function comesBack(bench: GatewayBench): Promise<void> {
    await bench.crash();
    bench.table.serve(port, { number: ours });
    await bench.table.reaches(port, 'ready');
  }

  it('a text that waited for its SIM is sent', async () => {
    const bench = await offline();
    const id = await bench.send();
    bench.table.plug(port, bench.table.modem());
    await comesBack(bench);
    await bench.reaches(id, 'delivered');
    expect(bench.table.network.submissions.count).toBe(1);
  });

  it('a text that was dispatched is queued until its SIM is there again', async () => {
    const { bench } = await GatewayBench.ready({ latencyMs: 20_000 });
    await bench.send({ to: other });
    const id = await bench.send();
    expect(bench.status(id)).toBe('dispatched');
    await bench.crash();
    expect(bench.status(id)).toBe('queued');
  });

  it('a text of which parts left sends no part twice, and each with the same concatenation reference', async () => {
    const { bench, network } = await GatewayBench.ready();
    const id = await bench.send({ body: 'x'.repeat(400) });
    await until(bench.clock, 'the first part', () => bench.segmentsOf(id)[0]?.state === 'accepted');
    await bench.crash();
    expect(bench.status(id)).toBe('dispatched');
    bench.table.serve(port);
    await bench.table.reaches(port, 'ready');
    await until(bench.clock, 'an end', () => /^(?:delivered|failed)/.test(bench.status(id)), 200_000);
    const parts = network.submissions.all.map(({ concatenation }) => concatenation);
    expect(new Set(parts.map((part) => part?.reference)).size).toBe(1);
    expect(parts.map((part) => part?.sequence)).toEqual([...new Set(parts.map((part) => part?.sequence))]);
  });

  it('a text that was sent gets its report', async () => {
    const { bench, network } = await GatewayBench.ready();
    network.addPhone(friend, { reports: [] });
    const id = await bench.send();
    await bench.reaches(id, 'sent');
    await comesBack(bench);
    bench.report({ reference: 1 });
    await bench.reaches(id, 'delivered', 1_000);
  });

  it('a text that was given up is still proven by a late report', async () => {
    const { bench, modem, network, clock } = await GatewayBench.ready();
    network.addPhone(friend, { reports: [] });
    modem.faults.refusals = [{ command: '+CMGS', result: { kind: 'cms', code: 332 }, times: 1, at: 'taken' }];
    const sentAt = clock.now();
    const id = await bench.send();
    await bench.reaches(id, 'failed: ambiguous_submit', 70_000);
    await comesBack(bench);
    bench.report({ reference: 1, sentAt });
    await bench.reaches(id, 'delivered', 1_000);
  });

  it('a text that was delivered or failed stays so', async () => {
    const { bench, modem } = await GatewayBench.ready();
    const delivered = await bench.send();
    await bench.reaches(delivered, 'delivered');
    modem.faults.refusals = [{ command: '+CMGS', result: { kind: 'cms', code: 1 }, times: 1 }];
    const failed = await bench.send();
    await bench.reaches(failed, 'failed: recipient_unknown');
    await comesBack(bench);
    await bench.clock.advance(300_000);
    expect([bench.status(delivered), bench.status(failed)]).toEqual([
      'delivered',
      'failed: recipient_unknown',
    ]);
    expect(bench.table.network.submissions.count).toBe(1);
  });

  it('a report that was kept and not yet matched finds its text when the reference is known', async () => {
    const { bench, modem, network } = await GatewayBench.ready();
    network.addPhone(friend, { reports: [] });
    modem.faults.loseNextSendResults = 1;
    const id = await bench.send();
    await bench.clock.advance(2_000);
    bench.report({ reference: 1 });
    await bench.clock.advance(1_000);
    expect(bench.status(id)).toBe('dispatched');
    await bench.crash();
    await bench.reaches(id, 'delivered', 70_000);
  });
});
