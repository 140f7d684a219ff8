import { expect, test } from 'vitest';
import { CommandedGateway, ours, theirs } from './commanded-gateway.ts';

const commanded = CommandedGateway.duringFile();
const { outcome, postern, program } = commanded;

test('erase takes one message, then all of one number, out of the gateway that serves', async () => {
  const ids: string[] = [];
  for (const body of ['one', 'two', 'three']) ids.push(await commanded.gateway.send(ours, theirs, body));
  await commanded.gateway.allReach(ids, 'delivered');
  expect(await program('erase', ids[0] ?? '')).toBe(`The message ${ids[0]} is erased.`);
  expect(await commanded.gateway.message(ids[0] ?? '')).toMatchObject({ body: '', to: null });
  const left = (await commanded.gateway.messages(`number=${encodeURIComponent(theirs)}`)).length;
  expect(await postern('erase', theirs)).toContain(`${left} messages to and from ${theirs} are erased.`);
  expect(await commanded.gateway.messages(`number=${encodeURIComponent(theirs)}`)).toEqual([]);
  expect(await commanded.gateway.message(ids[2] ?? '')).toMatchObject({ body: '', status: 'delivered' });
});

test('a number of the gateway itself is refused in a sentence', async () => {
  const { status, stderr } = await outcome('erase', ours);
  expect([status, stderr]).toEqual([1, 'error: number is a number of this gateway itself\n']);
});
