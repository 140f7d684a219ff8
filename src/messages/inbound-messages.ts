import { randomUUID } from 'node:crypto';
import type { MessageKind } from '../contract/inbound-kind.ts';
import type { MessageEncoding } from '../contract/message.ts';
import type { DecodedPdu, Deliver } from '../gsm/pdu/index.ts';
import { announceReceived, encodingOf, type InboundLedger, instant } from './inbound-ledger.ts';
import { indicationOf, kindOfText } from './kind-of-text.ts';
import { countryOfNumber, internationalSender } from './sender-number.ts';

/** A DELIVER with what surrounded it. */
export type ReadText = Deliver & Pick<DecodedPdu, 'smsc' | 'problems'>;

/** When and how a message came. Times are milliseconds since 1970. */
export interface Arrival {
  readonly simId: number;
  readonly imported: boolean;
  readonly createdAt: number;
}

/** What is shown of a text: of several parts, all that came of it. */
export interface Content {
  readonly body: string;
  readonly segmentCount: number;
  readonly complete: boolean;
}

/** Makes messages of what arrived: what they are, who sent them, and whose place they take. */
export class InboundMessages {
  readonly #ledger: InboundLedger;

  constructor(ledger: InboundLedger) {
    this.#ledger = ledger;
  }

  /** Writes a text whose first part is `text`, inside the caller's transaction; its sequence number. */
  insert(text: ReadText, content: Content, arrival: Arrival): number {
    const kind = kindOfText(text);
    return this.#insert({
      ...arrival,
      ...content,
      ...this.#sender(text, arrival.simId),
      kind,
      encoding: encodingOf(text),
      indication: indicationOf(text),
      sentAt: instant(text.scts),
      serviceCentre: text.smsc ?? undefined,
      replaceType: text.replaceType,
    });
  }

  /** Writes a PDU that nothing could be read of. */
  insertUnreadable(pdu: string, arrival: Arrival): number {
    return this.#insert({
      ...arrival,
      body: pdu,
      segmentCount: 1,
      complete: true,
      kind: 'unreadable',
      encoding: 'binary',
      from: undefined,
      rawFrom: undefined,
      indication: undefined,
      sentAt: undefined,
      serviceCentre: undefined,
      replaceType: undefined,
    });
  }

  /** Tells of a message that was written, once its parts are assigned to it. */
  announce(seq: number): void {
    announceReceived(this.#ledger, seq);
  }

  /** In international form where that is sure, with what came beside it. */
  #sender({ address, ton }: Deliver, simId: number) {
    if (address === '') return { from: undefined, rawFrom: undefined };
    const { rules, numberOf } = this.#ledger;
    const countryOf = () => rules.countryOf(simId) ?? countryOfNumber(numberOf(simId));
    const international = internationalSender({ address, ton }, countryOf);
    return {
      from: international ?? address,
      rawFrom: international === address ? undefined : international && address,
    };
  }

  #insert(message: InsertedMessage): number {
    const { inbound, numberOf, rules } = this.#ledger;
    const written = {
      ...message,
      messageId: randomUUID(),
      to: numberOf(message.simId),
      hidden: message.kind === 'silent',
      blocked: !rules.hears([message.from, message.rawFrom].filter((form) => form !== undefined)),
    };
    const earlier = message.replaceType === undefined ? undefined : inbound.replaceable(written);
    const seq = inbound.insertMessage(written);
    if (earlier) {
      inbound.replace(earlier, { seq, message_id: written.messageId });
      this.#announceReplaced(earlier.seq);
    }
    if (isReply(message)) rules.replied(message);
    return seq;
  }

  #announceReplaced(seq: number): void {
    const row = this.#ledger.inbound.message(seq);
    if (row) this.#ledger.events.announce({ type: 'message.changed', data: this.#ledger.toMessage(row) });
  }
}

/** Words of people who are there now: not octets, and not what lay on a card for who knows how long. */
function isReply({ kind, complete, imported }: InsertedMessage): boolean {
  return complete && !imported && (kind === 'text' || kind === 'flash');
}

interface InsertedMessage extends Arrival, Content {
  readonly kind: MessageKind;
  readonly encoding: MessageEncoding;
  readonly from: string | undefined;
  readonly rawFrom: string | undefined;
  readonly indication: ReturnType<typeof indicationOf>;
  readonly sentAt: number | undefined;
  readonly serviceCentre: string | undefined;
  readonly replaceType: number | undefined;
}
