import { type ForeignCharacter, foreignCharacters } from './alphabet-choice.ts';
import { defaultTables, type Gsm7Tables } from './gsm7-tables.ts';
import type { NationalLanguage } from './information-element.ts';
import { layOutWithinLimit, type SegmentOptions } from './layout.ts';

/** A text as it will travel. */
export interface SegmentedText {
  readonly alphabet: 'gsm7' | 'ucs2';
  /** The shift tables in use, when not the default ones. */
  readonly national?: NationalLanguage;
  /** Joined they are the text, or its transliteration. At least one, which may be empty. */
  readonly segments: readonly string[];
  /** Septets in `gsm7`, UTF-16 units in `ucs2`. */
  readonly unitsPerSegment: number;
  /** Units that the last segment has left. */
  readonly unitsLeft: number;
  /** The characters because of which it is UCS-2 and not GSM 7-bit. */
  readonly forcedBy: readonly ForeignCharacter[];
  readonly transliterated: boolean;
}

/** The characters that keep a text out of GSM 7-bit, where that was not asked for anyway. */
export function forcingCharacters(
  text: string,
  tables: Gsm7Tables | undefined,
  { alphabet }: SegmentOptions,
): readonly ForeignCharacter[] {
  return tables === undefined && alphabet !== 'ucs2' ? foreignCharacters(text, defaultTables) : [];
}

/** What a user data header has to say about the tables; nothing about the default ones. */
export function nationalOf(tables: Gsm7Tables | undefined): NationalLanguage | undefined {
  if (tables === undefined || tables === defaultTables) return undefined;
  return { locking: tables.locking, single: tables.single };
}

/**
 * Cuts a text into segments (TS 23.040, 9.2.3.24.1). Escape pairs, surrogate pairs and, unless longer than a segment,
 * grapheme clusters stay whole. `EncodeError` when the text takes more segments than allowed, or GSM 7-bit is demanded
 * and cannot hold it.
 */
export function segmentText(text: string, options: SegmentOptions = {}): SegmentedText {
  const { tables, text: _, ...layout } = layOutWithinLimit(text, options);
  const national = nationalOf(tables);
  return {
    alphabet: tables === undefined ? 'ucs2' : 'gsm7',
    ...(national && { national }),
    ...layout,
    forcedBy: forcingCharacters(text, tables, options),
  };
}
