import { statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { Checkpoints } from '../../src/store/checkpoints.ts';
import type { Database } from '../../src/store/database.ts';
import { WriteAheadLog } from '../../src/store/write-ahead-log.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryDatabase } from './temporary-database.ts';

const settingsOf = (database: Database) => database.prepare('SELECT name FROM settings').pluck().all();

let written = 0;
function write(database: Database, octets = 10): void {
  database
    .prepare(`INSERT INTO settings (name, value) VALUES (?, printf('%.*c', ?, 'x'))`)
    .run(`${written++}`, octets);
}

describe('the write-ahead log', () => {
  test('is longer after it was lengthened, and holds nothing more', async () => {
    const database = temporaryDatabase();
    write(database);
    const log = new WriteAheadLog(database);
    const before = { pages: log.pages(), settings: settingsOf(database) };
    await log.lengthen(1_000_000);
    const { size } = statSync(`${database.file}-wal`);
    expect(size).toBeGreaterThan(1_000_000);
    expect({ pages: log.pages(), settings: settingsOf(database) }).toEqual(before);
    write(database);
    expect(database.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(statSync(`${database.file}-wal`).size).toBe(size);
  });

  test('begins anew when it was moved into the file', () => {
    const database = temporaryDatabase();
    write(database, 1_000_000);
    const log = new WriteAheadLog(database);
    const { size } = statSync(`${database.file}-wal`);
    log.checkpoint();
    expect(log.pages()).toBe(1);
    expect(statSync(database.file).size).toBeGreaterThan(1_000_000);
    write(database, 900_000);
    expect(statSync(`${database.file}-wal`).size).toBe(size);
  });
});

describe('checkpoints', () => {
  async function started() {
    const database = temporaryDatabase();
    const log = new WriteAheadLog(database);
    const clock = new ManualClock();
    let lengthened: Promise<void> | undefined;
    const watched = {
      version: () => log.version(),
      pages: () => log.pages(),
      checkpoint: () => log.checkpoint(),
      lengthen: (octets: number) => {
        lengthened = log.lengthen(octets);
        return lengthened;
      },
    };
    new Checkpoints(watched, clock, silentLog).start();
    await clock.advance(1_000);
    await lengthened;
    expect(statSync(`${database.file}-wal`).size).toBeGreaterThan(5_000_000);
    await clock.advance(0);
    return { database, log, clock };
  }

  test('are made when enough was written and nothing more is', async () => {
    const { database, log, clock } = await started();
    write(database, 5_000_000);
    expect(log.pages()).toBeGreaterThan(1_000);
    await clock.advance(1_010);
    expect(log.pages()).toBe(1);
  });

  test('wait while one commit follows another, for as long as the log may still grow', async () => {
    const { database, log, clock } = await started();
    write(database, 5_000_000);
    await clock.advance(500);
    for (let commit = 0; commit < 15; commit++) {
      write(database);
      await clock.advance(10);
    }
    expect(log.pages()).toBeGreaterThan(1_000);
    await clock.advance(20);
    expect(log.pages()).toBe(1);
  });

  test('are not made for little', async () => {
    const { database, log, clock } = await started();
    write(database, 1_000_000);
    await clock.advance(60_000);
    expect(log.pages()).toBeGreaterThan(200);
  });
});
