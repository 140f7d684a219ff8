import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/store/store-error.ts';
import { settled } from '../modem/eventually.ts';
import { friend, GatewayBench, ours } from './gateway-bench.ts';

/** A bench with no modem; texts for `ours` are taken all the same. */
async function offline(): Promise<GatewayBench> {
  const bench = new GatewayBench();
  await bench.restart();
  return bench;
}

describe('a text', () => {
  it('is on disk when it is answered', async () => {
    const bench = await offline();
    const accepted = await bench.accept({ client_reference: 'order 7' });
    expect(accepted).toEqual({
      message_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      from: ours,
      to: friend,
      body: 'Hello',
      status: 'queued',
      created_at: '2026-06-08T13:30:06Z',
      client_reference: 'order 7',
    });
    await bench.crash();
    expect(bench.message(accepted.message_id)).toMatchObject({
      status: 'queued',
      body: 'Hello',
      client_reference: 'order 7',
      segment_count: 1,
      encoding: 'gsm7',
      direction: 'outbound',
    });
  });

  it('is dispatched where its SIM can send now, and queued where it cannot or is not to yet', async () => {
    const { bench } = await GatewayBench.ready();
    expect((await bench.accept()).status).toBe('dispatched');
    expect((await bench.accept({ scheduled_at: '2026-06-09T00:00:00Z' })).status).toBe('queued');
    bench.table.unplug('/dev/ttyUSB0');
    await bench.clock.advance(1_000);
    expect((await bench.accept()).status).toBe('queued');
  });

  it.each([
    ['a', 1, 'gsm7'],
    ['a'.repeat(160), 1, 'gsm7'],
    ['a'.repeat(161), 2, 'gsm7'],
    ['€'.repeat(80), 1, 'gsm7'],
    ['ж'.repeat(70), 1, 'ucs2'],
    ['ж'.repeat(71), 2, 'ucs2'],
    ['😀'.repeat(36), 2, 'ucs2'],
  ])('%j… of so many segments is counted so', async (body, count, encoding) => {
    const bench = await offline();
    const id = await bench.send({ body });
    expect(bench.message(id)).toMatchObject({ segment_count: count, encoding });
    expect(bench.segmentsOf(id).map(({ state }) => state)).toEqual(Array(count).fill('waiting'));
  });

  it('from a number that is none of ours is not taken', async () => {
    const bench = await offline();
    await expect(bench.accept({ from: '+15559999999' })).rejects.toMatchObject({
      name: 'OutboxError',
      code: 'NUMBER_NOT_FOUND',
    });
  });

  it('from a number of a SIM that was never seen is taken when a specification names it', async () => {
    const bench = await offline();
    expect((await bench.accept()).status).toBe('queued');
  });
});

describe('many texts of one moment', () => {
  it('share commits, and each has its own answer', async () => {
    const bench = await offline();
    const bodies = Array.from({ length: 600 }, (_, index) => `text ${index}`);
    const answers = await settled(
      bench.clock,
      Promise.all(
        bodies.map((body) => bench.outbox.accept({ from: ours, to: friend, body }, { keyId: 'key' })),
      ),
    );
    expect(new Set(answers.map(({ message_id }) => message_id)).size).toBe(600);
    expect(answers.map(({ body }) => body)).toEqual(bodies);
    expect(bench.outbound.depth(ours)).toBe(600);
  });

  it('are taken though one among them is refused', async () => {
    const bench = await offline();
    const all = await settled(
      bench.clock,
      Promise.allSettled(
        [ours, '+15559999999', ours].map((from) =>
          bench.outbox.accept({ from, to: friend, body: 'Hello' }, { keyId: 'key' }),
        ),
      ),
    );
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(bench.outbound.depth(ours)).toBe(2);
  });
});

describe('a repeated Idempotency-Key', () => {
  const once = { idempotencyKey: 'order-7' };

  it('gives the first answer again and sends nothing', async () => {
    const bench = await offline();
    const first = await bench.accept({}, once);
    await bench.clock.advance(3_600_000);
    expect(await bench.accept({}, once)).toEqual(first);
    await bench.restart();
    expect(await bench.accept({}, once)).toEqual(first);
    expect(bench.outbound.depth(ours)).toBe(1);
  });

  it('in the same moment is one text', async () => {
    const bench = await offline();
    const request = { from: ours, to: friend, body: 'Hello' };
    const [one, two] = await settled(
      bench.clock,
      Promise.all([1, 2].map(() => bench.outbox.accept(request, { keyId: 'key', ...once }))),
    );
    expect(two).toEqual(one);
    expect(bench.outbound.depth(ours)).toBe(1);
  });

  it('is the same in whatever order the fields were written', async () => {
    const bench = await offline();
    const first = await bench.accept({ priority: 3, flash: true }, once);
    expect(await bench.accept({ flash: true, priority: 3 }, once)).toEqual(first);
  });

  it('with another request is a conflict', async () => {
    const bench = await offline();
    await bench.accept({}, once);
    await expect(bench.accept({ body: 'Hello!' }, once)).rejects.toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    expect(bench.outbound.depth(ours)).toBe(1);
  });

  it('of another API key is another', async () => {
    const bench = await offline();
    const first = await bench.accept({}, once);
    const other = await bench.accept({}, { ...once, keyId: 'other' });
    expect(other.message_id).not.toBe(first.message_id);
  });

  it('after a day is a new request', async () => {
    const bench = await offline();
    const first = await bench.accept({}, once);
    await bench.clock.advance(24 * 3_600_000 + 1);
    expect((await bench.accept({}, once)).message_id).not.toBe(first.message_id);
  });

  it('of a request that was refused is not kept', async () => {
    const bench = await offline();
    await expect(bench.accept({ from: '+15559999999' }, once)).rejects.toMatchObject({
      code: 'NUMBER_NOT_FOUND',
    });
    expect((await bench.accept({}, once)).status).toBe('queued');
  });
});

describe('a disk that is full', () => {
  it('refuses the text, and takes it when there is room again', async () => {
    const bench = await offline();
    const { database } = bench.table;
    const { page_count } = database.prepare<[], { page_count: number }>('PRAGMA page_count').get() ?? {
      page_count: 0,
    };
    database.prepare(`PRAGMA max_page_count = ${page_count}`).get();
    const long = 'x'.repeat(1_600);
    await expect(
      settled(
        bench.clock,
        Promise.all(
          Array.from({ length: 50 }, () =>
            bench.outbox.accept({ from: ours, to: friend, body: long }, { keyId: 'key' }),
          ),
        ),
      ),
    ).rejects.toBeInstanceOf(StoreError);
    expect(bench.outbound.depth(ours)).toBe(0);
    database.prepare('PRAGMA max_page_count = 1000000').get();
    expect((await bench.accept({ body: long })).status).toBe('queued');
    expect(bench.outbound.depth(ours)).toBe(1);
  });
});
