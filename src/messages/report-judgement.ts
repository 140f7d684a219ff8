import type { FailureWord } from '../contract/message.ts';

/** What a status report says of its segment. `pending` closes nothing: the network goes on trying. */
export type ReportJudgement =
  | { readonly state: 'delivered' }
  | { readonly state: 'pending'; readonly sentence: string }
  | { readonly state: 'undelivered'; readonly word: FailureWord; readonly sentence: string };

const sentences: Readonly<Record<number, string>> = {
  32: 'congestion',
  33: 'the telephone is busy',
  34: 'the telephone does not answer',
  35: 'the service was rejected',
  36: 'the quality of service is not available',
  37: 'the telephone reports an error',
  64: 'a remote procedure failed',
  65: 'the destination is incompatible',
  66: 'the telephone rejected the connection',
  67: 'the number is not obtainable',
  68: 'the quality of service is not available',
  69: 'no interworking is available',
  70: "the message's validity is over",
  71: 'its sender deleted it',
  72: 'the service centre deleted it',
  73: 'the service centre no longer knows it',
  96: 'congestion',
  97: 'the telephone is busy',
  98: 'the telephone does not answer',
  99: 'the service was rejected',
  100: 'the quality of service is not available',
  101: 'the telephone reports an error',
};

/**
 * Judges a TP-Status, TS 23.040 9.2.3.15, by the table "Results and words" of what is promised about a message.
 *
 * @param status 0 to 255
 */
export function judgeReport(status: number): ReportJudgement {
  const sentence = sentences[status] ?? 'a reason of the service centre';
  if (status < 0x20) return { state: 'delivered' };
  if (status < 0x40) return { state: 'pending', sentence };
  return { state: 'undelivered', word: wordOf(status), sentence };
}

function wordOf(status: number): FailureWord {
  if (status === 0x41 || status === 0x43) return 'recipient_unknown';
  if (status === 0x46) return 'expired';
  if (status === 0x44 || status === 0x45 || (status >= 0x47 && status <= 0x4f)) return 'undeliverable';
  if (status >= 0x40 && status <= 0x4f) return 'network_rejected';
  return status >= 0x60 && status <= 0x65 ? 'recipient_unavailable' : 'undeliverable';
}
