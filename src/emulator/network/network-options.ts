import type { Clock } from '../../clock.ts';
import type { Submission } from './submissions.ts';

export interface NetworkOptions {
  readonly clock: Clock;
  /** From the modem's handing over of a text to the network's answer. 0 answers at once. */
  readonly latencyMs?: number;
  /** From acceptance to arrival at the other side. */
  readonly deliveryDelayMs?: number;
  /** From arrival, or the attempt at it, to the delivery report; also between one report and the next. */
  readonly reportDelayMs?: number;
  /** How long a phone takes to answer. */
  readonly replyDelayMs?: number;
  /** When a modem that did not take a text is tried again. */
  readonly retryMs?: number;
  /** Source of chance between 0 and 1: where SIM references and concatenation references begin. */
  readonly random?: () => number;
}

/** What a network tells of. */
export interface NetworkEvents {
  submitted: [submission: Submission];
  /** A text reached a SIM's modem. */
  delivered: [arrival: { readonly to: string; readonly pdu: string }];
  /** A status report reached the SIM that had asked for it. */
  reported: [report: { readonly to: string; readonly reference: number; readonly status: number }];
}
