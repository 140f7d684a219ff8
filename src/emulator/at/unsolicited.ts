import type { IncomingCall } from '../equipment/incoming-calls.ts';
import { encodeHost } from './character-set.ts';
import { packText } from './packed-text.ts';
import type { Settings } from './settings.ts';

/** The lines of one ring: RING or +CRING (27.007 6.11), and who calls (27.007 7.6). */
export function ringLines(call: IncomingCall, settings: Settings): readonly string[] {
  const ring = settings.callType ? '+CRING: VOICE' : 'RING';
  if (!settings.callerId) return [ring];
  const validity = call.number === undefined ? 1 : 0;
  return [ring, `+CLIP: "${call.number ?? ''}",${call.type},,,,${validity}`];
}

/** The network's word in a USSD dialogue (27.007 7.15), `packed` as septets in hexadecimal. */
export function ussdLine(
  status: number,
  text: string | undefined,
  { settings, packed }: { readonly settings: Settings; readonly packed: boolean },
): string {
  if (text === undefined) return `+CUSD: ${status}`;
  const written = packed ? packText(text) : encodeHost(text, settings.characterSet);
  return `+CUSD: ${status},"${written ?? ''}",15`;
}
