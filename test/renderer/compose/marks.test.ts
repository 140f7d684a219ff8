import { expect, it } from 'vitest';
import { marksIn } from '../../../renderer/compose/marks.ts';

it('marks each run of the characters that force UCS-2, whole ones also beyond the basic plane', () => {
  expect(marksIn('a “b”😀😀', new Set(['“', '”', '😀']))).toEqual([
    { words: 'a ', isMarked: false },
    { words: '“', isMarked: true },
    { words: 'b', isMarked: false },
    { words: '”😀😀', isMarked: true },
  ]);
});

it('leaves a plain text in one piece', () => {
  expect(marksIn('plain', new Set())).toEqual([{ words: 'plain', isMarked: false }]);
});
