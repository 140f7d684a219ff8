import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { SessionLifetime } from '../../src/modem/session-lifetime.ts';
import { openChannel } from './channel-bench.ts';

/** A session of which only its end is of interest, and what was scheduled in it. */
async function lifetime() {
  const { channel, clock } = await openChannel();
  const scheduled: number[] = [];
  const watched = {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    after: (delayMs: number, action: () => void) => {
      scheduled.push(delayMs);
      return clock.after(delayMs, action);
    },
  };
  return { session: new SessionLifetime(channel, watched, silentLog), clock, scheduled };
}

describe('what a session does again and again', () => {
  it('is done at its interval, once the time before is over', async () => {
    const { session, clock } = await lifetime();
    let done = 0;
    session.every(
      () => 60_000,
      async () => void done++,
    );
    await clock.advance(180_000);
    expect(done).toBe(3);
    session.close();
    await clock.advance(180_000);
    expect(done).toBe(3);
  });

  it('is not begun by one that was lost while it was brought up: its timer would keep the program', async () => {
    const { session, scheduled } = await lifetime();
    session.close();
    session.every(
      () => 300_000,
      async () => undefined,
    );
    session.after(300_000, async () => undefined);
    expect(scheduled).toEqual([]);
  });
});
