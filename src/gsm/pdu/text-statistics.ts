import type { ForeignCharacter } from './alphabet-choice.ts';
import { allowedSegments, layOut, type SegmentOptions } from './layout.ts';
import { forcingCharacters } from './segment.ts';

/** What a live counter shows beside a text while it is being typed. */
export interface TextStatistics {
  readonly alphabet: 'gsm7' | 'ucs2';
  /** Characters as a person counts them: grapheme clusters. */
  readonly characters: number;
  readonly segments: number;
  /** Septets or UTF-16 units that a segment holds. */
  readonly unitsPerSegment: number;
  /** Units that the last segment has left. */
  readonly unitsLeft: number;
  /** The characters because of which it is UCS-2. */
  readonly forcedBy: readonly ForeignCharacter[];
  readonly transliterated: boolean;
  /** Whether it can be sent: not more segments than allowed. */
  readonly fits: boolean;
}

const segmenter = new Intl.Segmenter();

function countCharacters(text: string): number {
  let count = 0;
  for (const _ of segmenter.segment(text)) count++;
  return count;
}

/**
 * Counts a text as `segmentText` would cut it, but a text that is too long is only counted, not refused. With
 * `alphabet` 'gsm7' a text that GSM 7-bit cannot hold is still an `EncodeError`.
 */
export function textStatistics(text: string, options: SegmentOptions = {}): TextStatistics {
  const { tables, segments, unitsPerSegment, unitsLeft, transliterated } = layOut(text, options);
  return {
    alphabet: tables === undefined ? 'ucs2' : 'gsm7',
    characters: countCharacters(text),
    segments: segments.length,
    unitsPerSegment,
    unitsLeft,
    forcedBy: forcingCharacters(text, tables, options),
    transliterated,
    fits: segments.length <= allowedSegments(options),
  };
}
