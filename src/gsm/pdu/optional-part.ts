import { hexFromOctets } from '../octets.ts';
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

/** User data with no TP-DCS counts as default alphabet; since that is a guess, its octets are given too. */
function readUncodedUserData(reader: PduReader, udhi: boolean, options: TextOptions): UserData {
  const start = reader.offset + 1;
  const userData = readUserData(reader, 0, udhi, options);
  const headerOctets = udhi && start < reader.offset ? (reader.octets[start] as number) + 1 : 0;
  return { ...userData, dataHex: hexFromOctets(reader.octets, start + headerOctets, reader.offset) };
}

/** Reads the octets of TP-PI; further ones mean nothing yet. */
export function readIndicator(reader: PduReader): number {
  const pi = reader.octet('pi');
  for (let octet = pi; octet & extended && octet !== padding; ) octet = reader.octet('pi');
  return pi;
}

/** Reads the fields that a TP-PI announced. */
export function readAnnounced(
  reader: PduReader,
  pi: number,
  udhi: boolean,
  options: TextOptions,
): OptionalPart {
  if (pi === padding) return { pi, trailing: reader.remaining };
  const pid = pi & hasPid ? reader.octet('pid') : undefined;
  const dcs = pi & hasDcs ? reader.octet('dcs') : undefined;
  const stated = { pi, ...(pid !== undefined && { pid }), ...(dcs !== undefined && { dcs }) };
  if (!(pi & hasUserData)) return { ...stated, trailing: reader.remaining };
  const userData =
    dcs === undefined ? readUncodedUserData(reader, udhi, options) : readUserData(reader, dcs, udhi, options);
  return { ...stated, ...userData };
}

/** The TP-PI that announces those of the fields that are given. */
export function indicatorOf(fields: Readonly<Record<'pid' | 'dcs' | 'userData', unknown>>): number {
  return (
    (fields.pid === undefined ? 0 : hasPid) |
    (fields.dcs === undefined ? 0 : hasDcs) |
    (fields.userData === undefined ? 0 : hasUserData)
  );
}
