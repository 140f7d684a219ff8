import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BackupView } from '../../src/contract/backup.ts';
import type { SettingsFile } from '../../src/contract/settings-file.ts';
import { makeKey } from './api-key.ts';
import { command, RunningGateway, removeDataDir, temporaryDataDir } from './running-gateway.ts';

const ours = '+15550100001';
let dataDir: string;
let gateway: RunningGateway;

beforeEach(async () => {
  dataDir = await temporaryDataDir();
});

afterEach(async () => {
  await gateway.stop();
  await removeDataDir(dataDir);
});

async function ask<Data>(method: string, path: string, body?: object): Promise<Data> {
  const answer = await gateway.request(path, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return (answer.body as { data: Data }).data;
}

test('a backup is restored from outside: the gateway starts anew in place, where it was, and holds what waited', async () => {
  gateway = await RunningGateway.start(['--emulate', '1'], { dataDir, key: makeKey(dataDir, ['admin']) });
  await gateway.online(ours);
  const kept = await gateway.send(ours, '+15550177001', 'before the backup');
  await gateway.reaches(kept, 'delivered', 'sent');
  const { name } = await ask<BackupView>('POST', '/v1/backups');
  await gateway.until(
    'the backup',
    async () => (await ask<BackupView>('GET', `/v1/backups/${name}`)).state === 'ready',
  );
  const lost = await gateway.send(ours, '+15550177001', 'after the backup');
  await ask('POST', `/v1/backups/${name}/restore`);
  await gateway.until('the gateway to have started anew', async () => {
    const answer = await gateway.request(`/v1/sms/${lost}`).catch(() => undefined);
    return answer?.status === 404;
  });
  expect((await gateway.message(kept)).body).toBe('before the backup');
  const queue = await ask<{ held: { message: string } | null }>('GET', '/v1/queue');
  expect(queue.held?.message).toMatch(/release/);
  const names = (await ask<BackupView[]>('GET', '/v1/backups')).map((backup) => backup.name);
  expect(names).toContainEqual(expect.stringMatching(/^before-restore-/));
  await gateway.online(ours);

  // what an administrator sets of the network is there after a restart, and nothing waits for a person to free it
  await ask('PATCH', '/v1/network', { allow_hosts: ['sms.office'] });
  await ask('POST', '/v1/restart');
  await gateway.until('the name to hold', async () => {
    const answer = await gateway
      .request('/v1/network', { headers: { Origin: 'http://sms.office' } })
      .catch(() => undefined);
    return answer?.status === 200;
  });

  const file = join(dataDir, 'settings.json');
  expect(await command(['settings', 'export', file, '--data-dir', dataDir])).toMatch(
    /PINs and passwords are left out/,
  );
  const settings = JSON.parse(await readFile(file, 'utf8')) as SettingsFile;
  expect(settings.network).toEqual({ allow_hosts: ['sms.office'] });
  await writeFile(file, JSON.stringify({ ...settings, settings: { ...settings.settings, backups_kept: 3 } }));
  const dry = await command(['settings', 'import', file, '--dry-run', '--data-dir', dataDir]);
  expect(dry).toBe('settings: backups_kept: 10 -> 3\n1 thing would change.');
  expect(await command(['settings', 'import', file, '--data-dir', dataDir])).toMatch(/1 thing changed/);
  expect(await command(['settings', '--data-dir', dataDir])).toContain('backups_kept = 3');
});
