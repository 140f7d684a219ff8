import { readFileSync } from 'node:fs';
import type { Alphabet } from './codecs.ts';

/** A text and the SMS-DELIVERs that carry it; the same in every run. */
export interface Sample {
  readonly alphabet: Alphabet;
  readonly characters: number;
  readonly text: string;
  readonly delivers: readonly string[];
}

export const corpus = JSON.parse(
  readFileSync(new URL('corpus.json', import.meta.url), 'utf8'),
) as readonly Sample[];
