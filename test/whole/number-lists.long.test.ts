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

test('a number that is put on a list on the command line is refused by the gateway that serves, until it is off', async () => {
  expect(await postern('lists', 'show', 'opted-out')).toBe('Nothing is on the list "opted-out".');
  expect(await postern('lists', 'add', 'opted-out', theirs, '--note', 'by letter')).toBe(
    `${theirs} is on the list "opted-out".`,
  );
  expect(await postern('lists', 'show', 'opted-out')).toMatch(
    /^NUMBER.*\n\+15550177001 +person .* by letter$/,
  );
  await expect(gateway.send(ours, theirs, 'hello')).rejects.toThrow(/422.*RECIPIENT_OPTED_OUT/);
  await command(['lists', 'remove', 'opted-out', theirs, '--data-dir', dataDir]);
  await gateway.reaches(await gateway.send(ours, theirs, 'hello'), 'delivered');
});

test('what is wrong is said', async () => {
  const refused = (...words: string[]) => tryCommandHere([...words, '--data-dir', dataDir]);
  expect((await refused('lists', 'add', 'friends', theirs)).stderr).toMatch(/blocked, allowed, opted-out/);
  expect((await refused('lists', 'add', 'opted-out', 'me')).stderr).toMatch(/number: must be/);
  expect((await refused('lists', 'remove', 'blocked', theirs)).stderr).toMatch(
    /is not on the list "blocked"/,
  );
});

test('words are set as a list', async () => {
  expect(await postern('settings', 'opt_out_words=["HALT"]')).toContain('opt_out_words = ["HALT"]');
});
