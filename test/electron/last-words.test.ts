import { expect, it } from 'vitest';
import { LastWords } from '../../electron/last-words.ts';

const uncaught = `{"level":30,"msg":"ready"}
/app/dist/chunks/gateway.js:10
    throw new TypeError('no such modem');
    ^

TypeError: no such modem
    at Gateway.start (/app/dist/chunks/gateway.js:10:11)

Node.js v24.21.0
`;

it.each([
  [uncaught, 'no such modem'],
  ['Error [ERR_X]: the port is in use\n', 'the port is in use'],
  ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n 1: 0xb', undefined],
])('finds why a program ended', (output, cause) => {
  const words = new LastWords();
  words.add(output);
  expect(words.cause).toBe(cause ?? 'Reached heap limit Allocation failed - JavaScript heap out of memory');
});

it('finds it however the output is cut, and takes the last', () => {
  const words = new LastWords();
  expect(words.cause).toBeUndefined();
  for (const piece of ['Err', 'or: first\r', '\nRangeError: sec', 'ond']) words.add(piece);
  expect(words.cause).toBe('second');
});

it('takes no line of the log for a cause', () => {
  const words = new LastWords();
  words.add(
    '{"level":50,"err":{"type":"Error","message":"x"},"msg":"Error: a text failed"}\nwords of a native crash\n',
  );
  expect(words.cause).toBeUndefined();
});

it('stays small when a line never ends', () => {
  const words = new LastWords();
  words.add('Error: ');
  for (let piece = 0; piece < 1_000; piece++) words.add('x'.repeat(10_000));
  words.add('\nError: short\n');
  expect(words.cause).toBe('short');
});
