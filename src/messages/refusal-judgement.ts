import type { FailureWord } from '../contract/message.ts';

/** A modem's refusal, as the modem layer reports it. */
export interface Refusal {
  readonly kind: 'cms' | 'cme' | 'plain';
  readonly code: number | undefined;
  readonly text: string;
}

/**
 * What a refusal means for the text:
 * - `accepted`: the service centre has it already
 * - `permanent`: trying again brings the same
 * - `once-more`: one more try, then permanent
 * - `transient`: again with growing pauses
 * - `hold-sim`, `hold-modem`: not the text's fault; its queue waits while SIM or modem is repaired
 * - `ambiguous`: it may have been sent
 */
export type RefusalClass =
  | 'accepted'
  | 'permanent'
  | 'once-more'
  | 'transient'
  | 'hold-sim'
  | 'hold-modem'
  | 'ambiguous';

export interface Judgement {
  readonly class: RefusalClass;
  readonly word: FailureWord;
  /** In plain words, without the modem's code. */
  readonly sentence: string;
}

/** An unexplained error this long after the PDU may hide a text that was sent. Milliseconds. */
const ambiguousAfterMs = 20_000;

const rejected = (className: RefusalClass, sentence: string): Judgement => ({
  class: className,
  word: 'network_rejected',
  sentence,
});
const unknownRecipient = (sentence: string): Judgement => ({
  class: 'permanent',
  word: 'recipient_unknown',
  sentence,
});
const away = (sentence: string): Judgement => ({
  class: 'transient',
  word: 'recipient_unavailable',
  sentence,
});
const badPdu = (sentence: string): Judgement => ({ class: 'permanent', word: 'modem_failure', sentence });
const sim = (sentence: string): Judgement => ({ class: 'hold-sim', word: 'sim_failure', sentence });
const modem = (sentence: string): Judgement => ({ class: 'hold-modem', word: 'modem_failure', sentence });

/** +CMS ERROR: causes of TS 24.011 annex E, TP-FCS of TS 23.040 9.2.3.22 from 128 on, TS 27.005 3.2.5 from 300 on. */
const messageErrors: Readonly<Record<number, Judgement>> = {
  1: unknownRecipient('the number is not assigned'),
  8: rejected('permanent', 'the operator bars texts from this SIM'),
  10: rejected('permanent', 'texts from this SIM are barred'),
  17: rejected('transient', 'the network failed'),
  21: rejected('once-more', 'the network refused the message (short message transfer rejected)'),
  22: away("the recipient's telephone is full"),
  27: away("the recipient's telephone is out of service"),
  28: rejected('permanent', 'the network does not know this SIM'),
  29: rejected('permanent', 'the network rejected the service, often for want of credit'),
  30: unknownRecipient('the network does not know the recipient'),
  38: rejected('transient', 'the network is out of order'),
  41: rejected('transient', 'the network failed for a moment'),
  42: rejected('transient', 'the network is congested'),
  47: rejected('transient', 'the network has no resources free'),
  50: rejected('permanent', 'this SIM is not subscribed to texts'),
  69: rejected('permanent', 'the network does not offer texts to this SIM'),
  95: rejected('permanent', 'the network found the message invalid'),
  96: rejected('permanent', 'the network misses a part of the message'),
  97: rejected('permanent', 'the network does not know this kind of message'),
  98: rejected('permanent', 'the message does not fit the state of the network'),
  99: rejected('permanent', 'the network does not know a part of the message'),
  111: rejected('permanent', 'the network reports a protocol error'),
  127: rejected('once-more', 'another network refused the message'),
  192: rejected('transient', 'the service centre is busy'),
  193: rejected('permanent', 'the service centre does not know this SIM'),
  194: rejected('transient', 'the service centre failed'),
  197: rejected('accepted', 'the service centre has this message already'),
  208: rejected('transient', 'a SIM on the way is full'),
  211: rejected('transient', 'a memory on the way is full'),
  212: rejected('transient', 'the SIM toolkit is busy'),
  255: rejected('transient', 'the service centre gave no reason'),
  300: modem('the modem failed'),
  301: modem('the modem keeps its text service for something else'),
  302: rejected('permanent', 'the modem does not allow the operation'),
  303: rejected('permanent', 'the modem does not support the operation'),
  304: badPdu('the modem found the PDU invalid'),
  305: badPdu('the modem found the text invalid'),
  310: sim('there is no SIM in the modem'),
  311: sim('the SIM needs its PIN'),
  312: sim('the modem is locked to another SIM'),
  313: sim('the SIM failed'),
  314: sim('the SIM is busy'),
  315: sim('the modem refuses this SIM'),
  316: sim('the SIM needs its PUK'),
  317: sim('the SIM needs its second PIN'),
  318: sim('the SIM needs its second PUK'),
  320: sim("the SIM's memory failed"),
  321: sim("the SIM's memory index is invalid"),
  322: sim("the SIM's memory is full"),
  330: sim("the service centre's number is not set"),
  331: rejected('transient', 'there is no network'),
  332: rejected('ambiguous', 'the network did not answer in time'),
  340: modem('the modem waits for an acknowledgement'),
  500: rejected('transient', 'the modem gave no reason'),
};

/** +CME ERROR, TS 27.007 9.2, where it answers a send. */
const equipmentErrors: Readonly<Record<number, Judgement>> = {
  0: modem('the modem failed'),
  1: modem('the modem lost its connection'),
  5: sim('the modem is locked to another SIM'),
  10: sim('there is no SIM in the modem'),
  11: sim('the SIM needs its PIN'),
  12: sim('the SIM needs its PUK'),
  13: sim('the SIM failed'),
  14: sim('the SIM is busy'),
  15: sim('the modem refuses this SIM'),
  16: sim('the SIM refused a password'),
  17: sim('the SIM needs its second PIN'),
  18: sim('the SIM needs its second PUK'),
  20: sim('the memory is full'),
  23: sim('the memory failed'),
  31: rejected('ambiguous', 'the network did not answer in time'),
  40: sim('the modem is locked to another operator'),
  60: modem('the modem failed'),
};

/** Instead of the prompt it says that the modem lost PDU mode, which is no fault of the text. */
const textModeCode = 305;
const unexplained = rejected('transient', 'the modem gave no reason');
/** Codes that say nothing in particular: late, they are as good as silence. */
const unexplainedCodes = new Set([38, 500]);

/**
 * Judges a refusal by the table "Results and words" of what is promised about a message.
 *
 * @param afterMs milliseconds since the PDU was written; undefined when it never was, and nothing can be ambiguous
 */
export function judgeRefusal(refusal: Refusal, afterMs: number | undefined): Judgement {
  const judgement = lookUp(refusal);
  if (afterMs === undefined) return neverWritten(judgement, refusal);
  const saysNothing =
    refusal.code === undefined || (refusal.kind === 'cms' && unexplainedCodes.has(refusal.code));
  return saysNothing && afterMs > ambiguousAfterMs ? { ...judgement, class: 'ambiguous' } : judgement;
}

/** What was never written was neither taken nor perhaps taken, whatever the modem says. */
function neverWritten(judgement: Judgement, { kind, code }: Refusal): Judgement {
  if (kind === 'cms' && code === textModeCode) return modem('the modem has fallen back to text mode');
  const tookIt = judgement.class === 'ambiguous' || judgement.class === 'accepted';
  return tookIt ? { ...judgement, class: 'transient' } : judgement;
}

function lookUp({ kind, code }: Refusal): Judgement {
  if (code === undefined || kind === 'plain') return unexplained;
  const known = (kind === 'cms' ? messageErrors : equipmentErrors)[code];
  if (known) return known;
  const permanentCause = kind === 'cms' && code >= 128 && code <= 254;
  return permanentCause ? rejected('permanent', 'the service centre refused the message') : unexplained;
}
