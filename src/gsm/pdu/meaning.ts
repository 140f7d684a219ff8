import { hexFromOctets } from '../octets.ts';
import type { Command } from './command.ts';
import { dataCoding } from './data-coding.ts';
import type { DecodedPdu, Envelope } from './decoded-pdu.ts';
import type { Deliver } from './deliver.ts';
import { elementName } from './element-name.ts';
import { describeFailureCause } from './failure-cause.ts';
import { type InformationElement, knownElements } from './information-element.ts';
import { describeProtocol } from './protocol-identifier.ts';
import type { SubmitReport } from './report.ts';
import type { Reading } from './span.ts';
import { interpretStatus } from './status.ts';
import type { StatusReport } from './status-report.ts';
import type { Submit } from './submit.ts';
import type { ValidityPeriod } from './validity-period.ts';

/** Every field that a PDU of some kind has. */
type Fields = Envelope &
  Partial<
    Omit<Deliver, 'kind'> &
      Omit<Submit, 'kind'> &
      Omit<StatusReport, 'kind'> &
      Omit<SubmitReport, 'kind'> &
      Omit<Command, 'kind'>
  >;

function octetHex(octet: number): string {
  return `0x${hexFromOctets(Uint8Array.of(octet))}`;
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function time(value: string | null | undefined, meaning: string): Reading {
  return { value: value ?? 'no time', meaning };
}

const alphabetNames = { gsm7: 'GSM 7-bit', '8bit': '8-bit data', ucs2: 'UCS-2' };
const classNames = [
  'flash: shown at once, not stored',
  'for the telephone',
  'for the SIM',
  'for the terminal',
];

/** A TP-DCS octet in words. */
export function describeCoding(dcs: number): string {
  const coding = dataCoding(dcs);
  const parts = [alphabetNames[coding.alphabet]];
  if (coding.reserved || coding.reservedAlphabet) parts[0] = `reserved, read as ${parts[0]}`;
  if (coding.compressed) parts.push('compressed');
  if (coding.class !== null) parts.push(`class ${coding.class}, ${classNames[coding.class]}`);
  if (coding.autoDelete) parts.push('to be deleted once read');
  if (coding.mwi) {
    parts.push(`${coding.mwi.type} waiting indication ${coding.mwi.active ? 'set' : 'cleared'}`);
    parts.push(coding.mwi.store ? 'store the text' : 'discard the text');
  }
  return parts.join(', ');
}

const minutesUnits: readonly (readonly [number, string])[] = [
  [7 * 24 * 60, 'week'],
  [24 * 60, 'day'],
  [60, 'hour'],
  [1, 'minute'],
];

function duration(minutes: number): string {
  const [size, unit] = minutesUnits.find(([size]) => minutes % size === 0) as readonly [number, string];
  return plural(minutes / size, unit);
}

function validity(vp: ValidityPeriod): Reading {
  if ('minutes' in vp) return { value: String(vp.raw), meaning: `valid for ${duration(vp.minutes)}` };
  if ('absolute' in vp) return time(vp.absolute, 'valid until then');
  const { seconds, singleShot } = vp.enhanced;
  const period = seconds === null ? 'no period that can be told' : `valid for ${plural(seconds, 'second')}`;
  return { value: vp.enhancedHex, meaning: singleShot ? `${period}, one attempt only` : period };
}

function length(pdu: Fields, udl: number): Reading {
  const septets = pdu.alphabet === 'gsm7' && !pdu.compressed;
  const unit = plural(udl, septets ? 'septet' : 'octet');
  return {
    value: String(udl),
    meaning: pdu.udhi ? `${unit} of user data, header included` : `${unit} of user data`,
  };
}

const announcements = ['TP-PID', 'TP-DCS', 'user data'];

function indicator(pi: number): string {
  if (pi === 0xff) return 'padding';
  const present = announcements.filter((_, bit) => pi & (1 << bit));
  return present.length === 0 ? 'nothing follows' : `followed by ${present.join(', ')}`;
}

const commands = [
  'enquiry',
  'cancel the status report request',
  'delete the message',
  'enable the status report request',
];

type Meaning = (octets: Uint8Array, pdu: Fields) => Reading;

/** A field of one octet whose value is a number. */
function numeric(
  meaning: (value: number, pdu: Fields) => string,
  show: (value: number) => string = String,
): Meaning {
  return ([octet], pdu) => ({ value: show(octet as number), meaning: meaning(octet as number, pdu) });
}

function raw(meaning: string): Meaning {
  return (octets) => ({ value: hexFromOctets(octets), meaning });
}

const meanings: Readonly<Record<string, Meaning>> = {
  'smsc.length': numeric((count) =>
    count === 0
      ? 'the service centre stored on the SIM'
      : `${plural(count, 'octet')} of service centre address`,
  ),
  'smsc.digits': (_, pdu) => ({ value: pdu.smsc as string, meaning: 'service centre' }),
  mr: numeric(() => 'message reference'),
  'address.length': numeric((count) => `${plural(count, 'semi-octet')} of address`),
  'address.digits': (_, pdu) => ({
    value: pdu.address as string,
    meaning: pdu.ton === 5 ? 'name' : 'number',
  }),
  pid: numeric(describeProtocol, octetHex),
  dcs: numeric(describeCoding, octetHex),
  scts: (_, pdu) => time(pdu.scts, 'when the service centre took the message'),
  discharge: (_, pdu) => time(pdu.discharge, 'delivery or last attempt'),
  vp: (_, pdu) => validity(pdu.vp as ValidityPeriod),
  udl: numeric((udl, pdu) => length(pdu, udl).meaning),
  'udh.length': numeric((count) => `${plural(count, 'octet')} of header elements`),
  'udh.malformed': raw('an element that runs past the end of the header'),
  fill: () => ({ value: '0', meaning: 'fill bits up to the next septet' }),
  ud: (octets, pdu) => ({
    value: pdu.text ?? hexFromOctets(octets),
    meaning: pdu.text === undefined ? plural(octets.length, 'octet') : plural(pdu.text.length, 'character'),
  }),
  status: numeric((status) => interpretStatus(status).meaning, octetHex),
  fcs: numeric(describeFailureCause, octetHex),
  pi: numeric(indicator, octetHex),
  commandType: numeric((type) => commands[type] ?? 'reserved or specific to the service centre', octetHex),
  messageNumber: numeric(() => 'message that the command is about'),
  dataLength: numeric((count) => `${plural(count, 'octet')} of command data`),
  data: raw('command data'),
  rest: raw('not read'),
  trailing: raw('after the message, ignored'),
};

/** Element fields are `udh.N.iei`, `udh.N.length` and `udh.N.data`. */
function elementReading(field: string, octets: Uint8Array, pdu: Fields): Reading {
  const [, index, part] = field.split('.');
  if (part === 'length') return { value: String(octets[0]), meaning: plural(octets[0] as number, 'octet') };
  const { iei } = (pdu.udh as readonly InformationElement[])[Number(index)] as InformationElement;
  if (part === 'iei') return { value: octetHex(iei), meaning: elementName(iei) };
  const known = knownElements.get(iei);
  const readable = known !== undefined && octets.length >= known.length;
  return { value: hexFromOctets(octets), meaning: readable ? known.describe(octets, 0) : elementName(iei) };
}

/** What a field of a decoded PDU says. `octets` are those of the field. */
export function readingOf(field: string, octets: Uint8Array, pdu: DecodedPdu): Reading {
  const meaning = meanings[field];
  return meaning === undefined
    ? elementReading(field, octets, pdu as Fields)
    : meaning(octets, pdu as Fields);
}
