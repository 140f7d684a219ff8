import type { OctetWriter } from '../octets.ts';
import { type Address, countDigits, readDigits, typeOfAddress, writeDigits } from './address.ts';
import type { PduReader } from './pdu-reader.ts';

/** The service centre of a PDU on the AT line (TS 27.005, 3.1): `null` is the one stored on the SIM. */
export interface ServiceCentre {
  readonly smsc: string | null;
  readonly smscToa?: number;
}

/** Type octet and ten octets of digits. */
const maxOctets = 11;

/** Reads the SMSC part. Its length counts octets, the type octet included, unlike that of every other address. */
export function readSmsc(reader: PduReader): ServiceCentre {
  const lengthOffset = reader.offset;
  const length = reader.octet('smsc.length');
  if (length === 0) return { smsc: null };
  if (length > maxOctets) {
    reader.report(
      'smsc.length',
      lengthOffset,
      `smsc claims ${length} octets; at most ${maxOctets} are possible`,
    );
  }
  const toa = reader.octet('smsc.toa');
  const start = reader.offset;
  const available = reader.skip('smsc.digits', length - 1);
  reader.mark('smsc.digits', start);
  const digits = readDigits(reader.octets, start, start + available);
  return { smsc: ((toa >> 4) & 7) === 1 && digits !== '' ? `+${digits}` : digits, smscToa: toa };
}

/** Writes the SMSC part; `null` writes the single octet 00. */
export function writeSmsc(writer: OctetWriter, smsc: Address | null): void {
  if (smsc === null) return writer.octet(0);
  writer.octet(1 + Math.ceil(countDigits(smsc, 'smsc') / 2));
  writer.octet(typeOfAddress(smsc));
  writeDigits(writer, smsc, 'smsc');
}
