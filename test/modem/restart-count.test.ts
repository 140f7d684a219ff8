import { expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { Recovery } from '../../src/modem/recovery.ts';
import { RecoveryRecords } from '../../src/modem/recovery-records.ts';
import { ManualClock } from '../manual-clock.ts';

const hourMs = 3_600_000;

it('how often a modem started anew in a day is counted down as the day passes, with nothing else to tell', async () => {
  const clock = new ManualClock();
  const told: number[] = [];
  const records = new RecoveryRecords(
    { restartsOf: () => undefined, keepRestarts: () => undefined },
    clock,
    silentLog,
  );
  const recovery = new Recovery({
    port: '/dev/ttyUSB0',
    clock,
    log: silentLog,
    records,
    tell: ({ restartsInADay }) => told.push(restartsInADay),
  });
  recovery.identified('490154203237518');
  recovery.failed('boot', 'the modem started anew by itself');
  await clock.advance(2 * hourMs);
  recovery.failed('boot', 'the modem started anew by itself');
  recovery.serving();
  await clock.advance(21 * hourMs);
  expect(told.at(-1)).toBe(2);
  await clock.advance(hourMs);
  expect(told.at(-1)).toBe(1);
  await clock.advance(2 * hourMs);
  expect(told.at(-1)).toBe(0);
  recovery.release();
});
