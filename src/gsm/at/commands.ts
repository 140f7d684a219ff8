import { nameOf, numberFromUcs2 } from './character-set.ts';
import type { CommandLine } from './exchange.ts';
import { decimal, listedValues, parameters, splitParameters } from './parameters.ts';
import {
  carriesTextsOverIms,
  isRegistrationAnswer,
  type Registration,
  type RegistrationDomain,
  registrationOf,
} from './registration.ts';
import { isTextHeader, statOf } from './text-mode.ts';

/** A command with the reading of its answer: `parse` takes the lines of its own and never throws. */
export interface Command<Answer> extends CommandLine {
  readonly parse: (lines: readonly string[]) => Answer;
}

const seconds = 1_000;
const nothing = () => undefined;
const noLines = () => false;

/** A command that answers nothing but a final result. */
export function action(text: string, timeoutMs = 5 * seconds): Command<void> {
  return { text, accepts: noLines, timeoutMs, parse: nothing };
}

/** A command whose own lines begin with one of `prefixes`; gives them as they came. */
export function query(
  text: string,
  prefixes: readonly string[],
  timeoutMs = 5 * seconds,
): Command<readonly string[]> {
  return {
    text,
    accepts: (line) => prefixes.some((prefix) => line.startsWith(prefix)),
    timeoutMs,
    parse: (lines) => lines,
  };
}

/** A command that answers in words of the maker's own; the prefix that some put before it is taken off. */
export function freeText(text: string, timeoutMs = 5 * seconds): Command<string | undefined> {
  return { text, accepts: noLines, freeText: true, timeoutMs, parse: plainText };
}

function plainText(lines: readonly string[]): string | undefined {
  const text = lines
    .map((line) =>
      line
        .replace(/^[+^#][A-Z0-9]+:\s*/, '')
        .replace(/^"(.*)"$/, '$1')
        .trim(),
    )
    .filter(Boolean)
    .join(' ');
  return text === '' ? undefined : text.slice(0, 200);
}

// V.250 and identity -------------------------------------------------------------------------------------------

/** A modem that answers this is awake and in step. */
export const attention = action('AT', 1 * seconds);
/** The same, of one that may have been left answering in digits or not at all. */
export const attentionInWords = action('ATQ0V1', 1 * seconds);
export const echoOff = action('ATE0', 2 * seconds);
/** Verbose result codes, and none of them suppressed: V.250 6.2.5 and 6.2.6. */
export const verboseResults = action('ATV1Q0', 2 * seconds);
/** Numbered errors, TS 27.007 9.1. */
export const numberedErrors = action('AT+CMEE=1', 2 * seconds);
export const readManufacturer = freeText('AT+CGMI');
export const readModel = freeText('AT+CGMM');
export const readFirmware = freeText('AT+CGMR');

/** A way to ask for the IMEI: the first run of 14 to 17 digits is it (TS 23.003 6.2). */
export function imeiBy(text: string): Command<string | undefined> {
  const parse = (lines: readonly string[]) => /(?<!\d)\d{14,17}(?!\d)/.exec(lines.join(' '))?.[0];
  return { text, accepts: noLines, freeText: true, timeoutMs: 3 * seconds, parse };
}

/** The IMSI, 6 to 15 digits (TS 23.003 2.2). */
export const readImsi: Command<string | undefined> = {
  text: 'AT+CIMI',
  accepts: noLines,
  freeText: true,
  timeoutMs: 5 * seconds,
  parse: (lines) => /\d{6,15}/.exec(lines.join(' '))?.[0],
};

// SIM ----------------------------------------------------------------------------------------------------------

/** `READY`, `SIM PIN`, `SIM PUK` and so on, TS 27.007 8.3. Some modems send no OK after it. */
export const readPinState: Command<string | undefined> = {
  text: 'AT+CPIN?',
  accepts: (line) => line.startsWith('+CPIN:'),
  settleMs: 1 * seconds,
  timeoutMs: 10 * seconds,
  parse: (lines) => parameters(lines.at(-1) ?? '')[0],
};

/** Enters a PIN. Its digits are in the command line, which is why the log masks this command. */
export const enterPin = (pin: string): Command<void> => action(`AT+CPIN="${pin}"`, 20 * seconds);

/** The ways to ask for the ICCID, the standard's first (TS 27.007 has none before release 12). */
export const readIccidWays: readonly Command<string | undefined>[] = [
  'AT+CCID',
  'AT^ICCID?',
  'AT+ICCID',
  'AT+QCCID',
  'AT#CCID',
  'AT+CICCID',
  'AT!ICCID?',
  'AT^SCID',
].map(iccidBy);

/** A way to ask for the ICCID; it comes with or without a prefix and quotes. */
export function iccidBy(text: string): Command<string | undefined> {
  return { text, accepts: noLines, freeText: true, timeoutMs: 5 * seconds, parse: iccidDigits };
}

/** Reads EF-ICCID itself (TS 31.102 4.2.1, file 2FE2): digits lie nibble-swapped. */
export const readIccidFile: Command<string | undefined> = {
  ...query('AT+CRSM=176,12258,0,0,10', ['+CRSM:']),
  parse: (lines) => {
    const octets = parameters(lines.at(-1) ?? '')[2];
    return octets && /^[0-9A-Fa-f]{20}$/.test(octets) ? swapNibbles(octets.toUpperCase()) : undefined;
  },
};

function iccidDigits(lines: readonly string[]): string | undefined {
  return /(?<![0-9A-Fa-f])\d{17,20}[0-9Ff]{0,2}(?![0-9A-Fa-f])/.exec(lines.join(' '))?.[0];
}

/** `98` at the head where `89` belongs shows nibbles that were not turned round. */
export function swapNibbles(digits: string): string {
  return digits.replace(/(.)(.)/g, '$2$1');
}

/** The SIM's own number where it knows one; mostly it does not, and then it is only a proposal. */
export const readOwnNumber: Command<string | undefined> = {
  ...query('AT+CNUM', ['+CNUM:']),
  parse: (lines) => {
    const values = parameters(lines[0] ?? '');
    const number = numberFromUcs2(values[1] ?? '');
    if (!/^\+?\d{3,15}$/.test(number)) return undefined;
    return values[2] === '145' && !number.startsWith('+') ? `+${number}` : number;
  },
};

// Network ------------------------------------------------------------------------------------------------------

const registrationNames: Readonly<Record<RegistrationDomain, string>> = {
  circuit: '+CREG',
  packet: '+CGREG',
  evolved: '+CEREG',
};

/** Unsolicited results on change, with location where the modem offers it: TS 27.007 7.2, 10.1.20, 10.1.22. */
export const reportRegistration = (domain: RegistrationDomain, mode: 1 | 2): Command<void> =>
  action(`AT${registrationNames[domain]}=${mode}`);

/** Registration in one domain. An unsolicited result of the same name is told apart by its shape. */
export function readRegistration(domain: RegistrationDomain): Command<Registration | undefined> {
  const name = registrationNames[domain];
  return {
    text: `AT${name}?`,
    accepts: (line) => line.startsWith(`${name}:`) && isAnswer(line),
    timeoutMs: 5 * seconds,
    parse: (lines) => registrationOf(parameters(lines.at(-1) ?? '').slice(1)),
  };
}

/** Registration in a 5G core, TS 27.007 10.1.47: where a modem uses nothing else, the other domains show nothing. */
export const readFifthGeneration: Command<Registration | undefined> = {
  ...query('AT+C5GREG?', ['+C5GREG:']),
  parse: (lines) => registrationOf(parameters(lines.at(-1) ?? '').slice(1)),
};

/** Whether texts pass over IMS. */
export const readImsTexts: Command<boolean> = {
  ...query('AT+CIREG?', ['+CIREG:']),
  parse: (lines) => carriesTextsOverIms(parameters(lines.at(-1) ?? '')),
};

function isAnswer(line: string): boolean {
  const rawSecond = line.slice(line.indexOf(':') + 1).split(',')[1];
  return isRegistrationAnswer(parameters(line), rawSecond);
}

export interface Operator {
  readonly name: string;
  readonly accessTechnology: number | undefined;
}

/** The form of +COPS that gives country and network code, TS 27.007 7.3. */
const numericFormat = '2';

/** The operator's long name where the network told it: TS 27.007 7.3. */
export const longOperatorNames = action('AT+COPS=3,0');
export const readOperator: Command<Operator | undefined> = {
  ...query('AT+COPS?', ['+COPS:']),
  parse: (lines) => {
    const values = parameters(lines.at(-1) ?? '');
    const [mode, format, written] = values;
    // A list of networks, which some answer the question with, tells of none that is in use.
    if (!written || decimal(mode) === undefined) return undefined;
    const name = format === numericFormat ? written : nameOf(written);
    return { name, accessTechnology: decimal(values[3]) };
  },
};

/** Signal in dBm, TS 27.007 8.5, with the TD-SCDMA and LTE range 100 to 191 that some makers add. */
export const readSignal: Command<number | undefined> = {
  ...query('AT+CSQ', ['+CSQ:']),
  parse: (lines) => {
    const level = decimal(parameters(lines.at(-1) ?? '')[0]);
    if (level === undefined) return undefined;
    if (level <= 31) return -113 + 2 * level;
    return level >= 100 && level <= 191 ? -116 + (level - 100) : undefined;
  },
};

// Short messages, TS 27.005 ------------------------------------------------------------------------------------

/** PDU mode, 3.2.3. */
export const pduMode = action('AT+CMGF=0');
export const readMessageFormat: Command<number | undefined> = {
  ...query('AT+CMGF?', ['+CMGF:']),
  parse: (lines) => decimal(parameters(lines.at(-1) ?? '')[0]),
};

/** Phase 2: the modem acknowledges by itself and keeps what is not read, 3.2.1. */
export const messageService = (service: 0 | 1): Command<readonly string[]> =>
  query(`AT+CSMS=${service}`, ['+CSMS:']);

/** The stores offered for reading, writing and arriving texts, in that order: 3.2.2. */
export const listStores: Command<readonly (readonly string[])[]> = {
  ...query('AT+CPMS=?', ['+CPMS:'], 10 * seconds),
  parse: (lines) => {
    const text = (lines.at(-1) ?? '').replace(/^\+CPMS:\s*/, '');
    const groups = text.startsWith('((') && text.endsWith('))') ? text.slice(1, -1) : text;
    return splitParameters(groups).map((group) => [...group.matchAll(/\w+/g)].map(([name]) => name));
  },
};

export const chooseStores = (stores: readonly string[]): Command<readonly string[]> =>
  query(`AT+CPMS=${stores.map((store) => `"${store}"`).join(',')}`, ['+CPMS:'], 10 * seconds);

export interface StoreUse {
  readonly storage: string;
  readonly used: number;
  readonly total: number;
}

export const readStores: Command<readonly StoreUse[]> = {
  ...query('AT+CPMS?', ['+CPMS:'], 10 * seconds),
  parse: (lines) => {
    const values = parameters(lines.at(-1) ?? '');
    const uses: StoreUse[] = [];
    for (let at = 0; at + 2 < values.length; at += 3) {
      const used = decimal(values[at + 1]);
      const total = decimal(values[at + 2]);
      if (used !== undefined && total !== undefined) uses.push({ storage: values[at] ?? '', used, total });
    }
    return uses;
  },
};

/** The values that each of the five parameters of +CNMI may have, 3.4.1. */
export const listIndications: Command<readonly ReadonlySet<number>[]> = {
  ...query('AT+CNMI=?', ['+CNMI:']),
  parse: (lines) => splitParameters((lines.at(-1) ?? '').replace(/^\+CNMI:\s*/, '')).map(listedValues),
};

export const chooseIndications = (values: readonly number[]): Command<void> =>
  action(`AT+CNMI=${values.join(',')}`);
export const readIndications: Command<readonly string[]> = {
  ...query('AT+CNMI?', ['+CNMI:']),
  parse: (lines) => parameters(lines.at(-1) ?? ''),
};

/** The side of the network that texts leave over, TS 27.007 10.1.21. */
export const setTextService = (service: number): Command<void> => action(`AT+CGSMS=${service}`, 10 * seconds);
export const readTextService: Command<number | undefined> = {
  ...query('AT+CGSMS?', ['+CGSMS:']),
  parse: (lines) => decimal(parameters(lines.at(-1) ?? '')[0]),
};
export const listTextServices: Command<ReadonlySet<number>> = {
  ...query('AT+CGSMS=?', ['+CGSMS:']),
  parse: (lines) => listedValues((lines.at(-1) ?? '').replace(/^[^:]*:/, '')),
};

/** Keeps the relay link open between texts, 3.5.6. */
export const keepLink = action('AT+CMMS=2');

/**
 * Accepts no cell broadcasts, 3.3.4: mode 0 accepts the identifiers that are listed, and none are. What comes all the
 * same is not told, by the third value of +CNMI.
 */
export const noBroadcasts = action('AT+CSCB=0,"",""');

/** Acknowledges a text or report that no store holds, 3.4.4. */
export const acknowledge = action('AT+CNMA', 10 * seconds);

/** A text or report in a store; `stat` as 3.1 numbers it (0 unread, 1 read, 2 unsent, 3 sent), undefined where it is left out. */
export interface StoredPdu {
  readonly index: number;
  readonly stat: number | undefined;
  readonly tpduLength: number | undefined;
  readonly pdu: string;
}

const hexLine = /^[0-9A-Fa-f]{2,}$/;
const acceptsListing = (prefix: string) => (line: string) => line.startsWith(prefix) || hexLine.test(line);

/** All that the present store holds, 3.4.2: 4 stands for all in PDU mode. */
export const listMessages: Command<readonly StoredPdu[]> = {
  text: 'AT+CMGL=4',
  accepts: acceptsListing('+CMGL:'),
  timeoutMs: 60 * seconds,
  parse: (answer) => {
    const lines = answer.flatMap(apart);
    const found: StoredPdu[] = [];
    lines.forEach((line, at) => {
      if (!line.startsWith('+CMGL:')) return;
      const [index, stat, ...rest] = parameters(line);
      const place = decimal(index);
      if (place === undefined) return;
      found.push({
        index: place,
        stat: statOf(stat),
        tpduLength: decimal(rest.at(-1)),
        pdu: pduAfter(lines, at),
      });
    });
    return found;
  },
};

/** What lies at one place, 3.4.3; undefined where it is empty. */
export function readMessage(index: number): Command<StoredPdu | undefined> {
  return {
    text: `AT+CMGR=${index}`,
    accepts: acceptsListing('+CMGR:'),
    timeoutMs: 10 * seconds,
    parse: (answer) => {
      const lines = answer.flatMap(apart);
      const at = lines.findIndex((line) => line.startsWith('+CMGR:'));
      const pdu = at < 0 ? '' : pduAfter(lines, at);
      if (pdu === '') return undefined;
      const values = parameters(lines[at] ?? '');
      return { index, stat: statOf(values[0]), tpduLength: decimal(values.at(-1)), pdu };
    },
  };
}

/** Some modems put the PDU behind its header on one line. */
function apart(line: string): string[] {
  const [, header, pdu] = /^(\+CMG[LR]:.*,\s*\d+)\s+([0-9A-Fa-f]{20,})$/.exec(line) ?? [];
  return header && pdu ? [header, pdu] : [line];
}

function pduAfter(lines: readonly string[], header: number): string {
  const pdu = lines[header + 1];
  if (isTextHeader(lines[header] ?? '')) return '';
  return pdu !== undefined && hexLine.test(pdu) ? pdu.toUpperCase() : '';
}

/** Deletes one place, 3.5.4: never the flags that delete in bulk what was not stored yet. */
export const deleteMessage = (index: number): Command<void> => action(`AT+CMGD=${index}`, 10 * seconds);

/** How long the prompt and the network's answer may take. */
export interface SubmitLimits {
  readonly promptTimeoutMs: number;
  readonly resultTimeoutMs: number;
}

/**
 * Hands one TPDU over, 3.5.1. Its answer is the TP-MR that the modem gave it; ctrl-Z ends the PDU.
 *
 * @param pdu hex with the service centre part
 * @param tpduLength octets without that part
 */
export function submitMessage(
  pdu: string,
  tpduLength: number,
  limits: SubmitLimits,
): Command<number | undefined> {
  return {
    text: `AT+CMGS=${tpduLength}`,
    accepts: (line) => line.startsWith('+CMGS:'),
    timeoutMs: limits.resultTimeoutMs,
    payload: { text: pdu, promptTimeoutMs: limits.promptTimeoutMs },
    parse: (lines) => decimal(parameters(lines.at(-1) ?? '')[0]),
  };
}

/** Restarts the modem, TS 27.007 8.2. */
export const restart = action('AT+CFUN=1,1', 20 * seconds);
/** Full functionality: a modem may have been left with its radio off. */
export const fullFunctionality = action('AT+CFUN=1', 20 * seconds);
export const readFunctionality: Command<number | undefined> = {
  ...query('AT+CFUN?', ['+CFUN:'], 5 * seconds),
  parse: (lines) => decimal(parameters(lines.at(-1) ?? '')[0]),
};
