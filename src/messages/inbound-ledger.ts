import type { InboundParticulars } from '../contract/inbound-kind.ts';
import type { Message, MessageEncoding } from '../contract/message.ts';
import type { Deliver } from '../gsm/pdu/index.ts';
import type { Database } from '../store/database.ts';
import type { EventLog } from '../store/event-log.ts';
import type { InboundRow, InboundStore } from '../store/inbound-store.ts';
import type { MessageRow } from '../store/message-row.ts';
import { isToBeDiscarded } from './kind-of-text.ts';
import type { Reply } from './opt-out.ts';

/** What a person has set that arriving texts depend on. */
export interface InboundRules {
  /** Where numbers written nationally belong, as it is set for a SIM, ISO 3166-1. */
  countryOf(simId: number): string | undefined;
  /** How long a text waits for parts that are missing, in milliseconds. */
  longTextWaitMs(): number;
  /** Whether a sender is to be heard, given every form of its number that is known; none where nobody is named. */
  hears(forms: readonly string[]): boolean;
  /** A text came that may ask for no more texts, or for texts again. */
  replied(reply: Reply): void;
}

/** What arriving texts are written in. */
export interface InboundLedger {
  readonly database: Pick<Database, 'transaction' | 'unflushed'>;
  readonly inbound: InboundStore;
  readonly events: Pick<EventLog, 'record' | 'announce'>;
  readonly toMessage: (row: MessageRow) => Message;
  /** The number of a SIM, undefined while it has none. */
  readonly numberOf: (simId: number) => string | undefined;
  readonly rules: InboundRules;
}

/** Tells of a received text, as far as anybody is to hear of it. */
export function announceReceived(ledger: InboundLedger, seq: number): void {
  const row = ledger.inbound.message(seq);
  if (!row || row.hidden === 1) return;
  const message = ledger.toMessage(row);
  if (isEvent(row, message)) {
    const { message_id, from, to, body } = message;
    ledger.events.record('sms.received', { message_id, from, to, body });
  }
  ledger.events.announce({ type: 'message.changed', data: message });
}

/**
 * What lay on a SIM before this gateway knew it is only logged, and so is what comes from who is not to be heard, and
 * what only sets an indication.
 */
function isEvent({ imported, blocked }: InboundRow, particulars: InboundParticulars): boolean {
  return imported === 0 && blocked === 0 && !isToBeDiscarded(particulars);
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
