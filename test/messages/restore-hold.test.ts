import { expect, test } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { RestoreHold } from '../../src/messages/restore-hold.ts';
import { copyMark, RestoreStore } from '../../src/store/restore-store.ts';
import { SmppPartStore } from '../../src/store/smpp-part-store.ts';
import { friend, GatewayBench, ours } from './gateway-bench.ts';

/** A restored database in which so many texts waited. */
async function restored(count: number, more: (parts: SmppPartStore) => void = () => {}) {
  const { bench } = await GatewayBench.ready();
  bench.pause(true);
  const { database } = bench.table;
  const origin = { keyId: 'key', name: undefined, paused: false, note: () => {} };
  const items = Array.from({ length: count }, (_, n) => ({
    request: { from: ours, to: friend, body: `waited ${n}` },
  }));
  bench.batchOutbox.accept(items, origin);
  database.prepare(`INSERT INTO settings (name, value) VALUES (?, 'true')`).run(copyMark);
  more(new SmppPartStore(database));
  let released = 0;
  const hold = new RestoreHold(bench.ledger, new RestoreStore(database), bench.clock, silentLog, () => {
    released++;
  });
  hold.start();
  return { hold, database, releases: () => released };
}

test('many texts that are discarded after a restore let others have their turn in between', async () => {
  const { hold, releases } = await restored(1_000);
  let decisions = 0;
  const done = hold.discard((work) => {
    decisions++;
    work();
  });
  expect(hold.waiting).toBeGreaterThan(500);
  expect([hold.held === undefined, releases()]).toEqual([false, 0]);
  await done;
  expect([hold.held, hold.waiting, decisions, releases()]).toEqual([undefined, 0, 1, 1]);
});

test('parts of a text that waited in a backup for the rest are not sent again after its restore', async () => {
  const { hold, database } = await restored(1, (parts) => {
    const part = { groupKey: 'g', octets: Buffer.from('Half'), submission: '{}', receivedAt: 0 };
    parts.keep({ ...part, messageId: 'waits', position: 1, joined: false });
    parts.keep({ ...part, messageId: 'left', position: 1, joined: true });
  });
  const kept = database.prepare<[], { message_id: string }>('SELECT message_id FROM smpp_parts').all();
  expect([hold.waiting, kept]).toEqual([1, [{ message_id: 'left' }]]);
});

test('what is released while the rest is discarded is not discarded any more', async () => {
  const { hold, releases } = await restored(1_000);
  const done = hold.discard((work) => work());
  hold.release();
  await done;
  expect([hold.held, releases()]).toEqual([undefined, 1]);
});
