import type { Message } from '../contract/message.ts';
import { receiptTime } from './smpp-time.ts';
import type { SubmittedAddresses } from './submission.ts';

/** message_state (SMPP 3.4, 5.2.28) and the word of a receipt for it (appendix B). */
const states = {
  enroute: { value: 1, word: 'ENROUTE' },
  delivered: { value: 2, word: 'DELIVRD' },
  expired: { value: 3, word: 'EXPIRED' },
  deleted: { value: 4, word: 'DELETED' },
  undeliverable: { value: 5, word: 'UNDELIV' },
  unknown: { value: 7, word: 'UNKNOWN' },
  rejected: { value: 8, word: 'REJECTD' },
} as const;
type State = keyof typeof states;

const stateOfFailure: Readonly<Record<string, State>> = {
  expired: 'expired',
  cancelled: 'deleted',
  ambiguous_submit: 'unknown',
  network_rejected: 'rejected',
};

/** registered_delivery (5.2.17). */
const receiptBits = 0x03;
const always = 1;
const onFailure = 2;
const onSuccess = 3;
const intermediateBit = 0x10;

/** A delivery receipt as it is kept until its client has acknowledged it. */
export interface Receipt {
  readonly state: State;
  /** The network's own code for a failure, 0 where there is none. */
  readonly error: number;
  readonly submittedAt: number;
  readonly doneAt: number;
  readonly addresses: SubmittedAddresses;
}

/** The receipt that a client wants on an event of its message; undefined where it wants none. */
export function receiptFor(
  type: 'sms.sent' | 'sms.delivered' | 'sms.failed',
  message: Pick<Message, 'failure_reason'>,
  wanted: number,
  times: Pick<Receipt, 'submittedAt' | 'doneAt'>,
  addresses: SubmittedAddresses,
): Receipt | undefined {
  if (!isWanted(type, wanted)) return undefined;
  const reason = message.failure_reason ?? '';
  const error = type === 'sms.failed' ? networkError(reason) : 0;
  return { state: stateOf(type, reason), error, ...times, addresses };
}

/** The receipt of a text that was never accepted as a whole; undefined where none is wanted. */
export function rejection(
  wanted: number,
  times: Pick<Receipt, 'submittedAt' | 'doneAt'>,
  addresses: SubmittedAddresses,
): Receipt | undefined {
  return isWanted('sms.failed', wanted) ? { state: 'rejected', error: 0, ...times, addresses } : undefined;
}

/** How a message stands, as query_sm asks for it: message_state, the network's code for a failure, and whether more can follow. */
export function stateOfMessage({
  status,
  failure_reason: reason,
}: Pick<Message, 'status' | 'failure_reason'>): {
  readonly value: number;
  readonly error: number;
  readonly isFinal: boolean;
} {
  const type = eventOfStatus[status] ?? 'sms.sent';
  const state = stateOf(type, reason ?? '');
  const error = type === 'sms.failed' ? networkError(reason ?? '') : 0;
  return { value: states[state].value, error, isFinal: isFinal(type, reason) };
}

const eventOfStatus: Readonly<Record<string, 'sms.delivered' | 'sms.failed'>> = {
  delivered: 'sms.delivered',
  failed: 'sms.failed',
};

function networkError(reason: string): number {
  return Number(/\+CMS ERROR: (\d{1,3})\b/.exec(reason)?.[1] ?? 0);
}

function isWanted(type: 'sms.sent' | 'sms.delivered' | 'sms.failed', wanted: number): boolean {
  const bits = wanted & receiptBits;
  if (type === 'sms.sent') return (wanted & intermediateBit) !== 0;
  if (type === 'sms.delivered') return bits === always || bits === onSuccess;
  return bits === always || bits === onFailure;
}

function stateOf(type: 'sms.sent' | 'sms.delivered' | 'sms.failed', reason: string): State {
  if (type === 'sms.sent') return 'enroute';
  if (type === 'sms.delivered') return 'delivered';
  return stateOfFailure[reason.split(':')[0] ?? ''] ?? 'undeliverable';
}

/** Whether nothing can follow: only a text whose fate is unknown may still turn out as delivered. */
export function isFinal(type: string, reason: string | null): boolean {
  return type === 'sms.delivered' || (type === 'sms.failed' && !reason?.startsWith('ambiguous_submit'));
}

const receiptClass = 0x04;
const intermediateClass = 0x20;

/** The fields of the deliver_sm that hands a receipt over: the addresses of the text, the other way round. */
export function receiptFields(messageId: string, receipt: Receipt): Record<string, unknown> {
  const { source, destination } = receipt.addresses;
  const { value, word } = states[receipt.state];
  const text = [
    `id:${messageId}`,
    'sub:001',
    `dlvrd:${receipt.state === 'delivered' ? '001' : '000'}`,
    `submit date:${receiptTime(receipt.submittedAt)}`,
    `done date:${receiptTime(receipt.doneAt)}`,
    `stat:${word}`,
    `err:${String(receipt.error).padStart(3, '0')}`,
    'text:',
  ].join(' ');
  return {
    source_addr_ton: destination.ton,
    source_addr_npi: destination.npi,
    source_addr: destination.address,
    dest_addr_ton: source.ton,
    dest_addr_npi: source.npi,
    destination_addr: source.address,
    esm_class: receipt.state === 'enroute' ? intermediateClass : receiptClass,
    data_coding: 0,
    short_message: Buffer.from(text, 'latin1'),
    receipted_message_id: messageId,
    message_state: value,
  };
}
