import { equipmentErrorText, messageServiceErrorText } from './error-texts.ts';
import type { Result } from './reply.ts';
import type { Settings } from './settings.ts';

/** Numeric result codes of ATV0 (V.250 5.7.1). */
const numericResults: Readonly<Record<string, number>> = {
  OK: 0,
  CONNECT: 1,
  RING: 2,
  'NO CARRIER': 3,
  ERROR: 4,
  'NO DIALTONE': 6,
  BUSY: 7,
  'NO ANSWER': 8,
};

/** The line end of registers S3 and S4, CR LF unless a host changed them. */
export function lineEnd(settings: Settings): string {
  return String.fromCharCode(settings.registers[3] ?? 13, settings.registers[4] ?? 10);
}

/** An information text or an unsolicited result as it goes over the line (V.250 5.7.1). */
export function frameText(text: string, settings: Settings): string {
  const end = lineEnd(settings);
  const body = end === '\r\n' ? text : text.replaceAll('\r\n', end);
  return settings.verbose ? `${end}${body}${end}` : `${body}${end}`;
}

/** A final result as it goes over the line, by ATV, ATQ and AT+CMEE; empty where nothing is sent. */
export function frameResult(result: Result, settings: Settings): string {
  const words = resultWords(result, settings);
  if (words === undefined || settings.quiet) return '';
  if (settings.verbose) return frameText(words, settings);
  return `${numericResults[words] ?? words}${String.fromCharCode(settings.registers[3] ?? 13)}`;
}

function resultWords(result: Result, settings: Settings): string | undefined {
  switch (result.kind) {
    case 'ok':
      return 'OK';
    case 'error':
      return 'ERROR';
    case 'words':
      return result.words;
    case 'silence':
      return undefined;
    case 'cme':
      return equipmentError(result.code, settings.errors);
    case 'cms':
      return `+CMS ERROR: ${settings.errors === 2 ? messageServiceErrorText(result.code) : result.code}`;
  }
}

/** AT+CMEE=0 hides equipment errors behind a bare ERROR; message service failures have no such switch. */
function equipmentError(code: number, errors: number): string {
  if (errors === 0) return 'ERROR';
  return `+CME ERROR: ${errors === 2 ? equipmentErrorText(code) : code}`;
}
