import { type Gsm7Tables, septetsOfCharacter } from './gsm7-tables.ts';

/**
 * Characters that never join their neighbours (grapheme cluster break "Other" of Unicode annex 29, or a control), first
 * and last of each range: between two of them there is always a place to cut, but for CR LF.
 */
const standalone: readonly { readonly first: number; readonly last: number }[] = [
  { first: 0x0000, last: 0x02ff },
  { first: 0x0370, last: 0x0482 },
  { first: 0x048a, last: 0x058f },
  { first: 0x05d0, last: 0x05ea },
  { first: 0x0620, last: 0x064a },
  { first: 0x1e00, last: 0x1fff },
  { first: 0x2010, last: 0x2027 },
  { first: 0x3041, last: 0x3096 },
  { first: 0x30a0, last: 0x30ff },
  { first: 0x4e00, last: 0x9fff },
];

function standsAlone(charCode: number): boolean {
  for (const { first, last } of standalone) if (charCode <= last) return charCode >= first;
  return false;
}

const carriageReturn = 0x0d;
const lineFeed = 0x0a;

const segmenter = new Intl.Segmenter();

/** Where a piece that begins at `start` must end at the latest. An escape pair counts as one character of two units. */
function fill(text: string, start: number, capacity: number, tables: Gsm7Tables | undefined): number {
  if (tables === undefined) return Math.min(start + capacity, text.length);
  let end = start;
  for (let units = 0; end < text.length; end++) {
    units += septetsOfCharacter(text.charCodeAt(end), tables);
    if (units > capacity) break;
  }
  return end;
}

function isSurrogatePair(high: number, low: number): boolean {
  return high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000;
}

function mayJoin(before: number, after: number): boolean {
  if (before === carriageReturn && after === lineFeed) return true;
  return !standsAlone(before) || !standsAlone(after);
}

/** Where to cut at or before `end` so that no cluster is torn; one longer than a segment is torn between pairs. */
function cut(text: string, start: number, end: number, clusters: () => Intl.Segments): number {
  const before = text.charCodeAt(end - 1);
  const after = text.charCodeAt(end);
  if (!mayJoin(before, after)) return end;
  const cluster = (clusters().containing(end) as Intl.SegmentData).index;
  if (cluster > start) return cluster;
  return isSurrogatePair(before, after) ? end - 1 : end;
}

/**
 * Cuts a text into pieces of at most `capacity` units, each as long as can be: septets under the tables, UTF-16 units
 * without. Escape and surrogate pairs are never torn, grapheme clusters only when longer than a piece.
 */
export function splitText(text: string, capacity: number, tables: Gsm7Tables | undefined): string[] {
  let segments: Intl.Segments | undefined;
  const clusters = () => {
    segments ??= segmenter.segment(text);
    return segments;
  };
  const pieces: string[] = [];
  for (let start = 0; start < text.length; ) {
    let end = fill(text, start, capacity, tables);
    if (end < text.length) end = cut(text, start, end, clusters);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}
