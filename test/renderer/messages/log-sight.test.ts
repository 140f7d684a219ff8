import { expect, it } from 'vitest';
import { rowsAt } from '../../../renderer/messages/log-sight.ts';

it('a row of which only a line is seen is in sight', () => {
  expect(rowsAt(0, 100, 50)).toEqual({ from: 0, to: 1 });
  expect(rowsAt(1, 100, 50)).toEqual({ from: 0, to: 2 });
  expect(rowsAt(49, 102, 50)).toEqual({ from: 0, to: 3 });
  expect(rowsAt(50, 100, 50)).toEqual({ from: 1, to: 2 });
});

it('a frame that has no height yet, or is pulled beyond its head, shows the first row', () => {
  expect(rowsAt(0, 0, 50)).toEqual({ from: 0, to: 0 });
  expect(rowsAt(-30, 40, 50)).toEqual({ from: 0, to: 0 });
});

it('the last of a million rows is found as exactly as the first', () => {
  expect(rowsAt(999_980 * 36, 720, 36)).toEqual({ from: 999_980, to: 999_999 });
});
