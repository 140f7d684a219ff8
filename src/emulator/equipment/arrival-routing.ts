import { type Deliver, decodePdu } from '../../gsm/pdu/index.ts';
import type { Arrival } from '../network/subscriber.ts';
import type { StoredMessage } from './message-storage.ts';

const typeZero = 0x40;
const firstReplaceType = 0x41;
const lastReplaceType = 0x47;

function deliverOf(pdu: string): Deliver | undefined {
  const fields = decodePdu(pdu, { direction: 'MT', hasSmsc: true });
  return fields.kind === 'deliver' ? fields : undefined;
}

/**
 * Where a text goes by mt of +CNMI (27.005 3.4.1): to the host at once, to the storage, or nowhere. A text of type 0 is
 * acknowledged and thrown away (23.040 9.2.3.9), and a waiting indication that is to be discarded is not stored.
 */
export function destinationOf(arrival: Arrival, deliver: number): 'host' | 'storage' | 'nowhere' {
  const fields = deliverOf(arrival.pdu);
  if (fields?.pid === typeZero) return 'nowhere';
  const messageClass = fields?.messageClass;
  const direct = (deliver === 2 && messageClass !== 2) || (deliver === 3 && messageClass === 3);
  if (direct) return 'host';
  return fields?.mwi?.store === false ? 'nowhere' : 'storage';
}

/** The stored text that this one replaces: same replace type, same sender (23.040 9.2.3.9). */
export function sameToReplace(
  arrival: Arrival,
  entries: readonly [index: number, message: StoredMessage][],
): number | undefined {
  const fresh = deliverOf(arrival.pdu);
  if (!fresh || fresh.pid < firstReplaceType || fresh.pid > lastReplaceType) return undefined;
  const same = ([, message]: [number, StoredMessage]) => {
    const held = deliverOf(message.pdu);
    return held?.pid === fresh.pid && held.address === fresh.address;
  };
  return entries.find(same)?.[0];
}
