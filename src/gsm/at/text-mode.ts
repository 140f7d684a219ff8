import { decimal, parameters } from './parameters.ts';

/** `stat` in the words of text mode, which some modems use in PDU mode too. */
const statWords: readonly string[] = ['REC UNREAD', 'REC READ', 'STO UNSENT', 'STO SENT'];

/** An index, `stat`, alpha and a length are the most that a header in PDU mode has, TS 27.005 4.1 and 4.2. */
const mostHeaderValues = { '+CMGL:': 4, '+CMGR:': 3 };

/**
 * Whether an answer to +CMGL or +CMGR came in text mode, TS 27.005 3.4.2 and 3.4.3: the sender and the time stand in
 * its headers, and below them the words of a text, whose digits could pass for a PDU.
 */
export function showsTextMode(lines: readonly string[]): boolean {
  return lines.some(isTextHeader);
}

/** Whether a line is the header of one text in text mode. */
export function isTextHeader(line: string): boolean {
  const prefix = line.slice(0, 6);
  if (prefix !== '+CMGL:' && prefix !== '+CMGR:') return false;
  const values = parameters(line);
  const stat = values[prefix === '+CMGL:' ? 1 : 0] ?? '';
  return statWords.includes(stat) && values.length > mostHeaderValues[prefix];
}

/** The number of a `stat`, 3.1; undefined where none is told. */
export function statOf(written: string | undefined): number | undefined {
  const word = statWords.indexOf(written ?? '');
  return word < 0 ? decimal(written) : word;
}
