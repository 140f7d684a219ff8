import { styleText } from 'node:util';
import type { DecodedPdu, Span } from '../gsm/pdu/index.ts';

const titles = ['OCTETS', 'HEX', 'FIELD', 'VALUE', 'MEANING'];

/** The spans of a PDU as a table, a line a field, and under it what was wrong. */
export function explanation({ spans = [], problems }: DecodedPdu): string[] {
  const rows = [titles, ...spans.map(cells)];
  const widths = titles.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [
    ...lines.map((line, index) => (index === 0 ? line : coloured(line, index))),
    ...problems.map(({ field, offset, message }) => `! octet ${offset}, ${field}: ${message}`),
  ];
}

function cells(span: Span): string[] {
  return [place(span), shortened(span.hex, 16), span.field, shortened(span.value, 40), span.meaning];
}

/** `8`, `8-15`, or with bits `8.7` and `8.4-3`. */
function place({ start, end, bits }: Span): string {
  if (bits === undefined) return end - start === 1 ? String(start) : `${start}-${end - 1}`;
  return bits.high === bits.low ? `${start}.${bits.high}` : `${start}.${bits.high}-${bits.low}`;
}

/** A text may hold anything; control characters in it must not reach the terminal. */
function shortened(text: string, length: number): string {
  const printable = text.replace(/\p{C}/gu, '\u{FFFD}');
  return printable.length > length ? `${printable.slice(0, length - 1)}…` : printable;
}

const colours = ['cyan', 'yellow', 'green', 'magenta'] as const;

/** Neighbours differ in colour, on a terminal that has any. */
function coloured(line: string, index: number): string {
  return styleText(colours[index % colours.length] ?? 'cyan', line, { stream: process.stdout });
}
