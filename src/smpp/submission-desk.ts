import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Bringer, Door } from '../messages/door.ts';
import type { KeyHolder } from '../store/key-store.ts';
import type { SmppPartStore } from '../store/smpp-part-store.ts';
import type { SmppStore } from '../store/smpp-store.ts';
import type { SenderRule } from './address.ts';
import { commandStatus, SmppRefusal } from './command-status.ts';
import type { DeliveryDesk } from './delivery-desk.ts';
import { type LongSubmission, LongSubmissions, type RefuseJoined } from './long-submissions.ts';
import type { Pdu } from './pdu.ts';
import { readSubmission, type SubmissionFields } from './submission.ts';
import { decodeText } from './text-coding.ts';

/** What stands in the way of a field, in the protocol's own terms. */
const statusOfField: Readonly<Record<string, number>> = {
  from: commandStatus.invalidSource,
  to: commandStatus.invalidDestination,
  body: commandStatus.invalidMessageLength,
  validity_seconds: commandStatus.invalidExpiry,
  scheduled_at: commandStatus.invalidSchedule,
  priority: commandStatus.invalidPriority,
};

type Text = SubmissionFields & { readonly body: string; readonly messageId?: string };

/** Takes the texts of SMPP clients to the door of the gateway, and notes what they want to hear of them. */
export class SubmissionDesk {
  readonly #door: Pick<Door, 'submit' | 'refuseUntilReady'>;
  readonly #store: SmppStore;
  readonly #senders: SenderRule;
  readonly #clock: Clock;
  readonly #long: LongSubmissions;

  constructor(
    door: Pick<Door, 'submit' | 'refuseUntilReady'>,
    senders: SenderRule,
    store: SmppStore,
    parts: SmppPartStore,
    deliveries: Pick<DeliveryDesk, 'refused'>,
    clock: Clock,
    log: Logger,
  ) {
    this.#door = door;
    this.#senders = senders;
    this.#store = store;
    this.#clock = clock;
    const send = async (keyId: string, text: Text, written: () => void) => {
      await this.#send({ id: keyId, scopes: ['sms:send'] }, text, written);
    };
    const refuse: RefuseJoined = (keyId, { messageId, addresses, ...text }, written) =>
      store.transaction(() => {
        written();
        deliveries.refused(messageId, { ...text, keyId, addresses: JSON.stringify(addresses) });
      });
    this.#long = new LongSubmissions(parts, send, refuse, clock, log);
  }

  start(): void {
    this.#long.start();
  }

  stop(): void {
    this.#long.stop();
  }

  /** The wall clock was set by so much; as a part of the caller's transaction. */
  clockMoved(byMs: number): void {
    this.#long.clockMoved(byMs);
  }

  /**
   * Takes a submit_sm. Resolves with the id of the message once that is on disk.
   *
   * @throws SmppRefusal
   */
  async submit(holder: KeyHolder, pdu: Pdu): Promise<string> {
    const submission = readSubmission(pdu, this.#clock.now(), this.#senders);
    const { place, octets } = submission;
    if (place) return this.#takePart({ ...submission, keyId: holder.id, place }).catch(refuse);
    return this.#send(holder, { ...submission, body: decodeText(octets, submission.alphabet) });
  }

  /** A part that is kept is a promise, as a text is. */
  async #takePart(part: LongSubmission): Promise<string> {
    this.#door.refuseUntilReady();
    return this.#long.take(part);
  }

  async #send(holder: Bringer, text: Text, written?: () => void): Promise<string> {
    const { fields, body, messageId, wanted, addresses } = text;
    const createdAt = this.#clock.now();
    const note = (id: string) => {
      written?.();
      if (wanted === 0) return;
      const request = { keyId: holder.id, wanted, addresses: JSON.stringify(addresses), createdAt };
      this.#store.keepRequest(id, request);
    };
    const more = messageId === undefined ? { note } : { note, messageId };
    const accepted = await this.#door.submit({ ...fields, body }, holder, more).catch(refuse);
    return accepted.message_id;
  }
}

/** Turns what the door and the outbox throw into a status. */
function refuse(thrown: unknown): never {
  if (thrown instanceof SmppRefusal) throw thrown;
  const { code, field, message } = thrown as { code?: unknown; field?: unknown; message?: unknown };
  throw new SmppRefusal(statusOf(code, field), typeof message === 'string' ? message : String(thrown));
}

function statusOf(code: unknown, field: unknown): number {
  switch (code) {
    case 'QUEUE_FULL':
    case 'NOT_READY':
      return commandStatus.messageQueueFull;
    case 'RATE_LIMIT_EXCEEDED':
      return commandStatus.throttled;
    case 'NUMBER_NOT_FOUND':
      return commandStatus.invalidSource;
    case 'RECIPIENT_OPTED_OUT':
    case 'RECIPIENT_BLOCKED':
      return commandStatus.invalidDestination;
    case 'VALIDATION_ERROR':
      return statusOfField[String(field)] ?? commandStatus.submitFailed;
    case 'locked':
    case 'unwritable':
    case 'corrupt':
    case undefined:
      return commandStatus.systemError;
    default:
      return commandStatus.submitFailed;
  }
}
