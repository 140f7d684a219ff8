import { hexFromOctets, hexPair, octetsFromHex } from '../octets.ts';
import { EncodeError } from './encode-error.ts';
import type { PduReader } from './pdu-reader.ts';
import { hexOfTime, readTime, timeHex, timeOctets } from './time.ts';

/** TP-VPF, bits 4..3 of the first octet of a SUBMIT (TS 23.040, 9.2.3.3), in the order of their values. */
export const validityFormats = ['none', 'enhanced', 'relative', 'absolute'] as const;
export type ValidityFormat = (typeof validityFormats)[number];

export interface RelativeValidity {
  readonly raw: number;
  readonly minutes: number;
}

export interface AbsoluteValidity {
  /** ISO 8601; `null` when the octets name no time. */
  readonly absolute: string | null;
  /** The octets of the time when it is `null`. */
  readonly absoluteHex?: string;
}

/** The functionality indicator and what follows it (TS 23.040, 9.2.3.12.3). */
export interface EnhancedFunctionality {
  /** Another functionality octet follows; then nothing after it can be told. */
  readonly extension: boolean;
  /** One attempt at delivery, no more. */
  readonly singleShot: boolean;
  /** 0 none, 1 an octet as in the relative format, 2 seconds, 3 hours minutes seconds, 4..7 reserved. */
  readonly format: number;
  /** As sent: the octet in formats 1 and 2, `hh:mm:ss` in format 3, else `null`. */
  readonly value: number | string | null;
  /** What the value amounts to. */
  readonly seconds: number | null;
}

export interface EnhancedValidity {
  readonly enhanced: EnhancedFunctionality;
  readonly enhancedHex: string;
}

export type ValidityPeriod = RelativeValidity | AbsoluteValidity | EnhancedValidity;

const day = 24 * 60;
const week = 7 * day;

/** Minutes that a relative TP-VP octet stands for (TS 23.040, 9.2.3.12.1). */
export function relativeMinutes(raw: number): number {
  if (raw < 144) return 5 * (raw + 1);
  if (raw < 168) return day / 2 + 30 * (raw - 143);
  if (raw < 197) return day * (raw - 166);
  return week * (raw - 192);
}

/** The relative octet for so many minutes, rounded up so that a message never expires early. */
export function relativeValidity(minutes: number): number {
  if (!(minutes > 0 && minutes <= 63 * week)) {
    throw new EncodeError(
      'validityMinutes',
      `validityMinutes must be above 0 and at most ${63 * week} (63 weeks), not ${minutes}`,
    );
  }
  if (minutes <= day / 2) return Math.ceil(minutes / 5) - 1;
  if (minutes <= day) return 143 + Math.ceil((minutes - day / 2) / 30);
  if (minutes <= 30 * day) return 166 + Math.ceil(minutes / day);
  return 192 + Math.max(5, Math.ceil(minutes / week));
}

function decimal(octet: number): number {
  return 10 * (octet & 15) + (octet >> 4);
}

function readEnhancedValue(
  octets: Uint8Array,
  format: number,
): Pick<EnhancedFunctionality, 'value' | 'seconds'> {
  const first = octets[1] as number;
  if (format === 1) return { value: first, seconds: 60 * relativeMinutes(first) };
  if (format === 2) return { value: first, seconds: first };
  const [hours, minutes, seconds] = [first, octets[2] as number, octets[3] as number].map(decimal) as [
    number,
    number,
    number,
  ];
  const value = [hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':');
  return { value, seconds: 3600 * hours + 60 * minutes + seconds };
}

function enhancedFunctionality(octets: Uint8Array): EnhancedFunctionality {
  const indicator = octets[0] as number;
  const format = indicator & 7;
  const extension = (indicator & 0x80) !== 0;
  const known = !extension && format >= 1 && format <= 3;
  return {
    extension,
    singleShot: (indicator & 0x40) !== 0,
    format,
    ...(known ? readEnhancedValue(octets, format) : { value: null, seconds: null }),
  };
}

function readEnhanced(reader: PduReader): EnhancedValidity {
  const start = reader.offset;
  const available = reader.skip('vp', timeOctets);
  reader.mark('vp', start);
  const octets = new Uint8Array(timeOctets);
  octets.set(reader.octets.subarray(start, start + available));
  const enhanced = enhancedFunctionality(octets);
  if (enhanced.format === 3 && [1, 2, 3].some((at) => !isDecimal(octets[at] as number))) {
    reader.report('vp', start, 'vp has a digit above 9');
  }
  return { enhanced, enhancedHex: hexFromOctets(octets) };
}

function isDecimal(octet: number): boolean {
  return (octet & 15) < 10 && octet >> 4 < 10;
}

function readAbsolute(reader: PduReader): AbsoluteValidity {
  const start = reader.offset;
  const absolute = readTime(reader, 'vp');
  return absolute === null ? { absolute, absoluteHex: timeHex(reader, start) } : { absolute };
}

/** Reads TP-VP in the format that TP-VPF announced. */
export function readValidity(reader: PduReader, format: Exclude<ValidityFormat, 'none'>): ValidityPeriod {
  if (format === 'absolute') return readAbsolute(reader);
  if (format === 'enhanced') return readEnhanced(reader);
  const raw = reader.octet('vp');
  return { raw, minutes: relativeMinutes(raw) };
}

/** A validity to send: minutes from now, a moment, or the seven octets of an enhanced one. */
export type Validity =
  | { readonly minutes: number }
  | { readonly absolute: string }
  | { readonly enhancedHex: string };

export function formatOf(validity: Validity): ValidityFormat {
  if ('minutes' in validity) return 'relative';
  return 'absolute' in validity ? 'absolute' : 'enhanced';
}

/** Hex of TP-VP. */
export function hexOfValidity(validity: Validity): string {
  if ('minutes' in validity) return hexPair(relativeValidity(validity.minutes));
  if ('absolute' in validity) return hexOfTime(validity.absolute, 'validity');
  const octets = octetsFromHex(validity.enhancedHex);
  if (octets?.length !== timeOctets)
    throw new EncodeError('validity', 'An enhanced validity is seven octets of hex');
  return hexFromOctets(octets);
}
