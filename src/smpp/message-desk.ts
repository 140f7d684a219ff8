import type { Message } from '../contract/message.ts';
import type { KeyHolder } from '../store/key-store.ts';
import type { SmppStore } from '../store/smpp-store.ts';
import { type SenderRule, senderNumber, sourceOf } from './address.ts';
import { commandStatus, SmppRefusal } from './command-status.ts';
import { type Pdu, textField } from './pdu.ts';
import { stateOfMessage } from './receipt.ts';
import { absoluteTime } from './smpp-time.ts';

/** What this needs of the gateway. */
export interface MessageDeskSurroundings {
  readonly store: Pick<SmppStore, 'bringerOf' | 'endedAt'>;
  readonly senders: SenderRule;
  readonly find: (messageId: string) => Message | undefined;
  /**
   * Takes a text back that has not begun to leave, and writes down who did that from where. Throws an `Error` with a code
   * when it has begun, or is final.
   */
  readonly cancel: (messageId: string, holder: KeyHolder, remote: string) => unknown;
}

/** Answers for the texts that a key has brought: how they stand, and to take them back. */
export class MessageDesk {
  readonly #surroundings: MessageDeskSurroundings;

  constructor(surroundings: MessageDeskSurroundings) {
    this.#surroundings = surroundings;
  }

  /**
   * The fields of a query_sm_resp (SMPP 3.4, 4.8.2).
   *
   * @throws SmppRefusal
   */
  query(holder: KeyHolder, pdu: Pdu): Record<string, unknown> {
    const message = this.#brought(holder, pdu);
    const { value, error, isFinal } = stateOfMessage(message);
    const endedAt = isFinal ? this.#surroundings.store.endedAt(message.message_id) : undefined;
    return {
      message_id: message.message_id,
      final_date: endedAt === undefined ? '' : absoluteTime(endedAt),
      message_state: value,
      error_code: error > 0xff ? 0 : error, // an octet, where the network's codes need more
    };
  }

  /**
   * Takes one text back (SMPP 3.4, 4.9). On disk when this returns.
   *
   * @throws SmppRefusal
   */
  cancel(holder: KeyHolder, pdu: Pdu, remote: string): void {
    if (textField(pdu, 'message_id') === '') {
      throw new SmppRefusal(
        commandStatus.cancelFailed,
        'it names no message_id: all texts from one number to another are not cancelled together',
      );
    }
    const { message_id: messageId } = this.#brought(holder, pdu);
    try {
      this.#surroundings.cancel(messageId, holder, remote);
    } catch (error) {
      const known = typeof (error as { code?: unknown }).code === 'string';
      const status = known ? commandStatus.cancelFailed : commandStatus.systemError;
      throw new SmppRefusal(status, (error as Error).message);
    }
  }

  /** Whose text it is, and the sender where one is named, must be as they were when it was brought. */
  #brought(holder: KeyHolder, pdu: Pdu): Message {
    const { store, find, senders } = this.#surroundings;
    const messageId = textField(pdu, 'message_id').toLowerCase();
    const message = store.bringerOf(messageId) === holder.id ? find(messageId) : undefined;
    if (!message) {
      throw new SmppRefusal(
        commandStatus.invalidMessageId,
        'this key has brought no text with this message_id',
      );
    }
    const from = senderNumber(sourceOf(pdu), { ...senders, anySender: true });
    if (from !== undefined && from !== message.from) {
      throw new SmppRefusal(
        commandStatus.invalidSource,
        `the text is from ${message.from}, not from ${from}`,
      );
    }
    return message;
  }
}
