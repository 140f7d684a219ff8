import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { addressFile } from '../../src/cli/serve.ts';
import { ownNumber, startApi } from '../api/running-api.ts';
import { tryCommandHere } from '../whole/command-here.ts';

/** A file of one text, and how it ends to import that. */
async function imported(csv: Buffer) {
  const api = await startApi();
  const dataDir = dirname(api.database.file);
  writeFileSync(join(dataDir, addressFile), JSON.stringify({ url: api.url, pid: process.pid }));
  const file = join(dataDir, 'texts.csv');
  writeFileSync(file, csv);
  const outcome = await tryCommandHere(['import', file, '--from', ownNumber, '--data-dir', dataDir]);
  const { data } = (await api.ask('/v1/sms')).json;
  const erased = await tryCommandHere(['erase', '+14155553000', '--data-dir', dataDir]);
  return { ...outcome, erased: erased.stdout, bodies: data.map(({ body }: { body: string }) => body) };
}

test('a file of another encoding is refused, not sent with its umlauts lost', async () => {
  const csv = 'to,body\n+14155553000,Grüße\n';
  const { status, stderr, bodies } = await imported(Buffer.from(csv, 'latin1'));
  expect([status, bodies]).toEqual([1, []]);
  expect(stderr).toContain('UTF-8');
});

test('one text is told of in the singular', async () => {
  const { stdout, erased } = await imported(Buffer.from('to,body\n+14155553000,Grüße\n'));
  expect(stdout).toContain('1 of 1 rows accepted (1 segment).');
  expect(erased).toBe('1 message to or from +14155553000 is erased, which was cancelled first.\n');
});
