import { decimal, parameters } from './parameters.ts';
import { type Registration, type RegistrationDomain, unsolicitedRegistrationOf } from './registration.ts';
import { type UssdResult, ussdResultOf } from './ussd.ts';

/** What a modem says unasked, TS 27.005 and 27.007; everything that decides nothing is `other`. */
export type Unsolicited =
  /** +CMTI: a text lies in a store. */
  | { readonly type: 'message-stored'; readonly storage: string; readonly index: number }
  /** +CMT: a text that no store holds. */
  | { readonly type: 'message'; readonly tpduLength: number; readonly pdu: string }
  /** +CDSI: a status report lies in a store. */
  | { readonly type: 'report-stored'; readonly storage: string; readonly index: number }
  /** +CDS: a status report that no store holds. */
  | { readonly type: 'report'; readonly tpduLength: number; readonly pdu: string }
  /** +CMGS with no send pending: the answer to one that was given up. */
  | { readonly type: 'submitted'; readonly reference: number }
  | {
      readonly type: 'registration';
      readonly domain: RegistrationDomain;
      readonly registration: Registration;
    }
  /** +CUSD: the network's word in a dialogue. */
  | { readonly type: 'ussd'; readonly result: UssdResult }
  | { readonly type: 'sim'; readonly state: string }
  | { readonly type: 'storage-full' }
  /** Some part of a modem that was starting is up. */
  | { readonly type: 'ready'; readonly text: string }
  /** The modem has started anew: its settings are gone. */
  | { readonly type: 'boot' }
  | { readonly type: 'ring' }
  /** +CLIP: who calls, in E.164 form where the modem says that it is international; undefined where it is hidden. */
  | { readonly type: 'caller'; readonly number: string | undefined }
  | { readonly type: 'call-ended' }
  /** A call that nobody took, told of by makers that do so; `number` where they name it. */
  | { readonly type: 'call-missed'; readonly number: string | undefined }
  | { readonly type: 'other' };

/** What is read off the header line, and whether a PDU follows on the next. */
interface Form {
  readonly prefix: string;
  readonly pduFollows?: boolean;
  readonly read: (line: string, pdu: string) => Unsolicited | undefined;
}

const stored = (type: 'message-stored' | 'report-stored') => (line: string) => {
  const [storage, index] = parameters(line);
  const place = decimal(index);
  return storage !== undefined && place !== undefined
    ? ({ type, storage, index: place } as const)
    : undefined;
};

/** The length is the last parameter: +CMT has an alpha before it, which some modems leave out with its comma. */
const direct = (type: 'message' | 'report') => (line: string, pdu: string) =>
  ({ type, tpduLength: decimal(parameters(line).at(-1)) ?? 0, pdu }) as const;

const registration = (domain: RegistrationDomain) => (line: string) => {
  const rawSecond = line.slice(line.indexOf(':') + 1).split(',')[1];
  const found = unsolicitedRegistrationOf(parameters(line), rawSecond);
  return found && ({ type: 'registration', domain, registration: found } as const);
};

/** The parameters of +CLIP, TS 27.007 7.11: number, type, two for a subaddress, alpha, and 1 or 2 for a hidden number. */
function caller(line: string): Unsolicited {
  const [number = '', type, , , , validity] = parameters(line);
  const hidden = validity === '1' || validity === '2' || !/^\+?[\d*#]+$/.test(number);
  if (hidden) return { type: 'caller', number: undefined };
  return { type: 'caller', number: type === '145' && !number.startsWith('+') ? `+${number}` : number };
}

/** `MISSED_CALL: 08:15AM +31624000000` */
function missedCall(line: string): Unsolicited {
  return { type: 'call-missed', number: /[\s,"](\+?\d{3,})"?$/.exec(line)?.[1] };
}

const constant = (event: Unsolicited) => () => event;
const other = constant({ type: 'other' });

/** Lines that are unsolicited whatever is pending; a longer prefix stands before a shorter one that it begins with. */
const forms: readonly Form[] = [
  { prefix: '+CMTI:', read: stored('message-stored') },
  { prefix: '+CMT:', pduFollows: true, read: direct('message') },
  { prefix: '+CDSI:', read: stored('report-stored') },
  { prefix: '+CDS:', pduFollows: true, read: direct('report') },
  { prefix: '+CBM:', pduFollows: true, read: other },
  { prefix: '+CREG:', read: registration('circuit') },
  { prefix: '+CGREG:', read: registration('packet') },
  { prefix: '+CEREG:', read: registration('evolved') },
  {
    prefix: '+CMGS:',
    read: (line) => {
      const reference = decimal(parameters(line)[0]);
      return reference === undefined ? undefined : { type: 'submitted', reference };
    },
  },
  {
    prefix: '+CUSD:',
    read: (line) => {
      const result = ussdResultOf(line);
      return result && { type: 'ussd', result };
    },
  },
  { prefix: '+CPIN:', read: (line) => ({ type: 'sim', state: parameters(line)[0] ?? '' }) },
  { prefix: '+QUSIM:', read: other },
  { prefix: '^SMMEMFULL', read: constant({ type: 'storage-full' }) },
  { prefix: '+SMSFULL', read: constant({ type: 'storage-full' }) },
  { prefix: '+SMS FULL', read: constant({ type: 'storage-full' }) },
  { prefix: '^SMGO: 1', read: constant({ type: 'storage-full' }) },
  { prefix: '^SMGO: 2', read: constant({ type: 'storage-full' }) },
  { prefix: '*SMSFULL', read: constant({ type: 'storage-full' }) },
  { prefix: '+CIEV: "SMSFULL",1', read: constant({ type: 'storage-full' }) },
  { prefix: '+QIND: "smsfull"', read: constant({ type: 'storage-full' }) },
  { prefix: '+CRING:', read: constant({ type: 'ring' }) },
  { prefix: '+CLIP:', read: caller },
  { prefix: '^CEND:', read: constant({ type: 'call-ended' }) },
  { prefix: 'HANGUP:', read: constant({ type: 'call-ended' }) },
  { prefix: '+WIND: 6', read: constant({ type: 'call-ended' }) },
  { prefix: 'VOICE CALL: END', read: constant({ type: 'call-ended' }) },
  { prefix: 'MISSED_CALL', read: missedCall },
];

/** Whole lines, not prefixes: a text that merely begins like one is none of these. */
const wholeLines: Readonly<Record<string, Unsolicited>> = {
  RING: { type: 'ring' },
  RDY: { type: 'boot' },
  '^SYSSTART': { type: 'boot' },
  '*ATREADY: 1': { type: 'boot' },
  START: { type: 'boot' },
  '+CFUN: 1': { type: 'boot' },
  'NORMAL POWER DOWN': { type: 'boot' },
  'NO CARRIER': { type: 'call-ended' },
  ...Object.fromEntries(
    [
      'Call Ready',
      'SMS Ready',
      'SMS DONE',
      'PB DONE',
      'APP RDY',
      '+PBREADY',
      '+SIM READY',
      '+QIND: SMS DONE',
      '+QIND: PB DONE',
      '^SSIM READY',
      '+WIND: 4',
    ].map((text) => [text, { type: 'ready', text }] as const),
  ),
};

/** Makers' chatter: known to be unasked, so that it never ends up in a free-text answer. */
const chatter =
  /^(?:\+CLIP:|\+CCWA:|\+CBMI:|\+CIEV:|\+CGEV:|\+CTZ[VE]:|\+CTZDST|\+NITZ|\+CSS[IU]:|\+CLIPI:|\^(?:RSSI|HCSQ|LTERSRP|MODE|SRVST|SIMST|BOOT|DSFLOWRPT|NDISSTAT|CSNR|ANLEVEL|CERSSI|STIN|STGI|ORIG|CONF|CONN|CEND|EONS|PDPDEACT|SHUTDOWN|EXIT|THERM)|\+Z(?:USIMR|DONR|PASR|PSTM|MGSF|END)|HANGUP:|\+QIND:|\+QGURC|\+WIND:|\*(?:PSUTTZ|PSNWID|EPSB|ECAV)|DST:|#NITZ|%(?:NSTATC|CTZV)|\+UU[A-Z]+:|\+UMWI|UNDER-VOLTAGE|OVER-VOLTAGE|VOICE CALL:|MISSED_CALL|\+STIN:|\+PACSP|\+SIMCARD)/;

/** A header whose PDU is still to come. */
export interface PendingUnsolicited {
  readonly header: string;
}

/** What a line is, taken for itself: unsolicited, the header of an unsolicited result, or neither. */
export type Verdict =
  | { readonly kind: 'unsolicited'; readonly event: Unsolicited; readonly line: string }
  | { readonly kind: 'header'; readonly pending: PendingUnsolicited }
  | { readonly kind: 'none' };

const none: Verdict = { kind: 'none' };

/** Judges a line that the pending command does not claim. */
export function judgeUnsolicited(line: string): Verdict {
  const whole = Object.hasOwn(wholeLines, line) ? wholeLines[line] : undefined;
  if (whole) return { kind: 'unsolicited', event: whole, line };
  const form = forms.find((candidate) => line.startsWith(candidate.prefix));
  if (form?.pduFollows) return { kind: 'header', pending: { header: line } };
  if (form) return { kind: 'unsolicited', event: form.read(line, '') ?? { type: 'other' }, line };
  return chatter.test(line) ? { kind: 'unsolicited', event: { type: 'other' }, line } : none;
}

/**
 * Joins a header with the line after it, in capitals as from a store, for a text is known again by its digits. A line that
 * is no PDU leaves the header without one: the header is then dropped as malformed and undefined is returned, so that the
 * line is judged for itself.
 */
export function completeUnsolicited(pending: PendingUnsolicited, line: string): Unsolicited | undefined {
  if (!/^[0-9A-Fa-f]{10,}$/.test(line)) return undefined;
  if (line.length % 2 !== 0 && !isMostOf(line, pending)) return undefined;
  return forms
    .find((form) => pending.header.startsWith(form.prefix))
    ?.read(pending.header, line.toUpperCase());
}

/**
 * Of a PDU that lost a digit on the line their number is odd, and there are more of them than half. The numbers of cards
 * and devices (15 and 19 digits) are shorter than that: an answer that is asked for at every look at the modem.
 */
function isMostOf(line: string, { header }: PendingUnsolicited): boolean {
  const octets = decimal(parameters(header).at(-1));
  return octets !== undefined && octets > 0 && line.length >= octets;
}
