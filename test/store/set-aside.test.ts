import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { BackupDesk } from '../../src/store/backup/backup-desk.ts';
import { SetAside } from '../../src/store/backup/set-aside.ts';
import { SecretBox } from '../../src/store/secret-box.ts';
import { SimStore } from '../../src/store/sim-store.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryDatabase, temporaryFolder } from './temporary-database.ts';

interface Brought {
  readonly simId: number;
  readonly pdu: string;
}

const clock = new ManualClock();
const card = (iccid: string) => ({ iccid, imsi: undefined, modemId: 'm' });

/** The SIMs of a database of its own, in this order. */
function simsOf(...iccids: string[]): SimStore {
  const sims = new SimStore(temporaryDatabase(), new SecretBox(Buffer.alloc(32)));
  for (const iccid of iccids) sims.findOrCreate(card(iccid), 0);
  return sims;
}

/** Two arrivals that were set aside while the first database was served. */
function twoSetAside() {
  const file = join(temporaryFolder(), 'arrivals');
  const sims = simsOf('8901', '8902');
  const simId = sims.find(card('8902'))?.simId ?? 0;
  const aside = new SetAside<Brought>(file, sims, clock, silentLog);
  for (const pdu of ['first', 'second']) expect(aside.keep({ simId, pdu })).toBe(true);
  const served = simsOf('8902');
  const next = new SetAside<Brought>(file, served, clock, silentLog);
  const own = served.find(card('8902'))?.simId;
  expect(own).not.toBe(simId);
  return { file, next, own };
}

test('what is set aside is taken in its order, by the card, into a database in which the card has another number', () => {
  const { file, next, own } = twoSetAside();
  const taken: Brought[] = [];
  next.handOver((arrival) => void taken.push(arrival));
  expect(taken).toEqual([
    { simId: own, pdu: 'first' },
    { simId: own, pdu: 'second' },
  ]);
  expect(existsSync(file)).toBe(false);
});

test('what the database does not take stays, and a line that a power cut broke off keeps back no other', () => {
  const { file, next } = twoSetAside();
  appendFileSync(file, '{"sim":{"iccid":"89');
  next.handOver(() => {
    throw new Error('the disk is full');
  });
  const taken: string[] = [];
  next.handOver(({ pdu }) => void taken.push(pdu));
  expect(taken).toEqual(['first', 'second']);
});

test('a restore that comes to nothing is told of, so that what was set aside is taken at once', async () => {
  const { file } = temporaryDatabase();
  const folder = join(dirname(file), 'backups');
  mkdirSync(folder);
  writeFileSync(join(folder, 'damaged.db'), 'a photograph');
  let failed = 0;
  const desk: BackupDesk = new BackupDesk({
    clock,
    log: silentLog,
    database: file,
    keep: () => 10,
    restart: undefined,
    restoreFailed: () => {
      expect(desk.obstacle).toBeUndefined();
      failed++;
    },
  });
  await desk.restore('damaged.db', {
    kind: 'session',
    id: 'a',
    name: 'administrator',
    address: null,
    requestId: null,
  });
  expect(desk.obstacle).toBeDefined();
  await desk.stop();
  expect(failed).toBe(1);
});

test('what comes after a line that a full disk broke off is kept', () => {
  const { file, next, own = 0 } = twoSetAside();
  appendFileSync(file, '{"sim":{"iccid":"89');
  expect(next.keep({ simId: own, pdu: 'third' })).toBe(true);
  const taken: string[] = [];
  next.handOver(({ pdu }) => void taken.push(pdu));
  expect(taken).toEqual(['first', 'second', 'third']);
});
