import type { StoredPdu } from '../gsm/at/commands.ts';

/** Octets are lost on a line now and then, not thrice in a row. */
const mostReadings = 3;

/**
 * What lies at a place of the store that is chosen, after a first reading of it that may have lost octets on the line, or
 * have another line in its midst: it would be deleted on the strength of that reading. It is read again until the length
 * that stands before it fits, or two readings agree, for some modems give a wrong one. Undefined where neither came. A
 * reading may lose its header too and then tells of nothing: only where all later ones do is the place empty by now, and
 * the first all that is left.
 */
export async function wholeReading(
  first: StoredPdu,
  readAgain: () => Promise<StoredPdu | undefined>,
): Promise<StoredPdu | undefined> {
  let reading = first;
  for (let readings = 1; !isWhole(reading); readings++) {
    if (readings === mostReadings) return reading === first ? first : undefined;
    const again = await readAgain();
    if (again?.pdu === reading.pdu) return reading;
    reading = again ?? reading;
  }
  return reading;
}

/** The length counts the octets behind the service centre's number (TS 27.005 3.1); some count that too, or give none. */
function isWhole({ pdu, tpduLength }: StoredPdu): boolean {
  if (pdu.length % 2 !== 0) return false;
  const octets = pdu.length / 2;
  const centreOctets = 1 + Number.parseInt(pdu.slice(0, 2), 16);
  return tpduLength === undefined || tpduLength === octets || tpduLength === octets - centreOctets;
}
