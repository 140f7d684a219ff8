import {
  type AllowedLanguages,
  type ForeignCharacter,
  foreignCharacters,
  septetCount,
  tablePairs,
} from './alphabet-choice.ts';
import { EncodeError } from './encode-error.ts';
import { defaultTables, type Gsm7Tables } from './gsm7.ts';
import { type HeaderFields, headerOctets } from './header-composition.ts';
import type { Concatenation, NationalLanguage, Ports } from './information-element.ts';
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

/** Most segments that a concatenation header can count. */
export const segmentLimit = 255;

interface Plan extends Pick<SegmentedText, 'alphabet' | 'segments' | 'unitsPerSegment' | 'unitsLeft'> {
  readonly tables: Gsm7Tables | undefined;
}

const noHeader: HeaderFields = {};

/** The header that every segment has, but for concatenation. */
function commonHeader({ ports }: SegmentOptions, tables: Gsm7Tables | undefined): HeaderFields {
  if (ports === undefined && (tables === undefined || tables === defaultTables)) return noHeader;
  return { ...(ports && { ports }), ...(tables && { national: tables }) };
}

/** Cuts a text of so many units by running the splitter: one segment if it fits without concatenation header. */
function plan(text: string, units: number, options: SegmentOptions, tables?: Gsm7Tables): Plan {
  const alphabet = tables === undefined ? 'ucs2' : 'gsm7';
  const header = commonHeader(options, tables);
  const whole = capacity(alphabet, headerOctets(header));
  if (units <= whole)
    return { alphabet, tables, segments: [text], unitsPerSegment: whole, unitsLeft: whole - units };
  const concat: Concatenation = { ref: 0, total: 1, seq: 1, bits: options.refBits ?? 8 };
  const part = capacity(alphabet, headerOctets({ ...header, concat }));
  const segments = splitText(text, part, tables);
  const last = segments.at(-1) as string;
  const used = tables === undefined ? last.length : (septetCount(last, tables) as number);
  return { alphabet, tables, segments, unitsPerSegment: part, unitsLeft: part - used };
}

function ucs2Plan(text: string, options: SegmentOptions): Plan {
  return plan(text, text.length, options);
}

/** The allowed tables that take the fewest segments, then the fewest septets; `undefined` when none has the text. */
function gsm7Plan(text: string, options: SegmentOptions): Plan | undefined {
  const septets = septetCount(text, defaultTables);
  if (septets !== undefined) return plan(text, septets, options, defaultTables);
  if (options.nationalTables === undefined) return undefined;
  const candidates = tablePairs(options.nationalTables).flatMap((tables) => {
    const count = septetCount(text, tables);
    return count === undefined ? [] : [{ count, plan: plan(text, count, options, tables) }];
  });
  candidates.sort((a, b) => a.plan.segments.length - b.plan.segments.length || a.count - b.count);
  return candidates[0]?.plan;
}

function firstForeign(text: string): EncodeError {
  const [first] = foreignCharacters(text, defaultTables) as [ForeignCharacter];
  return new EncodeError(
    'text',
    `The text has a character that is not in the GSM 7-bit alphabet: ${first.char}`,
    first.index,
  );
}

function segmentedText(
  plan: Plan,
  forcedBy: readonly ForeignCharacter[],
  transliterated: boolean,
): SegmentedText {
  const { alphabet, segments, unitsPerSegment, unitsLeft, tables = defaultTables } = plan;
  const text = { alphabet, segments, unitsPerSegment, unitsLeft, forcedBy, transliterated };
  if (tables === defaultTables) return text;
  return { ...text, national: { locking: tables.locking, single: tables.single } };
}

/** Chooses alphabet and tables and cuts the text, however many segments that takes. */
export function layOut(text: string, options: SegmentOptions): SegmentedText {
  const wanted = options.alphabet ?? 'auto';
  if (wanted === 'ucs2') return segmentedText(ucs2Plan(text, options), [], false);
  const asIs = gsm7Plan(text, options);
  if (asIs !== undefined) return segmentedText(asIs, [], false);
  const replaced = options.transliterate ? transliterate(text) : text;
  const changed = replaced === text ? undefined : gsm7Plan(replaced, options);
  if (changed !== undefined) return segmentedText(changed, [], true);
  if (wanted === 'gsm7') throw firstForeign(replaced);
  return segmentedText(ucs2Plan(text, options), foreignCharacters(text, defaultTables), false);
}

/**
 * Cuts a text into segments (TS 23.040, 9.2.3.24.1). Escape pairs, surrogate pairs and, unless longer than a segment,
 * grapheme clusters stay whole. `EncodeError` when the text takes more segments than allowed, or GSM 7-bit is demanded
 * and cannot hold it.
 */
export function segmentText(text: string, options: SegmentOptions = {}): SegmentedText {
  const result = layOut(text, options);
  const limit = Math.min(options.maxSegments ?? segmentLimit, segmentLimit);
  if (result.segments.length > limit) {
    throw new EncodeError(
      'text',
      `The text takes ${result.segments.length} segments; at most ${limit} are allowed`,
    );
  }
  return result;
}
