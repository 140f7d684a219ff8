import { hexFromOctets } from '../octets.ts';
import type { Draft } from './draft.ts';
import type { PduReader } from './pdu-reader.ts';
import { readUserData, type TextOptions, type UserData } from './user-data.ts';

/** What may end a report: TP-PI and the fields it announces (TS 23.040, 9.2.3.27). */
export interface OptionalPart extends Partial<UserData> {
  readonly pi?: number;
  readonly pid?: number;
  readonly dcs?: number;
  /** Octets after all that was announced. */
  readonly trailing: number;
}

const hasPid = 0x01;
const hasDcs = 0x02;
const hasUserData = 0x04;
const extended = 0x80;

/** Modems fill a record up with these: not a TP-PI. */
const padding = 0xff;

/** Reads the octets of TP-PI; further ones mean nothing yet. */
export function readIndicator(reader: PduReader): number {
  const pi = reader.octet('pi');
  for (let octet = pi; octet & extended && octet !== padding; ) octet = reader.octet('pi');
  return pi;
}

/** User data with no TP-DCS counts as default alphabet; since that is a guess, its octets are given too. */
function readUncodedUserData(part: object, reader: PduReader, udhi: boolean, options: TextOptions): void {
  const userData: object = part;
  const start = reader.offset + 1;
  readUserData(userData, reader, 0, udhi, options);
  const headerOctets = udhi && start < reader.offset ? (reader.octets[start] as number) + 1 : 0;
  (userData as Draft<UserData>).dataHex = hexFromOctets(reader.octets, start + headerOctets, reader.offset);
}

/** Reads the fields that a TP-PI announced into a TPDU under construction. */
export function readAnnounced<T extends object>(
  tpdu: T,
  reader: PduReader,
  pi: number,
  udhi: boolean,
  options: TextOptions,
): asserts tpdu is T & OptionalPart {
  const part = tpdu as Draft<OptionalPart>;
  const announced = pi === padding ? 0 : pi;
  part.pi = pi;
  if (announced & hasPid) part.pid = reader.octet('pid');
  if (announced & hasDcs) part.dcs = reader.octet('dcs');
  part.trailing = reader.remaining;
  if (!(announced & hasUserData)) return;
  if (part.dcs === undefined) readUncodedUserData(part, reader, udhi, options);
  else readUserData(part, reader, part.dcs, udhi, options);
}

/** The TP-PI that announces those of the fields that are given. */
export function indicatorOf(fields: Readonly<Record<'pid' | 'dcs' | 'userData', unknown>>): number {
  return (
    (fields.pid === undefined ? 0 : hasPid) |
    (fields.dcs === undefined ? 0 : hasDcs) |
    (fields.userData === undefined ? 0 : hasUserData)
  );
}
