import { expect, test } from 'vitest';
import { tryCommandHere } from '../whole/command-here.ts';

test.each([
  [[], "missing required argument 'id'"],
  [['350000000000014'], "missing required argument 'action'"],
])('"modem %s" says what is missing, and where to read what can be done', async (words, missing) => {
  const { status, stderr } = await tryCommandHere(['modem', ...words]);
  expect(status).not.toBe(0);
  expect(stderr).toContain(missing);
  expect(stderr).toContain('postern modem --help shows what can be done');
});
