import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandHere, tryCommandHere } from './command-here.ts';
import { command, RunningGateway, removeDataDir, temporaryDataDir } from './running-gateway.ts';

const ours = '+15550100001';
const theirs = '+15550177001';
let dataDir: string;
let gateway: RunningGateway;

beforeAll(async () => {
  dataDir = await temporaryDataDir();
  gateway = await RunningGateway.start(['--emulate', '1'], { dataDir });
  await gateway.online(ours);
});

afterAll(async () => {
  await gateway.stop();
  await removeDataDir(dataDir);
});

const postern = (...words: string[]) => commandHere([...words, '--data-dir', dataDir]);

test('erase takes one message, then all of one number, out of the gateway that serves', async () => {
  const ids: string[] = [];
  for (const body of ['one', 'two', 'three']) ids.push(await gateway.send(ours, theirs, body));
  await gateway.allReach(ids, 'delivered');
  expect(await command(['erase', ids[0] ?? '', '--data-dir', dataDir])).toBe(
    `The message ${ids[0]} is erased.`,
  );
  expect(await gateway.message(ids[0] ?? '')).toMatchObject({ body: '', to: null });
  const left = (await gateway.messages(`number=${encodeURIComponent(theirs)}`)).length;
  expect(await postern('erase', theirs)).toContain(`${left} messages to and from ${theirs} are erased.`);
  expect(await gateway.messages(`number=${encodeURIComponent(theirs)}`)).toEqual([]);
  expect(await gateway.message(ids[2] ?? '')).toMatchObject({ body: '', status: 'delivered' });
});

test('a number of the gateway itself is refused in a sentence', async () => {
  const { status, stderr } = await tryCommandHere(['erase', ours, '--data-dir', dataDir]);
  expect([status, stderr]).toEqual([1, 'error: number is a number of this gateway itself\n']);
});
