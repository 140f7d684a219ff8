import type { LogLine } from './log-line.ts';

const erasedText = '[erased]';

/** Shorter pieces of a PDU may be of any. */
const shortestPiece = 16;

/** Whether a line is, or is a piece of, one of these PDUs: echoes come cut anywhere. */
export function showsOneOf(pdus: readonly string[]): (line: LogLine) => boolean {
  const all = pdus.join('\n').toUpperCase();
  return ({ text, body }) => {
    if (!body) return false;
    const piece = text
      .slice(...body)
      .replace(/^>\s*/, '')
      .toUpperCase();
    return piece.length >= shortestPiece && all.includes(piece);
  };
}

/** Whether one of these numbers stands in a line: in digits, or as a PDU has them, two and two turned round. */
export function namesOneOf(numbers: readonly string[]): (line: LogLine) => boolean {
  const digits = numbers.map((number) => number.replace(/\D/g, '')).filter((number) => number.length > 0);
  const forms = [...new Set([...digits, ...digits.map(turnedRound), ...numbers])];
  return ({ text }) => {
    const upper = text.toUpperCase();
    return forms.some((form) => upper.includes(form.toUpperCase()));
  };
}

/** The line with nothing left of what it said. */
export function erasedLine(line: LogLine): LogLine {
  return { ...line, text: erasedText, body: undefined };
}

/** Digits as semi-octets, low nibble first, a filler where their count is odd (TS 23.040 9.1.2.3). */
function turnedRound(digits: string): string {
  const even = digits.length % 2 === 0 ? digits : `${digits}F`;
  return even.replace(/(.)(.)/g, '$2$1');
}
