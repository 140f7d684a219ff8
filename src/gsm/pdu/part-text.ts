import { octetsFromHex } from '../octets.ts';
import { textOfSeptets } from './gsm7.ts';
import { gsm7Tables } from './gsm7-tables.ts';
import type { NationalLanguage } from './information-element.ts';
import { textOfUcs2 } from './ucs2.ts';

/**
 * The content of one part as `decodePdu` gives it with `units`: the raw units where there are any, so that a pair that
 * the sender tore apart can be joined again, else the text or the octets.
 */
export interface PartContent {
  readonly text?: string | undefined;
  readonly septetsHex?: string | undefined;
  readonly national?: NationalLanguage | undefined;
  readonly ucs2Hex?: string | undefined;
  readonly dataHex?: string | undefined;
}

/** What tells whether neighbours can be joined before they are decoded. */
function joinKey(part: PartContent): string {
  if (part.ucs2Hex !== undefined) return 'ucs2';
  if (part.septetsHex !== undefined)
    return `gsm7 ${part.national?.locking ?? 0} ${part.national?.single ?? 0}`;
  return 'text';
}

/** Raw UCS-2 of neighbours. An odd last octet belongs to the next part if that makes it even, else to nobody. */
function joinUcs2(hexes: readonly string[]): string {
  let joined = '';
  hexes.forEach((hex, index) => {
    const odd = (joined.length + hex.length) % 4 !== 0;
    const completedByNext = (hexes[index + 1]?.length ?? 0) % 4 !== 0;
    joined += odd && !completedByNext ? hex.slice(0, -2) : hex;
  });
  return joined;
}

/** Raw units in hex come from decoding and are whole octets. */
function octets(hex: string): Uint8Array {
  return octetsFromHex(hex) as Uint8Array;
}

function runText(run: readonly PartContent[]): string {
  const [first] = run as [PartContent];
  if (first.ucs2Hex !== undefined)
    return textOfUcs2(octets(joinUcs2(run.map((part) => part.ucs2Hex as string))));
  if (first.septetsHex === undefined) return run.map((part) => part.text ?? '').join('');
  const tables = gsm7Tables(first.national?.locking ?? 0, first.national?.single ?? 0);
  return textOfSeptets(octets(run.map((part) => part.septetsHex).join('')), tables);
}

/** The text of parts that follow one another, raw units joined before they are decoded. */
export function joinedText(parts: readonly PartContent[]): string {
  let text = '';
  let run: PartContent[] = [];
  for (const part of parts) {
    if (run.length > 0 && joinKey(part) !== joinKey(run[0] as PartContent)) {
      text += runText(run);
      run = [];
    }
    run.push(part);
  }
  return run.length === 0 ? text : text + runText(run);
}
