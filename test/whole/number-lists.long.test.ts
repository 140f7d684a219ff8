import { expect, test } from 'vitest';
import { CommandedGateway, ours, theirs } from './commanded-gateway.ts';

const commanded = CommandedGateway.duringFile();
const { outcome, postern, program } = commanded;

test('a number that is put on a list on the command line is refused by the gateway that serves, until it is off', async () => {
  expect(await postern('lists', 'show', 'opted-out')).toBe('Nothing is on the list "opted-out".');
  expect(await postern('lists', 'add', 'opted-out', theirs, '--note', 'by letter')).toBe(
    `${theirs} is on the list "opted-out".`,
  );
  expect(await postern('lists', 'show', 'opted-out')).toMatch(
    /^NUMBER.*\n\+15550177001 +person .* by letter$/,
  );
  await expect(commanded.gateway.send(ours, theirs, 'hello')).rejects.toThrow(/422.*RECIPIENT_OPTED_OUT/);
  await program('lists', 'remove', 'opted-out', theirs);
  await commanded.gateway.reaches(await commanded.gateway.send(ours, theirs, 'hello'), 'delivered');
});

test('what is wrong is said', async () => {
  expect((await outcome('lists', 'add', 'friends', theirs)).stderr).toMatch(/blocked, allowed, opted-out/);
  expect((await outcome('lists', 'add', 'opted-out', 'me')).stderr).toMatch(/number: must be/);
  expect((await outcome('lists', 'remove', 'blocked', theirs)).stderr).toMatch(
    /is not on the list "blocked"/,
  );
});

test('words are set as a list', async () => {
  expect(await postern('settings', 'opt_out_words=["HALT"]')).toContain('opt_out_words = ["HALT"]');
});
