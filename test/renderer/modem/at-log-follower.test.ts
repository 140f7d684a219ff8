import { expect, it, vi } from 'vitest';
import { AtLogFollower } from '../../../renderer/modem/at-log-follower.ts';
import type { AtLogView } from '../../../src/contract/modem-actions.ts';

/** A gateway whose answers the test gives, and hands of a clock that the test turns. */
function bench(restMs?: () => number) {
  const asked: {
    after: number | undefined;
    answer: (log: AtLogView) => void;
    fail: (error: Error) => void;
  }[] = [];
  const waiting: { delayMs: number; action: () => void }[] = [];
  const lines: string[] = [];
  const errors: (string | undefined)[] = [];
  const follower = new AtLogFollower({
    read: (after) => new Promise((answer, fail) => asked.push({ after, answer, fail })),
    ...(restMs && { restMs }),
    timers: {
      after: (delayMs, action) => {
        waiting.push({ delayMs, action });
        return { cancel: () => waiting.splice(0) };
      },
    },
    onLines: (more) => lines.push(...more.map(({ text }) => text)),
    onError: (error) => errors.push(error?.message),
  });
  return { asked, waiting, lines, errors, follower };
}

const log = (...texts: string[]): AtLogView => ({
  modem_id: '1',
  last_seq: texts.length,
  lines: texts.map((text, place) => ({ seq: place + 1, at: '', port: '', direction: 'in', text })),
});

it('asks on after the last line as soon as it has an answer', async () => {
  const { asked, lines, follower } = bench();
  follower.start();
  expect(asked[0]?.after).toBeUndefined();
  asked[0]?.answer(log('OK', 'RING'));
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect([lines, asked[1]?.after]).toEqual([['OK', 'RING'], 2]);
});

it('takes nothing while it is paused, and goes on from where it was', async () => {
  const { asked, lines, follower } = bench();
  follower.start();
  asked[0]?.answer(log('OK'));
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  follower.stop();
  asked[1]?.answer(log('OK', 'late'));
  follower.start();
  expect([lines, asked[2]?.after]).toEqual([['OK'], 1]);
});

it('tells that it could not read, waits longer each time, and tells that it can again', async () => {
  const { asked, waiting, errors, follower } = bench();
  follower.start();
  asked[0]?.fail(new Error('away'));
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  waiting[0]?.action();
  asked[1]?.fail(new Error('away'));
  await vi.waitFor(() => expect(waiting).toHaveLength(2));
  expect(waiting[1]?.delayMs).toBeGreaterThan(waiting[0]?.delayMs ?? 0);
  waiting[1]?.action();
  asked[2]?.answer(log('OK'));
  await vi.waitFor(() => expect(errors).toEqual(['away', 'away', undefined]));
});

it('rests before it asks on where nobody looks', async () => {
  const { asked, waiting, follower } = bench(() => 10_000);
  follower.start();
  asked[0]?.answer(log('OK'));
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  expect([asked.length, waiting[0]?.delayMs]).toEqual([1, 10_000]);
  waiting[0]?.action();
  expect(asked[1]?.after).toBe(1);
});
