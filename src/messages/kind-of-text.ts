import type { InboundParticulars, MessageKind, WaitingIndication } from '../contract/inbound-kind.ts';
import type { Deliver } from '../gsm/pdu/index.ts';

type Indication = Pick<InboundParticulars, 'waiting' | 'ports'>;

const flash = 0;
const headerTypes = ['voicemail', 'fax', 'email'] as const;

/** What a DELIVER is beside its text, by TP-PID, TP-DCS and header (TS 23.040 9.2.3.9 and 9.2.3.24, TS 23.038 4). */
export function kindOfText(text: Deliver): MessageKind {
  if (text.type0) return 'silent';
  if (text.mwi || text.indications) return 'waiting';
  if (text.ports || text.dataHex !== undefined) return 'data';
  return text.messageClass === flash ? 'flash' : 'text';
}

/** What waits elsewhere, and the ports that a text is for; undefined where it says neither. */
export function indicationOf(text: Deliver): Indication | undefined {
  const waiting = waitingOf(text);
  if (waiting.length === 0 && !text.ports) return undefined;
  return {
    ...(waiting.length > 0 && { waiting }),
    ...(text.ports && { ports: { destination: text.ports.dest, source: text.ports.src } }),
  };
}

/** Whether the network says that the text is only there to set an indication, and is to be thrown away after that. */
export function isToBeDiscarded(indication: Indication | undefined): boolean {
  const waiting = indication?.waiting ?? [];
  return waiting.length > 0 && waiting.every(({ store }) => !store);
}

/** The header counts more exactly than the coding; where it speaks, the coding only repeats it. */
function waitingOf({ mwi, indications }: Deliver): WaitingIndication[] {
  const counted = (indications ?? []).map(({ type, count, store }) => ({
    type: headerTypes[type] ?? ('other' as const),
    active: count > 0,
    count,
    store,
  }));
  if (counted.length > 0 || !mwi) return counted;
  return [{ type: mwi.type, active: mwi.active, count: null, store: mwi.store }];
}
