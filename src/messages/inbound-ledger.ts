import type { Message, MessageEncoding } from '../contract/message.ts';
import type { Deliver } from '../gsm/pdu/index.ts';
import type { Database } from '../store/database.ts';
import type { EventLog } from '../store/event-log.ts';
import type { InboundStore } from '../store/inbound-store.ts';
import type { MessageRow } from '../store/message-row.ts';

/** What arriving texts are written in. */
export interface InboundLedger {
  readonly database: Pick<Database, 'transaction'>;
  readonly inbound: InboundStore;
  readonly events: Pick<EventLog, 'record' | 'announce'>;
  readonly toMessage: (row: MessageRow) => Message;
  /** The number of a SIM, undefined while it has none. */
  readonly numberOf: (simId: number) => string | undefined;
}

/** Tells of a received text; what lay on a SIM before this gateway knew it is only logged. */
export function announceReceived(ledger: InboundLedger, seq: number): void {
  const row = ledger.inbound.message(seq);
  if (!row) return;
  const message = ledger.toMessage(row);
  if (row.imported === 0) {
    const { message_id, from, to, body } = message;
    ledger.events.record('sms.received', { message_id, from, to, body });
  }
  ledger.events.announce({ type: 'message.changed', data: message });
}

/** How the text travelled. */
export function encodingOf(text: Pick<Deliver, 'alphabet' | 'dataHex'>): MessageEncoding {
  if (text.dataHex !== undefined) return 'binary';
  return text.alphabet === 'ucs2' ? 'ucs2' : 'gsm7';
}

/** A service centre's time as milliseconds since 1970; undefined where it names none. */
export function instant(time: string | null | undefined): number | undefined {
  const at = time ? Date.parse(time) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
