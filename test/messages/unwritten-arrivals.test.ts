import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { UnwrittenArrivals } from '../../src/messages/unwritten-arrivals.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { ManualClock } from '../manual-clock.ts';

/** Arrivals on their way to a store that can be locked by another program. */
function lockable() {
  const store = { locked: true, tries: 0, kept: [] as string[] };
  const clock = new ManualClock();
  const arrivals = new UnwrittenArrivals(
    ({ pdu }) => {
      store.tries++;
      if (store.locked) throw new StoreError('locked', 'Another program has locked it.');
      store.kept.push(pdu);
      return true;
    },
    clock,
    silentLog,
    () => {},
  );
  const arrive = (pdu: string) => {
    const place = { simId: 1, storage: '', index: 0, occupied: undefined, imported: false } as const;
    try {
      return arrivals.take({ ...place, pdu, tpduLength: undefined });
    } catch {
      return false;
    }
  };
  return { store, clock, arrivals, arrive };
}

describe('arrivals that wait in memory', () => {
  it('are not all tried at a store that takes none: each try of a locked one keeps all else waiting', async () => {
    const { store, clock, arrive } = lockable();
    for (let count = 0; count < 100; count++) arrive(`${count}`);
    store.tries = 0;
    await clock.advance(5_000);
    expect(store.tries).toBe(1);
    store.locked = false;
    await clock.advance(5_000);
    expect(store.kept).toHaveLength(100);
  });

  it('come before what arrives after them', async () => {
    const { store, clock, arrivals, arrive } = lockable();
    arrive('first');
    arrive('second');
    store.locked = false;
    expect(arrive('third')).toBe(true);
    await clock.advance(60_000);
    expect([store.kept, arrivals.any]).toEqual([['first', 'second', 'third'], false]);
  });
});
