import { expect, it } from 'vitest';
import { placeOf } from '../../../renderer/messages/log-pages.ts';
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
