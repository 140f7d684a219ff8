/** A stretch of a text that is marked, or is not. */
export interface Piece {
  readonly words: string;
  readonly isMarked: boolean;
}

/** A text in pieces: each run of characters of `marked` is one, and whatever lies between. */
export function marksIn(body: string, marked: ReadonlySet<string>): readonly Piece[] {
  const pieces: { words: string; isMarked: boolean }[] = [];
  for (const character of body) {
    const isMarked = marked.has(character);
    const last = pieces.at(-1);
    if (last?.isMarked === isMarked) last.words += character;
    else pieces.push({ words: character, isMarked });
  }
  return pieces;
}
