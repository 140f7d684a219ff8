import { plainNumber } from '../../src/contract/written-number.ts';
import type { Conversation } from './grouping.ts';

/** Those whose number or name holds what was typed, whatever people write between digits. */
export function byNumber(conversations: readonly Conversation[], words: string): readonly Conversation[] {
  const wanted = bare(words);
  return wanted === '' ? [] : conversations.filter(({ number }) => bare(number).includes(wanted));
}

/** Both, each number once, the newest first. What is in the first list is shown as it is there. */
export function together(
  first: readonly Conversation[],
  second: readonly Conversation[],
): readonly Conversation[] {
  const known = new Set(first.map(({ number }) => number));
  return [...first, ...second.filter(({ number }) => !known.has(number))].sort((one, other) =>
    other.latest.created_at.localeCompare(one.latest.created_at),
  );
}

function bare(words: string): string {
  return plainNumber(words).toLowerCase();
}
