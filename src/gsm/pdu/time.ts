import { hexFromOctets, hexPair } from '../octets.ts';
import { EncodeError } from './encode-error.ts';
import type { PduReader } from './pdu-reader.ts';

/** Octets of a time stamp. */
export const timeOctets = 7;

/** Two-digit years from here on are of the last century. */
const pivotYear = 90;
const maxZoneMinutes = 14 * 60;

const twoDigits: readonly string[] = Array.from({ length: 100 }, (_, value) =>
  String(value).padStart(2, '0'),
);

/** The two decimal digits of an octet, low nibble first; NaN when a nibble is above 9. */
function decimal(octet: number): number {
  const tens = octet & 15;
  const units = octet >> 4;
  return tens > 9 || units > 9 ? Number.NaN : 10 * tens + units;
}

/** From 1990 to 2089 every fourth year is a leap year. */
function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Minutes east of UTC: quarters of an hour, the sign in bit 3; NaN when the units are above 9. */
function zoneMinutes(octet: number): number {
  const units = octet >> 4;
  const minutes = units > 9 ? Number.NaN : 15 * (10 * (octet & 7) + units);
  return octet & 8 ? -minutes : minutes;
}

function zoneText(minutes: number): string {
  if (minutes === 0) return 'Z';
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${twoDigits[Math.trunc(size / 60)]}:${twoDigits[size % 60]}`;
}

function isDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function isTime(hour: number, minute: number, second: number): boolean {
  return hour < 24 && minute < 60 && second < 60;
}

/**
 * Reads TP-SCTS, TP-DT or an absolute TP-VP (TS 23.040, 9.2.3.11) as ISO 8601 with the zone as sent, `+00:00` as `Z`.
 * `null` when the octets name no time, as in a discharge time of all zeros.
 */
export function readTime(reader: PduReader, field: string): string | null {
  const start = reader.offset;
  const available = reader.skip(field, timeOctets);
  reader.mark(field, start);
  if (available < timeOctets) return null;
  const { octets } = reader;
  const year = decimal(octets[start] as number);
  const month = decimal(octets[start + 1] as number);
  const day = decimal(octets[start + 2] as number);
  const hour = decimal(octets[start + 3] as number);
  const minute = decimal(octets[start + 4] as number);
  const second = decimal(octets[start + 5] as number);
  const zone = zoneMinutes(octets[start + 6] as number);
  // A digit above 9 makes its value NaN, and so the sum.
  if (Number.isNaN(year + month + day + hour + minute + second + zone)) {
    reader.report(field, start, `${field} has a digit above 9`);
    return null;
  }
  const century = year >= pivotYear ? 1900 : 2000;
  if (
    !isDate(century + year, month, day) ||
    !isTime(hour, minute, second) ||
    Math.abs(zone) > maxZoneMinutes
  ) {
    reader.note(field, start, `${field} names no moment`);
    return null;
  }
  const date = `${century + year}-${twoDigits[month]}-${twoDigits[day]}`;
  return `${date}T${twoDigits[hour]}:${twoDigits[minute]}:${twoDigits[second]}${zoneText(zone)}`;
}

/** The octets of a time that names no moment, or is cut, for whoever wants to look at them. */
export function timeHex(reader: PduReader, start: number): string {
  return hexFromOctets(reader.octets, start, Math.min(start + timeOctets, reader.octets.length));
}

const isoTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:(Z)|([+-])(\d\d):(\d\d))$/;

function swapped(value: number): number {
  return ((value % 10) << 4) | Math.trunc(value / 10);
}

/**
 * Hex of a time given as ISO 8601 with a zone of whole quarters of an hour, years 1990 to 2089; of `null` seven zero
 * octets.
 */
export function hexOfTime(time: string | null, field: string): string {
  if (time === null) return '00'.repeat(timeOctets);
  const match = isoTime.exec(time);
  if (match === null)
    throw new EncodeError(field, `${field} must be an ISO 8601 time with a zone, not ${time}`);
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const offset = match[7] === 'Z' ? 0 : Number(match[9]) * 60 + Number(match[10]);
  if (
    !isDate(year, month, day) ||
    !isTime(hour, minute, second) ||
    year < 1900 + pivotYear ||
    year >= 2000 + pivotYear
  ) {
    throw new EncodeError(field, `${field} is not a time between 1990 and 2089: ${time}`);
  }
  if (offset % 15 !== 0 || offset > maxZoneMinutes) {
    throw new EncodeError(
      field,
      `The zone of ${field} must be whole quarters of an hour, at most 14 hours: ${time}`,
    );
  }
  const digits = [year % 100, month, day, hour, minute, second].map((value) => hexPair(swapped(value)));
  return digits.join('') + hexPair(swapped(offset / 15) | (match[8] === '-' ? 8 : 0));
}
