/**
 * Why a command was refused. `code` is the number behind `+CMS ERROR` (TS 27.005 3.2.5) or `+CME ERROR` (TS 27.007
 * 9.2), undefined where the modem gave words that are in no table; `text` is the line as it came.
 */
export interface Refusal {
  readonly kind: 'cms' | 'cme' | 'plain';
  readonly code: number | undefined;
  readonly text: string;
}

/** How a command ended. */
export type FinalResult = { readonly ok: true } | { readonly ok: false; readonly refusal: Refusal };

/** Answers that end a command without a number, whatever the maker calls them. */
const plainRefusals = [
  'ERROR',
  'COMMAND NOT SUPPORT',
  'TOO MANY PARAMETERS',
  'NOT SUPPORT',
  'NA',
  'NO DIALTONE',
  'BUSY',
  'NO ANSWER',
];

/** With AT+CMEE=2 the error comes in words; these are the ones that decide something. */
const errorTexts: Readonly<Record<string, number>> = {
  'sim not inserted': 310,
  'sim pin required': 311,
  'ph-sim pin required': 312,
  'sim failure': 313,
  'sim busy': 314,
  'sim wrong': 315,
  'sim puk required': 316,
  'sim pin2 required': 317,
  'sim puk2 required': 318,
  'unassigned (unallocated) number': 1,
  'unassigned number': 1,
  'operator determined barring': 8,
  'call barred': 10,
  'short message transfer rejected': 21,
  'destination out of service': 27,
  'destination out of order': 27,
  'unidentified subscriber': 28,
  'facility rejected': 29,
  'unknown subscriber': 30,
  'network out of order': 38,
  'temporary failure': 41,
  congestion: 42,
  'resources unavailable, unspecified': 47,
  'resources unavailable': 47,
  'requested facility not subscribed': 50,
  'requested facility not implemented': 69,
  'me failure': 300,
  'sms service of me reserved': 301,
  'operation not allowed': 302,
  'operation not supported': 303,
  'invalid pdu mode parameter': 304,
  'invalid text mode parameter': 305,
  'memory failure': 320,
  'invalid memory index': 321,
  'memory full': 322,
  'smsc address unknown': 330,
  'no network service': 331,
  'no network': 331,
  'network timeout': 332,
  'unknown error': 500,
};

const equipmentTexts: Readonly<Record<string, number>> = {
  'phone failure': 0,
  'no connection to phone': 1,
  'phone-adaptor link reserved': 2,
  'operation not allowed': 3,
  'operation not supported': 4,
  'ph-sim pin required': 5,
  'ph-fsim pin required': 6,
  'ph-fsim puk required': 7,
  'sim not inserted': 10,
  'sim pin required': 11,
  'sim puk required': 12,
  'sim failure': 13,
  'sim busy': 14,
  'sim wrong': 15,
  'incorrect password': 16,
  'sim pin2 required': 17,
  'sim puk2 required': 18,
  'memory full': 20,
  'invalid index': 21,
  'not found': 22,
  'memory failure': 23,
  'no network service': 30,
  'network timeout': 31,
  'network not allowed - emergency calls only': 32,
  'network personalization pin required': 40,
  'network personalization puk required': 41,
  'network subset personalization pin required': 42,
  'network subset personalization puk required': 43,
  'service provider personalization pin required': 44,
  'service provider personalization puk required': 45,
  'corporate personalization pin required': 46,
  'corporate personalization puk required': 47,
  unknown: 100,
  'unknown error': 100,
};

/** Reads a final result code, V.250 5.7.1; undefined for every other line. */
export function finalResult(line: string): FinalResult | undefined {
  if (line === 'OK') return { ok: true };
  const numbered = /^\+(CMS|CME|EXT) ERROR\s*:\s*(.*)$/i.exec(line);
  if (numbered) return { ok: false, refusal: numberedRefusal(numbered[1] ?? '', numbered[2] ?? '', line) };
  if (plainRefusals.includes(line) || line.startsWith('MODEM ERROR:')) {
    return { ok: false, refusal: { kind: 'plain', code: undefined, text: line } };
  }
  return undefined;
}

function numberedRefusal(name: string, value: string, text: string): Refusal {
  const kind = name.toUpperCase() === 'CMS' ? 'cms' : 'cme';
  const words = plainWords(value);
  const known = kind === 'cms' ? errorTexts : equipmentTexts;
  const named = Object.hasOwn(known, words) ? known[words] : undefined;
  return { kind, code: /^\d+$/.test(words) ? Number(words) : named, text };
}

/** Spellings that differ by maker: `USIM` for SIM, British `s`, a full stop at the end. */
function plainWords(value: string): string {
  return value
    .trim()
    .replace(/^"|"$/g, '')
    .toLowerCase()
    .replace(/\busim\b/g, 'sim')
    .replace(/personalisation/g, 'personalization')
    .replace(/\.$/, '');
}
