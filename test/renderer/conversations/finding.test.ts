import { expect, it } from 'vitest';
import { byNumber, together } from '../../../renderer/conversations/finding.ts';
import type { Conversation } from '../../../renderer/conversations/grouping.ts';
import { aMessage } from '../samples.ts';

const at = (number: string, minute: number, body = 'x'): Conversation => ({
  number,
  latest: aMessage({ body, created_at: `2026-06-10T12:${String(minute).padStart(2, '0')}:00Z` }),
  unread: 0,
});
const anna = at('+15550174439', 3);
const ben = at('+491514556012', 2);
const operator = at('Telekom', 1);
const all = [anna, ben, operator];

it.each([
  ['4439', [anna]],
  ['+1 (555) 017', [anna]],
  ['0049151', [ben]],
  ['+49 (0) 151–455', [ben]],
  ['\u202a+49 151\u202c', [ben]],
  ['telekom', [operator]],
  ['9999', []],
  ['', []],
  ['- ()', []],
])('%j is looked for among numbers and names', (words, found) => {
  expect(byNumber(all, words)).toEqual(found);
});

it('what was found by its words and by its number is there once, the newest first', () => {
  const said = at('+491514556012', 1, 'Gate 2 is closed');
  expect(together([said], [anna, ben])).toEqual([anna, said]);
});
