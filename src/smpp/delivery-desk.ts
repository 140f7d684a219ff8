import { AgeTrust, type Clock, type Timer } from '../clock.ts';
import type { EventEnvelope } from '../contract/event.ts';
import type { Message } from '../contract/message.ts';
import type { Logger } from '../log.ts';
import type { ReceiptRequest, SmppDelivery, SmppStore } from '../store/smpp-store.ts';
import { commandStatus } from './command-status.ts';
import { inboundFields } from './inbound-text.ts';
import { isFinal, type Receipt, receiptFields, receiptFor, rejection } from './receipt.ts';
import type { SubmittedAddresses } from './submission.ts';

/** A bound client that takes what is delivered. */
export interface Receiver {
  readonly keyId: string;
  /** How many deliver_sm it may be given now, beside those it has not answered yet. */
  readonly room: number;
  /** Whether it has answered all that it was given. */
  readonly isIdle: boolean;
  /** The status of its answer; undefined where the connection ended before it came. */
  deliver(fields: Readonly<Record<string, unknown>>): Promise<number | undefined>;
}

/** After a refusal for the time being; then longer each time, up to an hour. */
const firstPauseMs = 10_000;
const longestPauseMs = 3_600_000;
/** What a client refuses for good, it has answered for. */
const permanent: ReadonlySet<number> = new Set([
  commandStatus.receiverPermanent,
  commandStatus.receiverRefused,
]);

const pruneEveryMs = 3_600_000;
/** A key that no client bound with for so long gets nothing more, and what no client took for so long is dropped. */
const receiverForgottenMs = 30 * 24 * 3_600_000;
/** Longer than a report can be on its way. */
const requestForgottenMs = 30 * 24 * 3_600_000;

/**
 * Receipts and inbound texts on their way to SMPP clients: written with the event that they tell of, and kept until a
 * client of their key has acknowledged them, on this connection or a later one.
 */
export class DeliveryDesk {
  readonly #store: SmppStore;
  readonly #find: (messageId: string) => Message | undefined;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #receivers = new Map<string, Set<Receiver>>();
  /** Keys that inbound texts are kept for. */
  #keys: ReadonlySet<string> = new Set();
  readonly #inHand = new Set<number>();
  readonly #retries = new Set<Timer>();
  /** By key: what wakes it when the next of its refused deliveries is due, and when on the monotonic clock. */
  readonly #wakes = new Map<string, { readonly timer: Timer; readonly at: number }>();
  #acknowledged: number[] = [];
  #pruneTimer: Timer | undefined;
  /** Nothing is forgotten without it. */
  readonly #ages: AgeTrust;
  #stopped = false;

  constructor(store: SmppStore, find: (messageId: string) => Message | undefined, clock: Clock, log: Logger) {
    this.#store = store;
    this.#find = find;
    this.#clock = clock;
    this.#log = log;
    this.#ages = new AgeTrust(clock);
  }

  start(): void {
    this.#ages.started();
    this.#prune();
  }

  /** Writes down what was acknowledged. */
  stop(): void {
    this.#stopped = true;
    this.#pruneTimer?.cancel();
    for (const timer of this.#retries) timer.cancel();
    this.#retries.clear();
    for (const { timer } of this.#wakes.values()) timer.cancel();
    this.#wakes.clear();
    this.#writeAcknowledged();
  }

  /** Keeps what clients want to hear of an event, in the transaction of that event. */
  keep(event: EventEnvelope): void {
    if (event.event_type === 'sms.received') return this.#keepText((event.data as Message).message_id);
    const { event_type: type } = event;
    if (type === 'sms.sent' || type === 'sms.delivered' || type === 'sms.failed') {
      this.#keepReceipt(type, event.data as Message);
    }
  }

  /** Keeps the receipt of a text that was refused after parts of it were taken, in the transaction of the refusal. */
  refused(messageId: string, { keyId, wanted, addresses, createdAt }: ReceiptRequest): void {
    const times = { submittedAt: createdAt, doneAt: this.#clock.now() };
    const receipt = rejection(wanted, times, JSON.parse(addresses) as SubmittedAddresses);
    if (receipt) this.#keepDelivery(keyId, messageId, JSON.stringify(receipt));
  }

  /** The wall clock was set by so much; as a part of the caller's transaction. What it was set ahead of is due by itself. */
  clockMoved(byMs: number): void {
    if (byMs < 0) this.#store.moveWaits(byMs);
    else this.#ages.setAhead();
    this.#store.afterCommit(() => {
      for (const keyId of this.#receivers.keys()) this.#pumpAfter(keyId, 0);
    });
  }

  /** A client can be given what waits for its key. */
  joined(receiver: Receiver): void {
    try {
      this.#store.keepReceiver(receiver.keyId, this.#clock.now());
    } catch (error) {
      this.#log.error({ err: error }, 'that a client of SMPP takes texts cannot be written down');
    }
    this.#keys = new Set([...this.#keys, receiver.keyId]);
    const ofKey = this.#receivers.get(receiver.keyId) ?? new Set();
    this.#receivers.set(receiver.keyId, ofKey.add(receiver));
    this.#pumpAll(receiver.keyId);
  }

  left(receiver: Receiver): void {
    const ofKey = this.#receivers.get(receiver.keyId);
    ofKey?.delete(receiver);
    if (ofKey?.size === 0) this.#receivers.delete(receiver.keyId);
  }

  #keepText(messageId: string): void {
    for (const keyId of this.#keys) this.#keepDelivery(keyId, messageId, undefined);
  }

  #keepReceipt(type: 'sms.sent' | 'sms.delivered' | 'sms.failed', message: Message): void {
    const request = this.#store.request(message.message_id);
    if (!request) return;
    const times = { submittedAt: request.createdAt, doneAt: this.#clock.now() };
    const addresses = JSON.parse(request.addresses) as SubmittedAddresses;
    const receipt = receiptFor(type, message, request.wanted, times, addresses);
    if (receipt) this.#keepDelivery(request.keyId, message.message_id, JSON.stringify(receipt));
    if (isFinal(type, message.failure_reason)) this.#store.forgetRequest(message.message_id);
  }

  #keepDelivery(keyId: string, messageId: string, receipt: string | undefined): void {
    this.#store.keepDelivery(keyId, messageId, receipt, this.#clock.now());
    this.#store.afterCommit(() => setImmediate(() => this.#pump(keyId)));
  }

  /** Gives what waits to whoever has room for it. */
  #pump(keyId: string): void {
    const receivers = this.#receivers.get(keyId);
    if (this.#stopped || !receivers) return;
    try {
      for (const receiver of receivers) {
        if (receiver.room <= 0) continue;
        const due = this.#store.due(keyId, this.#clock.now(), this.#inHand, receiver.room);
        for (const delivery of due) if (!this.#give(receiver, delivery)) break;
      }
    } catch (error) {
      this.#log.error({ err: error }, 'what waits for SMPP clients cannot be read');
      this.#pumpAfter(keyId, firstPauseMs);
    }
  }

  /** Hands a delivery over, unless its parts have no room; one of more parts than there ever is goes by itself. */
  #give(receiver: Receiver, delivery: SmppDelivery): boolean {
    const parts = this.#fieldsOf(delivery);
    if (parts.length > receiver.room && !receiver.isIdle) return false;
    void this.#hand(receiver, delivery, parts);
    return true;
  }

  async #hand(
    receiver: Receiver,
    delivery: SmppDelivery,
    parts: readonly Record<string, unknown>[],
  ): Promise<void> {
    this.#inHand.add(delivery.delivery_id);
    const statuses = await Promise.all(parts.map((fields) => receiver.deliver(fields)));
    this.#inHand.delete(delivery.delivery_id);
    if (this.#stopped && statuses.includes(undefined)) return;
    if (!statuses.includes(undefined)) this.#answered(receiver, delivery, statuses as number[]);
    setImmediate(() => this.#pump(receiver.keyId));
  }

  /** Empty for a text that was taken out meanwhile, by a person or by age, and where there is no form for it. */
  #fieldsOf({ delivery_id, message_id, receipt }: SmppDelivery): Record<string, unknown>[] {
    if (receipt !== null) return [receiptFields(message_id, JSON.parse(receipt) as Receipt)];
    const message = this.#find(message_id);
    const isThere = message?.erased_at === undefined && message?.redacted_at === undefined;
    return message && isThere ? this.#partsOf(message, delivery_id) : [];
  }

  /** One that SMPP has no form for must not stand in the way of all that come after it. */
  #partsOf(message: Message, reference: number): Record<string, unknown>[] {
    try {
      return inboundFields(message, reference);
    } catch (error) {
      this.#log.error(
        { err: error, messageId: message.message_id },
        'a text cannot be given to SMPP clients',
      );
      return [];
    }
  }

  #answered({ keyId }: Receiver, delivery: SmppDelivery, statuses: readonly number[]): void {
    const refusal = statuses.find((status) => status !== commandStatus.ok);
    if (refusal === undefined) return this.#acknowledge(delivery.delivery_id);
    this.#log.warn(
      { keyId, messageId: delivery.message_id, status: refusal },
      'an SMPP client refused a deliver_sm',
    );
    if (permanent.has(refusal)) return this.#acknowledge(delivery.delivery_id);
    const pauseMs = Math.min(firstPauseMs * 2 ** delivery.attempts, longestPauseMs);
    this.#postpone(delivery, pauseMs);
    this.#pumpAfter(keyId, pauseMs);
  }

  /** Where that cannot be written down it is kept back by hand, and not given out again at once. */
  #postpone({ delivery_id: id }: SmppDelivery, pauseMs: number): void {
    try {
      this.#store.postpone(id, this.#clock.now() + pauseMs);
    } catch (error) {
      this.#log.error({ err: error }, 'that an SMPP client refused a deliver_sm cannot be written down');
      this.#inHand.add(id);
      this.#later(pauseMs, () => this.#inHand.delete(id));
    }
  }

  /** Those of one turn of the event loop share a commit; until it, none is given out again. */
  #acknowledge(deliveryId: number): void {
    this.#inHand.add(deliveryId);
    this.#acknowledged.push(deliveryId);
    if (this.#acknowledged.length === 1) setImmediate(() => this.#writeAcknowledged());
  }

  #writeAcknowledged(): void {
    const ids = this.#acknowledged;
    this.#acknowledged = [];
    if (ids.length === 0) return;
    try {
      this.#store.acknowledged(ids);
    } catch (error) {
      this.#log.error({ err: error }, 'what SMPP clients acknowledged cannot be written down');
    }
    for (const id of ids) this.#inHand.delete(id);
  }

  /** Gives what is due, and comes back when more is: others were refused before, maybe before this start. */
  #pumpAll(keyId: string): void {
    if (!this.#receivers.has(keyId)) return;
    this.#pump(keyId);
    try {
      const now = this.#clock.now();
      const at = this.#store.nextDueAt(keyId, now);
      if (at !== undefined) this.#pumpAfter(keyId, at - now);
    } catch (error) {
      this.#log.error({ err: error }, 'what waits for SMPP clients cannot be read');
      this.#pumpAfter(keyId, firstPauseMs);
    }
  }

  /** One timer a key, however many were refused. */
  #pumpAfter(keyId: string, pauseMs: number): void {
    if (this.#stopped) return;
    const at = this.#clock.monotonic() + Math.min(pauseMs, longestPauseMs);
    const known = this.#wakes.get(keyId);
    if (known && known.at <= at) return;
    known?.timer.cancel();
    const timer = this.#clock.after(at - this.#clock.monotonic(), () => {
      this.#wakes.delete(keyId);
      this.#pumpAll(keyId);
    });
    this.#wakes.set(keyId, { timer, at });
  }

  #later(pauseMs: number, action: () => void): void {
    const timer = this.#clock.after(pauseMs, () => {
      this.#retries.delete(timer);
      action();
    });
    this.#retries.add(timer);
  }

  #forget(now: number): void {
    this.#store.forgetRequestsBefore(now - requestForgottenMs);
    const untaken = this.#store.forgetReceiversBefore(now - receiverForgottenMs);
    if (untaken > 0) this.#log.error({ untaken }, 'receipts and texts that no SMPP client took are dropped');
  }

  #prune(): void {
    const now = this.#clock.now();
    try {
      for (const keyId of this.#receivers.keys()) this.#store.keepReceiver(keyId, now); // some stay bound for months
      if (this.#ages.isGiven) this.#forget(now);
      this.#keys = new Set(this.#store.receivers());
    } catch (error) {
      this.#log.warn({ err: error }, 'old requests of SMPP clients could not be deleted');
    }
    this.#pruneTimer = this.#clock.after(pruneEveryMs, () => this.#prune());
  }
}
