import { describe, expect, it } from 'vitest';
import type { BatchAction } from '../../src/contract/batch.ts';
import { settled, until } from '../modem/eventually.ts';
import { friend, GatewayBench, ours } from './gateway-bench.ts';

const ready = () => GatewayBench.ready({ latencyMs: 500, reportDelayMs: 1_000 });

function accept(bench: GatewayBench, count: number, paused = false) {
  const items = Array.from({ length: count }, (_, index) => ({
    request: { from: ours, to: friend, body: `text ${index}` },
  }));
  const batch = bench.batchOutbox.accept(items, { keyId: 'key', name: 'test', paused, note: () => {} });
  const ids = batch.results.flatMap((result) => (result.success ? [result.data.message_id] : []));
  return { id: batch.batch_id, ids };
}

const act = (bench: GatewayBench, id: string, action: BatchAction) =>
  settled(
    bench.clock,
    bench.batches.act(id, action, (work) => work()),
  );

describe('a batch', () => {
  it('is accepted in one commit and leaves text by text, in its order', async () => {
    const { bench } = await ready();
    const { id, ids } = accept(bench, 5);
    expect(bench.batches.view(id)).toMatchObject({ state: 'running', total: 5, counts: { dispatched: 5 } });
    for (const message of ids) await bench.reaches(message, 'delivered');
    expect(ids.map((message) => bench.message(message).body)).toEqual(
      [0, 1, 2, 3, 4].map((n) => `text ${n}`),
    );
    const times = ids.map(
      (message) => bench.timeline(message).find(({ entry }) => entry === 'submitting')?.at ?? 0,
    );
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(bench.batches.view(id)).toMatchObject({ state: 'finished', counts: { delivered: 5 } });
  });

  it('that is paused finishes the text in hand and sends no other, until it is resumed', async () => {
    const { bench, clock, network } = await ready();
    const { id, ids } = accept(bench, 4);
    await until(clock, 'the first in hand', () => bench.story(ids[0] ?? '').includes('submitting 1'));
    await act(bench, id, 'pause');
    await clock.advance(3_600_000);
    expect(network.submissions.count).toBe(1);
    expect(ids.map((message) => bench.status(message))).toEqual(['delivered', 'queued', 'queued', 'queued']);
    expect(bench.batches.view(id)).toMatchObject({ state: 'paused', counts: { delivered: 1, queued: 3 } });
    const other = await bench.send({ body: 'of no batch' });
    await bench.reaches(other, 'delivered');
    await act(bench, id, 'resume');
    for (const message of ids) await bench.reaches(message, 'delivered');
    expect(network.submissions.count).toBe(5);
  });

  it('that was made paused lets nothing leave before it is resumed', async () => {
    const { bench, clock, network } = await ready();
    const { id, ids } = accept(bench, 2, true);
    await clock.advance(60_000);
    expect(network.submissions.count).toBe(0);
    await act(bench, id, 'resume');
    for (const message of ids) await bench.reaches(message, 'delivered');
  });

  it('that is paused does not try again what the network refused for now', async () => {
    const { bench, modem, clock, network } = await ready();
    modem.faults.refusals = [{ command: '+CMGS', result: { kind: 'cms', code: 42 }, times: 1 }];
    const { id, ids } = accept(bench, 1);
    const [message = ''] = ids;
    await until(clock, 'in hand', () => bench.story(message).includes('submitting 1'));
    await act(bench, id, 'pause');
    await clock.advance(3_600_000);
    expect(bench.story(message)).toContain('postponed');
    expect(network.submissions.count).toBe(0);
    await act(bench, id, 'resume');
    await bench.reaches(message, 'delivered');
  });

  it.each([
    ['back', -5 * 3_600_000],
    ['forward', 5 * 3_600_000],
  ])(
    'that is paused while the clock is set %s lets a text that was refused before leave when it is resumed',
    async (_, byMs) => {
      const { bench, modem, clock } = await ready();
      modem.faults.refusals = [{ command: '+CMGS', result: { kind: 'cms', code: 42 }, times: 1 }];
      const { id, ids } = accept(bench, 1);
      const [message = ''] = ids;
      await until(clock, 'in hand', () => bench.story(message).includes('submitting 1'));
      await act(bench, id, 'pause');
      await until(clock, 'refused', () => bench.story(message).includes('postponed'));
      clock.shift(byMs);
      bench.outbound.moveWaits(byMs);
      await act(bench, id, 'resume');
      await bench.reaches(message, 'delivered', 60_000);
    },
  );

  it('that is resumed keeps to the times for which its texts were scheduled', async () => {
    const { bench, clock, network } = await ready();
    const request = { from: ours, to: friend, body: 'later', scheduled_at: '2026-06-08T15:00:00Z' };
    const origin = { keyId: 'key', name: undefined, paused: true, note: () => {} };
    const { batch_id: id } = bench.batchOutbox.accept([{ request }], origin);
    await act(bench, id, 'resume');
    await clock.advance(60 * 60_000);
    expect(network.submissions.count).toBe(0);
    await clock.advance(60 * 60_000);
    expect(network.submissions.count).toBe(1);
  });

  it('that is cancelled takes back what has not left, tells of it, and cannot be resumed', async () => {
    const { bench, clock, network } = await ready();
    const { id, ids } = accept(bench, 3);
    await until(clock, 'the first in hand', () => bench.story(ids[0] ?? '').includes('submitting 1'));
    const view = await act(bench, id, 'cancel');
    expect(view).toMatchObject({ state: 'cancelled', counts: { failed: 2 } });
    await bench.reaches(ids[0] ?? '', 'delivered');
    await clock.advance(3_600_000);
    expect(network.submissions.count).toBe(1);
    expect(bench.message(ids[2] ?? '').failure_reason).toMatch(/^cancelled: /);
    expect(bench.toldOf(ids[2] ?? '')).toEqual(['sms.failed']);
    await expect(act(bench, id, 'resume')).rejects.toMatchObject({ code: 'BATCH_CANCELLED' });
    expect(await act(bench, id, 'cancel')).toMatchObject({ state: 'cancelled' });
  });

  it('of more texts than one turn changes is paused and cancelled whole', async () => {
    const { bench } = await ready();
    const { id } = accept(bench, 450, true);
    await act(bench, id, 'resume');
    expect(await act(bench, id, 'pause')).toMatchObject({ state: 'paused', total: 450 });
    const held = bench.table.database
      .prepare<[], { count: number }>(
        'SELECT count(*) AS count FROM messages WHERE due_after_pause IS NOT NULL',
      )
      .get();
    expect(held?.count).toBeGreaterThanOrEqual(448);
    expect((await act(bench, id, 'cancel')).counts.failed).toBeGreaterThanOrEqual(448);
  });

  it('whose pause a crash cut short is paused after the start', async () => {
    const { bench, clock, network } = await ready();
    const { id } = accept(bench, 3, true);
    await act(bench, id, 'resume');
    bench.table.database.prepare('UPDATE batches SET paused_at = 1').run();
    await bench.crash();
    const before = network.submissions.count;
    await settled(clock, bench.batches.start());
    await clock.advance(3_600_000);
    expect(network.submissions.count).toBeLessThanOrEqual(before + 1);
    expect(bench.batches.view(id).counts.queued).toBeGreaterThanOrEqual(1);
  });
});

describe('a file of many texts', () => {
  const items = Array.from({ length: 250 }, (_, index) => ({
    request: { from: ours, to: friend, body: `row ${index}` },
  }));

  it('that was cut short and is given again with its key goes on where it ended', async () => {
    const { bench, clock } = await ready();
    const origin = { keyId: 'key', name: undefined, paused: true, note: () => {}, idempotencyKey: 'file-1' };
    const first = await settled(clock, bench.batchOutbox.acceptMany(items, origin));
    bench.table.database.prepare(`DELETE FROM idempotency WHERE idempotency_key LIKE 'file-1#2%'`).run();
    bench.table.database.prepare(`DELETE FROM segments`).run();
    bench.table.database.prepare(`DELETE FROM messages WHERE body LIKE 'row 2%'`).run();
    const again = await settled(clock, bench.batchOutbox.acceptMany(items, origin));
    expect(again.batchId).toBe(first.batchId);
    const idOf = (results: typeof first.results, index: number) => {
      const result = results[index];
      return result?.success ? result.data.message_id : undefined;
    };
    expect(idOf(again.results, 1)).toBe(idOf(first.results, 1));
    expect(idOf(again.results, 2)).not.toBe(idOf(first.results, 2));
    expect(bench.batches.view(first.batchId)).toMatchObject({ total: 250, refused: 0 });
    const other = items.slice(1);
    await expect(bench.batchOutbox.acceptMany(other, origin)).rejects.toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
  });

  it('that is given twice at once with one key is taken once, and both are answered alike', async () => {
    const { bench, clock } = await ready();
    const origin = { keyId: 'key', name: undefined, paused: true, note: () => {}, idempotencyKey: 'file-1' };
    const error = { code: 'VALIDATION_ERROR' as const, message: 'One field is wrong.' };
    const file = items.map((item, index) => (index % 10 === 0 ? { error } : item));
    const one = bench.batchOutbox.acceptMany(file, origin);
    await new Promise<void>((resolve) => setImmediate(resolve));
    const [first, again] = await settled(
      clock,
      Promise.all([one, bench.batchOutbox.acceptMany(file, origin)]),
    );
    expect(again).toEqual(first);
    expect(bench.batches.view(first.batchId)).toMatchObject({ total: 225, refused: 25 });
  });
});
