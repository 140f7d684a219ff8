import { hexOfTwo } from '../octets.ts';
import { type Address, appendDigits, countDigits, readDigits, typeOfAddress } from './address.ts';
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

/** Hex of the SMSC part with a service centre of its own. */
export function hexOfSmsc(smsc: Address): string {
  const octets = 1 + Math.ceil(countDigits(smsc, 'smsc') / 2);
  return appendDigits(hexOfTwo(octets, typeOfAddress(smsc)), smsc, 'smsc');
}
