import {
  type AllowedLanguages,
  type ForeignCharacter,
  foreignCharacters,
  septetCount,
  tablePairs,
} from './alphabet-choice.ts';
import { EncodeError } from './encode-error.ts';
import { defaultTables, type Gsm7Tables } from './gsm7-tables.ts';
import { concatHeaderOctets, type HeaderFields, headerOctets, noHeader } from './header-composition.ts';
import type { Ports } from './information-element.ts';
import { splitText } from './split.ts';
import { transliterate } from './transliteration.ts';
import { capacity } from './user-data-composition.ts';

export interface SegmentOptions {
  /** `auto`, the default, takes GSM 7-bit when it can hold the text. */
  readonly alphabet?: 'auto' | 'gsm7' | 'ucs2';
  /** Size of the concatenation reference; 8 is the default and the one every telephone knows. */
  readonly refBits?: 8 | 16;
  /** National languages whose shift tables may be used; none by default, since not every telephone has them. */
  readonly nationalTables?: AllowedLanguages;
  /** Replace typographic characters where that makes the text fit GSM 7-bit. */
  readonly transliterate?: boolean;
  readonly ports?: Ports;
  /** Refuse a text that takes more; 255, the default, is the most a header can count. */
  readonly maxSegments?: number;
}

/** A text cut into segments, in one alphabet. */
export interface Layout {
  /** What was cut: the text, or its transliteration. */
  readonly text: string;
  /** Of GSM 7-bit; `undefined` for UCS-2. */
  readonly tables: Gsm7Tables | undefined;
  readonly segments: readonly string[];
  /** Septets or UTF-16 units that a segment holds. */
  readonly unitsPerSegment: number;
  /** Units that the last segment has left. */
  readonly unitsLeft: number;
  readonly transliterated: boolean;
}

/** The header that every segment has, but for concatenation. */
function commonHeader({ ports }: SegmentOptions, tables: Gsm7Tables | undefined): HeaderFields {
  if (ports === undefined && (tables === undefined || tables === defaultTables)) return noHeader;
  return { ...(ports && { ports }), ...(tables && { national: tables }) };
}

/** Cuts a text of so many units by running the splitter: one segment if it fits without concatenation header. */
function cutText(
  text: string,
  units: number,
  tables: Gsm7Tables | undefined,
  options: SegmentOptions,
  transliterated: boolean,
): Layout {
  const alphabet = tables === undefined ? 'ucs2' : 'gsm7';
  const header = commonHeader(options, tables);
  const whole = capacity(alphabet, headerOctets(header));
  if (units <= whole) {
    const segments = [text];
    return { text, tables, segments, unitsPerSegment: whole, unitsLeft: whole - units, transliterated };
  }
  const part = capacity(alphabet, concatHeaderOctets(header, options.refBits ?? 8));
  // Where no character takes two septets, a character is a unit, as in UCS-2.
  const escaping = units === text.length ? undefined : tables;
  const segments = splitText(text, part, escaping);
  const last = segments.at(-1) as string;
  const used = escaping === undefined ? last.length : (septetCount(last, escaping) as number);
  return { text, tables, segments, unitsPerSegment: part, unitsLeft: part - used, transliterated };
}

/** The allowed tables that take the fewest segments, then the fewest septets; `undefined` when none has the text. */
function inNationalTables(
  text: string,
  options: SegmentOptions,
  transliterated: boolean,
): Layout | undefined {
  if (options.nationalTables === undefined) return undefined;
  const candidates = tablePairs(options.nationalTables).flatMap((tables) => {
    const septets = septetCount(text, tables);
    return septets === undefined
      ? []
      : [{ septets, layout: cutText(text, septets, tables, options, transliterated) }];
  });
  candidates.sort((a, b) => a.layout.segments.length - b.layout.segments.length || a.septets - b.septets);
  return candidates[0]?.layout;
}

/** The text in GSM 7-bit: the default tables before any others; `undefined` when none has all of it. */
function inGsm7(text: string, options: SegmentOptions, transliterated: boolean): Layout | undefined {
  const septets = septetCount(text, defaultTables);
  if (septets !== undefined) return cutText(text, septets, defaultTables, options, transliterated);
  return inNationalTables(text, options, transliterated);
}

function inTransliteration(text: string, options: SegmentOptions): Layout | undefined {
  const replaced = transliterate(text);
  return replaced === text ? undefined : inGsm7(replaced, options, true);
}

/** Refuses a text that has at least one character outside. */
function refuseForeign(text: string): never {
  const [{ char, index }] = foreignCharacters(text, defaultTables) as [ForeignCharacter];
  throw new EncodeError(
    'text',
    `The text has a character that is not in the GSM 7-bit alphabet: ${char}`,
    index,
  );
}

/**
 * Chooses alphabet and tables and cuts the text, however many segments that takes. `EncodeError` when GSM 7-bit is
 * demanded and cannot hold it.
 */
export function layOut(text: string, options: SegmentOptions): Layout {
  if (options.alphabet !== 'ucs2') {
    const layout =
      inGsm7(text, options, false) ?? (options.transliterate ? inTransliteration(text, options) : undefined);
    if (layout !== undefined) return layout;
    if (options.alphabet === 'gsm7') refuseForeign(text);
  }
  return cutText(text, text.length, undefined, options, false);
}

/** Most segments that a concatenation header can count. */
const segmentLimit = 255;

/** How many segments a text may take. */
export function allowedSegments({ maxSegments = segmentLimit }: SegmentOptions): number {
  return Math.min(maxSegments, segmentLimit);
}

/** As `layOut`, and `EncodeError` when the text takes more segments than allowed. */
export function layOutWithinLimit(text: string, options: SegmentOptions): Layout {
  const layout = layOut(text, options);
  const count = layout.segments.length;
  const limit = allowedSegments(options);
  if (count > limit)
    throw new EncodeError('text', `The text takes ${count} segments; at most ${limit} are allowed`);
  return layout;
}
