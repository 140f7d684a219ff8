import { type FailureWord, failureWords } from '../../src/contract/failure-words.ts';
import type { Message } from '../../src/contract/message.ts';
import type { TextKey } from '../texts/text.ts';

/** A failure for people: what kind it is, the gateway's own sentence, and what to do now. */
export interface Failure {
  readonly word: string;
  readonly kind: TextKey;
  readonly sentence: string;
  readonly advice: TextKey;
}

/** `failure_reason` taken apart: the stable word before the colon, the sentence for people after it. */
export function failureOf(message: Message): Failure | undefined {
  const reason = message.failure_reason;
  if (!reason) return undefined;
  const colon = reason.indexOf(':');
  const word = colon < 0 ? reason : reason.slice(0, colon);
  const sentence = colon < 0 ? reason : reason.slice(colon + 1).trim();
  const known = failureWords.find((one): one is FailureWord => one === word) ?? 'other';
  return { word, kind: `failed.${known}`, sentence: capitalised(sentence), advice: `advice.${known}` };
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toLocaleUpperCase() + sentence.slice(1);
}
