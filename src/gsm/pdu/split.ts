/** Characters from here on may join the one before or after them into one cluster; below only CR LF does. */
const firstJoining = 0x300;

const carriageReturn = 0x0d;
const lineFeed = 0x0a;

const segmenter = new Intl.Segmenter();

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** Where to cut at or before `end` so that no cluster is torn; a cluster longer than a segment is torn between pairs. */
function cutAt(text: string, start: number, end: number, clusters: () => Intl.Segments): number {
  const before = text.charCodeAt(end - 1);
  const after = text.charCodeAt(end);
  if (before < firstJoining && after < firstJoining && !(before === carriageReturn && after === lineFeed))
    return end;
  const cluster = clusters().containing(end)?.index ?? end;
  if (cluster > start) return cluster;
  const tearsPair = isHighSurrogate(before) && isLowSurrogate(after) && end - 1 > start;
  return tearsPair ? end - 1 : end;
}

/**
 * Cuts a text into pieces of at most `capacity` units, each as long as can be. `cost` tells the units that a UTF-16
 * unit takes; what costs more than one unit is never torn, nor are grapheme clusters that fit into a piece.
 */
export function splitText(text: string, capacity: number, cost: (charCode: number) => number): string[] {
  let segments: Intl.Segments | undefined;
  const clusters = () => {
    segments ??= segmenter.segment(text);
    return segments;
  };
  const pieces: string[] = [];
  for (let start = 0; start < text.length; ) {
    let end = start;
    for (let units = 0; end < text.length; end++) {
      units += cost(text.charCodeAt(end));
      if (units > capacity) break;
    }
    if (end < text.length) end = cutAt(text, start, end, clusters);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}
