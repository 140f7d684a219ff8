import type { Clock } from '../clock.ts';
import type { AcceptedMessage, Message, SendRequest } from '../contract/message.ts';
import type { OutboundRow } from '../store/outbound-store.ts';
import type { OutboundLedger } from './outbound-life.ts';
import type { Origin, Outbox } from './outbox.ts';

export type ControlErrorCode =
  | 'MESSAGE_NOT_FOUND'
  | 'MESSAGE_NOT_CANCELLABLE'
  | 'MESSAGE_NOT_RESENDABLE'
  | 'MESSAGE_NOT_FINAL';

/** What a person asked for cannot be done to this message. */
export class ControlError extends Error {
  readonly code: ControlErrorCode;

  constructor(code: ControlErrorCode, message: string) {
    super(message);
    this.name = 'ControlError';
    this.code = code;
  }
}

/** What a person does to one message: cancel it, send it again, erase it. */
export class MessageControl {
  readonly #ledger: OutboundLedger;
  readonly #outbox: Pick<Outbox, 'accept'>;
  readonly #clock: Clock;
  readonly #forgetTraces: (seq: number) => void;

  constructor(
    ledger: OutboundLedger,
    outbox: Pick<Outbox, 'accept'>,
    clock: Clock,
    /** Called with a message that is about to be erased, while its PDUs are still there. */
    forgetTraces: (seq: number) => void = () => undefined,
  ) {
    this.#ledger = ledger;
    this.#outbox = outbox;
    this.#clock = clock;
    this.#forgetTraces = forgetTraces;
  }

  /** Takes a text back of which no segment was ever handed over. On disk when this returns. */
  cancel(messageId: string): Message {
    return this.#ledger.database.transaction(() => {
      const row = this.#outbound(messageId, 'MESSAGE_NOT_CANCELLABLE');
      const waits = row.status === 'queued' || row.status === 'dispatched';
      if (!waits) throw new ControlError('MESSAGE_NOT_CANCELLABLE', `The message is ${row.status} already.`);
      const touched = this.#ledger.segments.ofMessage(row.seq).some(({ submitted_at: at }) => at !== null);
      if (touched) {
        throw new ControlError('MESSAGE_NOT_CANCELLABLE', 'A part of the message may have left already.');
      }
      const reason = 'cancelled: the text was cancelled before any part of it left';
      this.#ledger.outbound.setFailed(row.seq, reason);
      this.#ledger.timeline.add(row.seq, this.#clock.now(), 'cancelled');
      return this.#tell(row.seq, 'sms.failed');
    });
  }

  /** Sends the text of a failed message again, as a new one that names the old. */
  async resend(messageId: string, origin: Origin): Promise<AcceptedMessage> {
    const row = this.#outbound(messageId, 'MESSAGE_NOT_RESENDABLE');
    if (row.status !== 'failed') {
      throw new ControlError(
        'MESSAGE_NOT_RESENDABLE',
        `Only a failed message is sent again; this one is ${row.status}.`,
      );
    }
    if (row.erased_at !== null || row.redacted_at !== null) {
      const how = row.erased_at === null ? 'taken out because it was old' : 'erased';
      throw new ControlError(
        'MESSAGE_NOT_RESENDABLE',
        `The text of this message was ${how}, so it cannot be sent again.`,
      );
    }
    const request: SendRequest = {
      from: row.from_number,
      to: row.to_number,
      body: row.body,
      priority: row.priority,
      flash: row.flash === 1,
      ...(row.client_reference === null ? {} : { client_reference: row.client_reference }),
    };
    return this.#outbox.accept(request, { ...origin, resendOf: row.message_id });
  }

  /** Text and number of a message that is final are gone; that there was one stays. On disk when this returns. */
  erase(messageId: string): Message {
    return this.#ledger.database.transaction(() => {
      const row = this.#ledger.outbound.any(messageId);
      if (!row) throw notFound();
      if (row.status === 'queued' || row.status === 'dispatched') {
        throw new ControlError('MESSAGE_NOT_FINAL', `The message is still ${row.status}. Cancel it first.`);
      }
      this.#forgetTraces(row.seq);
      this.#ledger.outbound.erase(row.seq, this.#clock.now());
      this.#ledger.timeline.add(row.seq, this.#clock.now(), 'erased');
      return this.#tell(row.seq, undefined);
    });
  }

  /** @param refusal what whoever asks this of a text that came in is told */
  #outbound(messageId: string, refusal: ControlErrorCode): OutboundRow {
    const found = this.#ledger.outbound.any(messageId);
    if (found?.direction === 'inbound') {
      throw new ControlError(refusal, 'This text came in. Only texts from here are cancelled or sent again.');
    }
    const row = found && this.#ledger.outbound.get(found.seq);
    if (!row) throw notFound();
    return row;
  }

  #tell(seq: number, type: 'sms.failed' | undefined): Message {
    const row = this.#ledger.outbound.get(seq);
    if (!row) throw notFound();
    const message = this.#ledger.toMessage(row);
    if (type) this.#ledger.events.record(type, message);
    this.#ledger.events.announce({ type: 'message.changed', data: message });
    return message;
  }
}

function notFound(): ControlError {
  return new ControlError('MESSAGE_NOT_FOUND', 'There is no message with this id.');
}
