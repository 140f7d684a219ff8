import type { FailureWord, Message } from '../../src/contract/message.ts';
import type { TextKey } from '../texts/text.ts';

const kinds: Readonly<Record<FailureWord, TextKey>> = {
  network_rejected: 'failed.network_rejected',
  recipient_unknown: 'failed.recipient_unknown',
  recipient_unavailable: 'failed.recipient_unavailable',
  undeliverable: 'failed.undeliverable',
  expired: 'failed.expired',
  sim_failure: 'failed.sim_failure',
  modem_failure: 'failed.modem_failure',
  cancelled: 'failed.cancelled',
  ambiguous_submit: 'failed.ambiguous_submit',
};

/** `failure_reason` taken apart: the stable word before the colon, the sentence for people after it. */
export function failureOf(message: Message): { kind: TextKey; sentence: string } | undefined {
  const reason = message.failure_reason;
  if (!reason) return undefined;
  const colon = reason.indexOf(':');
  const word = colon < 0 ? reason : reason.slice(0, colon);
  const sentence = colon < 0 ? reason : reason.slice(colon + 1).trim();
  return { kind: kinds[word as FailureWord] ?? 'failed.other', sentence: capitalised(sentence) };
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toLocaleUpperCase() + sentence.slice(1);
}
