import { expect, it } from 'vitest';
import { LastLines } from '../../electron/last-lines.ts';

it('knows the last line however the output is cut', () => {
  const lines = new LastLines();
  expect(lines.last()).toBeUndefined();
  for (const piece of ['fir', 'st\nsec', 'ond\r\n', '\n']) lines.add(piece);
  expect(lines.last()).toBe('second');
  lines.add('no end yet');
  expect(lines.last()).toBe('no end yet');
});

it('stays small when a line never ends', () => {
  const lines = new LastLines();
  for (let piece = 0; piece < 1_000; piece++) lines.add('x'.repeat(10_000));
  expect(lines.last()?.length).toBe(2_000);
});
