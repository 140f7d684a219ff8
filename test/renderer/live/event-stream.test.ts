import { describe, expect, it } from 'vitest';
import { EventStream, parseChange, retryDelayMs } from '../../../renderer/live/event-stream.ts';
import type { LiveChange } from '../../../src/contract/event.ts';
import { ManualClock } from '../../manual-clock.ts';
import { aMessage, aModem } from '../samples.ts';

/** An event source that the test opens, breaks and speaks through. */
class SourceDouble extends EventTarget {
  closed = false;

  close(): void {
    this.closed = true;
  }

  says(type: string, data: string): void {
    this.dispatchEvent(new MessageEvent(type, { data }));
  }
}

function streaming() {
  const clock = new ManualClock();
  const sources: SourceDouble[] = [];
  const changes: LiveChange[] = [];
  const connections: string[] = [];
  let reads = 0;
  const stream = new EventStream({
    open() {
      const source = new SourceDouble();
      sources.push(source);
      return source as unknown as EventSource;
    },
    timers: clock,
    onChange: (change) => changes.push(change),
    onOpen: () => reads++,
    onConnection: (connection) => connections.push(connection),
  });
  const current = () => sources.at(-1) ?? new SourceDouble();
  const opens = () => current().dispatchEvent(new Event('open'));
  const breaks = () => current().dispatchEvent(new Event('error'));
  return { stream, clock, sources, changes, connections, reads: () => reads, current, opens, breaks };
}

describe('the event stream', () => {
  it('passes on what changed', () => {
    const { stream, current, opens, changes } = streaming();
    stream.start();
    opens();
    const change = { type: 'modem.changed', data: aModem() } as const;
    current().says('modem.changed', JSON.stringify(change));
    expect(changes).toEqual([change]);
  });

  it('has everything read again each time it opens: what came between was missed', async () => {
    const { stream, clock, opens, breaks, reads, connections } = streaming();
    stream.start();
    opens();
    breaks();
    await clock.advance(1_000);
    opens();
    expect(reads()).toBe(2);
    expect(connections).toEqual(['connecting', 'live', 'lost', 'live']);
  });

  it('tries again later and later, and from the beginning after it was open', async () => {
    const { stream, clock, sources, opens, breaks } = streaming();
    stream.start();
    for (const delayMs of [1_000, 2_000, 4_000]) {
      const tried = sources.length;
      breaks();
      await clock.advance(delayMs - 1);
      expect(sources).toHaveLength(tried);
      await clock.advance(1);
      expect(sources).toHaveLength(tried + 1);
    }
    opens();
    breaks();
    await clock.advance(1_000);
    expect(sources).toHaveLength(5);
    expect(retryDelayMs(50)).toBe(30_000);
  });

  it('counts one break once and leaves no source open', async () => {
    const { stream, clock, sources, breaks } = streaming();
    stream.start();
    breaks();
    breaks();
    await clock.advance(10_000);
    expect(sources.map(({ closed }) => closed)).toEqual([true, false]);
  });

  it('begins anew when it is started again, as by a page that is woken, and holds one source open', async () => {
    const { stream, clock, sources, opens, breaks } = streaming();
    stream.start();
    opens();
    stream.start();
    breaks();
    stream.start();
    await clock.advance(60_000);
    expect(sources.map(({ closed }) => closed)).toEqual([true, true, false]);
  });

  it('is quiet once it is stopped, also while it waits', async () => {
    const { stream, clock, sources, breaks } = streaming();
    stream.start();
    breaks();
    stream.stop();
    await clock.advance(60_000);
    expect(sources).toHaveLength(1);
  });
});

describe('a change on the stream', () => {
  it.each<LiveChange>([
    { type: 'message.changed', data: aMessage() },
    { type: 'modem.changed', data: aModem() },
    { type: 'modem.removed', data: { id: '1' } },
  ])('$type is understood', (change) => expect(parseChange(JSON.stringify(change))).toEqual(change));

  it.each(['', 'null', '{"type":"message.changed"}', '{"type":"other","data":{}}', '{"data":{}}', '{'])(
    '%o is let go',
    (data) => expect(parseChange(data)).toBeUndefined(),
  );
});
