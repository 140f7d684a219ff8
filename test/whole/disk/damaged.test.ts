import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withDatabase } from '../../../src/cli/data-dir.ts';
import { databaseFile } from '../../../src/config.ts';
import { makeKey } from '../api-key.ts';
import { ModemBench, type PluggedModem } from '../bench-of-modems.ts';
import { command, RunningGateway, removeDataDir, temporaryDataDir, tryCommand } from '../running-gateway.ts';

const ours = '+15550100001';
const friend = '+15550177001';

let bench: ModemBench;
let modem: PluggedModem;
let dataDir: string;
let gateway: RunningGateway | undefined;

beforeEach(async () => {
  dataDir = await temporaryDataDir();
  bench = await ModemBench.open();
  modem = bench.add(ours);
});

afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await bench.clear();
  await removeDataDir(dataDir);
});

async function serve(key: string): Promise<RunningGateway> {
  const spec = `path=${modem.path('ttyUSB0')},number=${ours}`;
  gateway = await RunningGateway.start(['--modem', spec], { dataDir, key });
  return gateway;
}

/** Spoils the page that the rows of all messages hang on. */
function spoilMessages(): void {
  const { page, size } = withDatabase(dataDir, (database) => ({
    page: database
      .prepare<[], { rootpage: number }>(`SELECT rootpage FROM sqlite_master WHERE name = 'messages'`)
      .get()?.rootpage,
    size: database.prepare<[], { page_size: number }>('PRAGMA page_size').get()?.page_size,
  }));
  if (page === undefined || size === undefined) throw new Error('There is no such table.');
  const file = openSync(databaseFile(dataDir), 'r+');
  writeSync(file, Buffer.alloc(size, 0x5a), 0, size, (page - 1) * size);
  closeSync(file);
}

test('a damaged database is not served, and told of; a backup that was made while it was served comes in its place', async () => {
  const key = makeKey(dataDir);
  let running = await serve(key);
  const waiting = await running.send(ours, friend, 'waited when the backup was made');
  const backup = join(dataDir, 'backup.db');
  expect(await command(['backup', backup, '--data-dir', dataDir])).toMatch(/holds all messages and settings/);
  await running.stop();
  spoilMessages();

  await modem.plugIn('ttyUSB0');
  const refused = await tryCommand(['serve', '--data-dir', dataDir, '--port', '0', '--no-discovery']);
  expect(refused.stderr).toMatch(/is damaged or not a Postern database\. Restore a backup\./);
  expect(refused.status).toBe(1);
  const doctor = await tryCommand(['doctor', '--data-dir', dataDir]);
  expect(doctor.stdout).toMatch(/is damaged .*Restore a backup/);
  expect(doctor.status).toBe(1);
  expect(bench.network.submissions.count).toBe(0);

  expect(await command(['restore', backup, '--data-dir', dataDir])).toMatch(/postern queue release/);
  running = await serve(key);
  await running.until('the modem to be ready', async () => (await running.modems())[0]?.state === 'ready');
  expect((await running.message(waiting)).status).toBe('queued');
  expect(await command(['queue', '--data-dir', dataDir])).toMatch(/1 text had not come to an end/);
  expect(await command(['queue', 'release', '--data-dir', dataDir])).toMatch(/Nothing is held/);
  await running.reaches(waiting, 'delivered');
  expect(bench.timesSent()).toEqual(new Map([['waited when the backup was made', 1]]));
});
