/**
 * The parameters behind an information prefix, V.250 5.4.2.1: `+CMGL: 3,1,,23` gives `['3', '1', '', '23']`.
 * Commas inside quotes and brackets do not separate; quotes are taken off. The blank after the colon may be missing.
 */
export function parameters(line: string): string[] {
  const colon = line.indexOf(':');
  return splitParameters(colon < 0 ? line : line.slice(colon + 1));
}

/** Splits at the commas that stand outside quotes and brackets, taking blanks and quotes off each part. */
export function splitParameters(text: string): string[] {
  const parts: string[] = [];
  let quoted = false;
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === ',' && depth === 0) {
      parts.push(unquote(text.slice(start, at)));
      start = at + 1;
    }
  }
  parts.push(unquote(text.slice(start)));
  return parts;
}

/** A decimal number, or undefined where there is none. */
export function decimal(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}

/**
 * The values that a test command lists for one parameter, V.250 5.7.3: `(0-3,5)` gives 0, 1, 2, 3, 5. A bare
 * value counts as a list of one; ranges are bounded so that a garbled line cannot fill memory.
 */
export function listedValues(text: string): Set<number> {
  const values = new Set<number>();
  for (const part of text.replace(/[()]/g, '').split(',')) {
    const range = /^\s*(\d{1,4})\s*(?:-\s*(\d{1,4})\s*)?$/.exec(part);
    if (!range) continue;
    const first = Number(range[1]);
    const last = Math.min(Number(range[2] ?? first), first + 255);
    for (let value = first; value <= last; value++) values.add(value);
  }
  return values;
}

function unquote(part: string): string {
  const trimmed = part.trim();
  return trimmed.startsWith('"') && trimmed.endsWith('"') && trimmed.length > 1
    ? trimmed.slice(1, -1)
    : trimmed;
}
