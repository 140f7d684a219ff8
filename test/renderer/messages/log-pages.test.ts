import { expect, it } from 'vitest';
import { pagesFor, placeOf } from '../../../renderer/messages/log-pages.ts';
import { aMessage } from '../samples.ts';

/** A log of which only the rows from `from` on are read, each message named after its place. */
const readFrom = (from: number) => (index: number) =>
  index >= from && index < from + 100 ? aMessage({ message_id: `${index}` }) : undefined;

it('a message is found where it was left, and where others have pushed it', () => {
  expect(placeOf(readFrom(0), '7', [7, 0])).toBe(7);
  expect(placeOf(readFrom(0), '9', [7, 0])).toBe(9);
});

it('a message that was opened far from the one before is found among what is drawn', () => {
  expect(placeOf(readFrom(388_800), '388817', [12, 388_805])).toBe(388_817);
});

it('one that is not in the log any more stands where it was', () => {
  expect(placeOf(readFrom(0), 'erased', [7, 0])).toBe(7);
});

it.each([
  ['the newest rows, alone', 0, 30, 1_000, [1]],
  ['rows on two pages', 0, 100, 1_000, [1, 2]],
  ['what comes next to who reads on', 10, 40, 1_000, [1, 2]],
  ['what comes next on either side', 250, 290, 1_000, [2, 3, 4]],
  ['the last page and the one before', 970, 999, 1_000, [9, 10]],
  ['no page behind the last', 10, 25, 26, [1]],
])('%s: the pages that are read', (_what, from, to, total, pages) => {
  expect(pagesFor(from, to, total)).toEqual(pages);
});
