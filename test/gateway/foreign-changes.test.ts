import { expect, it } from 'vitest';
import { ForeignChanges } from '../../src/gateway/foreign-changes.ts';
import { silentLog } from '../../src/log.ts';
import { Database } from '../../src/store/database.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryDatabase } from '../store/temporary-database.ts';

it('what another process wrote is told of again until it could be taken in', async () => {
  const database = temporaryDatabase();
  const clock = new ManualClock();
  let told = 0;
  const foreign = new ForeignChanges(database, clock, silentLog, () => {
    if (++told < 3) throw new Error('the disk cannot be read');
  });
  foreign.start();
  const other = Database.open(database.file);
  other.prepare("INSERT INTO settings (name, value) VALUES ('test', '1')").run();
  other.close();
  await clock.advance(10_000);
  expect(told).toBe(3);
  foreign.stop();
});
