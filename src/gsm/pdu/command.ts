import { hexFromOctets } from '../octets.ts';
import { type DecodedAddress, readAddress } from './address.ts';
import type { PduReader } from './pdu-reader.ts';

/** SMS-COMMAND (TS 23.040, 9.2.2.4). */
export interface Command extends DecodedAddress {
  readonly kind: 'command';
  readonly firstOctet: number;
  readonly udhi: boolean;
  /** TP-SRR: a status report is wanted. */
  readonly srr: boolean;
  readonly mr: number;
  readonly pid: number;
  /** TP-CT: 0 enquiry, 1 cancel the report request, 2 delete the message, 3 enable the report request. */
  readonly commandType: number;
  /** TP-MN: the message that the command is about. */
  readonly messageNumber: number;
  readonly dataHex: string;
  readonly trailing: number;
}

/** Reads an SMS-COMMAND from its first octet on. */
export function readCommand(reader: PduReader): Command {
  const firstOctet = reader.octet('firstOctet');
  const mr = reader.octet('mr');
  const pid = reader.octet('pid');
  const commandType = reader.octet('commandType');
  const messageNumber = reader.octet('messageNumber');
  const address = readAddress(reader);
  const length = reader.octet('dataLength');
  const start = reader.offset;
  const available = reader.skip('data', length);
  reader.mark('data', start);
  return {
    kind: 'command',
    firstOctet,
    udhi: (firstOctet & 0x40) !== 0,
    srr: (firstOctet & 0x20) !== 0,
    mr,
    pid,
    commandType,
    messageNumber,
    ...address,
    dataHex: hexFromOctets(reader.octets, start, start + available),
    trailing: reader.remaining,
  };
}
