import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { databaseFile } from '../../../src/config.ts';
import type { ModemView } from '../../../src/contract/modem.ts';
import { Database } from '../../../src/store/database.ts';
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

/** Spoils the page that the rows of all messages hang on, under the eyes of whoever serves it. */
function spoilMessages(): void {
  const file = databaseFile(dataDir);
  const database = Database.open(file);
  const pages = `SELECT rootpage FROM sqlite_master WHERE name = 'messages'`;
  const page = database.prepare(pages).pluck().get() as number;
  const size = database.prepare('PRAGMA page_size').pluck().get() as number;
  database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(size, 0x5a), 0, size, (page - 1) * size);
  closeSync(handle);
  // whoever has read pages of the file reads them again after another one has written
  database.prepare(`INSERT INTO audit (at, action, actor_kind) VALUES (0, 'test', 'nobody')`).run();
  database.close();
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

test('a page that goes bad while it is served stops sending and accepting, and what arrives stays on the SIM until a backup is in its place', async () => {
  const key = makeKey(dataDir);
  let running = await serve(key);
  const waiting = await running.send(ours, friend, 'waited when the page went bad');
  const backup = join(dataDir, 'backup.db');
  await command(['backup', backup, '--data-dir', dataDir]);
  spoilMessages();

  const ask = (path: string, body?: object) =>
    running.request(path, body && { method: 'POST', body: JSON.stringify(body) });
  const damaged = {
    error: { code: 'NOT_READY', message: expect.stringMatching(/is damaged.*Restore a backup/) },
  };
  expect(await ask('/v1/sms')).toMatchObject({ status: 503, body: damaged });
  expect(await ask('/v1/sms/send', { from: ours, to: friend, body: 'too late' })).toMatchObject({
    status: 503,
    body: damaged,
  });
  bench.network.deliver({ from: friend, to: ours, text: 'came meanwhile' });
  await modem.plugIn('ttyUSB0');
  const seen = async () => ((await ask('/v1/modems')).body as { data: ModemView[] }).data[0];
  await running.until(
    'the modem to be held up',
    async () => (await seen())?.problem?.code === 'disk_failure',
  );
  expect(running.log).toMatch(/the database is damaged: nothing is sent or accepted any more/);
  const doctor = await tryCommand(['doctor', '--data-dir', dataDir]);
  expect(doctor.stdout).toMatch(/is damaged .*Restore a backup/);
  expect(doctor.status).toBe(1);
  expect(bench.network.submissions.count).toBe(0);
  expect(modem.modem.equipment.storages.ME.used + modem.sim.messages.used).toBe(1);
  await running.stop();

  await command(['restore', backup, '--data-dir', dataDir]);
  running = await serve(key);
  await command(['queue', 'release', '--data-dir', dataDir]);
  await running.reaches(waiting, 'delivered');
  const received = await running.messages('direction=inbound');
  expect(received.map(({ body }) => body)).toEqual(['came meanwhile']);
  expect(bench.timesSent()).toEqual(new Map([['waited when the page went bad', 1]]));
});
