import type { EventEmitter } from 'node:events';
import { type Clock, delay } from '../clock.ts';
import { attention, type Command, submitMessage } from '../gsm/at/commands.ts';
import type { LossCause, Outcome } from '../gsm/at/exchange.ts';
import type { Refusal } from '../gsm/at/final-result.ts';
import type { Unsolicited } from '../gsm/at/unsolicited.ts';
import type { AtLine, Payload } from './at-line.ts';
import type { ChannelEvents } from './channel-events.ts';
import { ModemError } from './modem-error.ts';
import type { Synchronisation } from './synchronisation.ts';

/**
 * What became of a PDU. `not-submitted`: nothing of it was written. `unknown`: it may have been taken, and no result
 * is known. `afterMs` counts from the writing of the PDU.
 */
export type SubmitOutcome =
  | { readonly kind: 'accepted'; readonly reference: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly afterMs: number }
  | { readonly kind: 'not-submitted'; readonly error: ModemError }
  | { readonly kind: 'unknown'; readonly cause: LossCause };

export interface ChannelLimits {
  readonly promptTimeoutMs: number;
  readonly resultTimeoutMs: number;
  /** How long a late answer to a send is listened for before anything else is written. */
  readonly lateResultMs: number;
}

/** As `semantics` promises: 10 s for the prompt, 120 s for the network, 60 s more of listening. */
export const defaultChannelLimits: ChannelLimits = {
  promptTimeoutMs: 10_000,
  resultTimeoutMs: 120_000,
  lateResultMs: 60_000,
};

/** How long the port stays busy after `+CMGS:` when the modem forgets its OK. */
const lingerMs = 5_000;

/** Hands TPDUs over on a line, one at a time, and finds out what became of each: TS 27.005 3.5.1. */
export class Submission {
  readonly #channel: EventEmitter<ChannelEvents>;
  readonly #line: AtLine;
  readonly #clock: Clock;
  readonly #limits: ChannelLimits;
  readonly #synchronisation: Synchronisation;
  /** Takes an error that comes with nothing pending, while the answer to a send is listened for. */
  #onLateRefusal: ((refusal: Refusal) => void) | undefined;

  /** @param channel where unsolicited results are heard, and late refusals told */
  constructor(
    channel: EventEmitter<ChannelEvents>,
    line: AtLine,
    clock: Clock,
    limits: ChannelLimits,
    synchronisation: Synchronisation,
  ) {
    this.#channel = channel;
    this.#line = line;
    this.#clock = clock;
    this.#limits = limits;
    this.#synchronisation = synchronisation;
  }

  /** An error came with nothing pending. */
  strayRefusal(refusal: Refusal): void {
    this.#onLateRefusal?.(refusal);
  }

  /**
   * Hands a TPDU over; `resolve` is told what became of it as soon as that is known. Settles when the line is free again,
   * and rejects with what `before` threw.
   */
  async run(
    pdu: string,
    tpduLength: number,
    before: () => void,
    resolve: (outcome: SubmitOutcome) => void,
  ): Promise<void> {
    const command = submitMessage(pdu, tpduLength, this.#limits);
    const accepted = (line: string) => {
      resolve({ kind: 'accepted', reference: command.parse([line]) ?? 0 });
      this.#line.endWithin(lingerMs);
    };
    const payload: Payload = { before, accepted };
    const outcome = await this.#line.perform(command, payload);
    if (payload.failure) {
      await this.#synchronisation.run(true).catch(() => undefined);
      throw payload.failure.cause;
    }
    resolve(this.#outcomeOf(command, outcome, payload.writtenAt));
    await this.#afterwards(outcome, payload.writtenAt ?? 0);
  }

  #outcomeOf(command: Command<number | undefined>, outcome: Outcome, writtenAt = 0): SubmitOutcome {
    if (outcome.kind === 'ok') return { kind: 'accepted', reference: command.parse(outcome.lines) ?? 0 };
    if (outcome.kind === 'refused') {
      const error = new ModemError('refused', command.text, outcome.refusal);
      if (!outcome.payloadWritten) return { kind: 'not-submitted', error };
      return { kind: 'refused', refusal: outcome.refusal, afterMs: this.#clock.monotonic() - writtenAt };
    }
    if (outcome.payloadWritten) return { kind: 'unknown', cause: outcome.cause };
    return { kind: 'not-submitted', error: new ModemError(outcome.cause, command.text) };
  }

  async #afterwards(outcome: Outcome, writtenAt: number): Promise<void> {
    if (outcome.kind !== 'lost' || outcome.cause !== 'timeout') return;
    if (outcome.payloadWritten && outcome.lines.length === 0) await this.#listenForLateResult(writtenAt);
    else await this.#synchronisation.run(true);
  }

  /**
   * Nothing but AT is written while the answer to a send may still come: a result that came during another send
   * could not be told from that one's own.
   */
  async #listenForLateResult(writtenAt: number): Promise<void> {
    const end = this.#clock.monotonic() + this.#limits.lateResultMs;
    const heard = new AbortController();
    const listener = (event: Unsolicited) => {
      if (event.type === 'submitted') heard.abort();
    };
    this.#channel.on('unsolicited', listener);
    this.#onLateRefusal = (refusal) => {
      if (refusal.kind !== 'cms' || heard.signal.aborted) return;
      heard.abort();
      this.#channel.emit('lateRefusal', refusal, this.#clock.monotonic() - writtenAt);
    };
    while (!heard.signal.aborted && !this.#line.over && this.#clock.monotonic() < end) {
      const probe = await this.#line.perform(attention);
      if (probe.kind === 'refused') this.#onLateRefusal(probe.refusal);
      await delay(this.#clock, Math.min(5_000, Math.max(0, end - this.#clock.monotonic())), heard.signal);
    }
    this.#onLateRefusal = undefined;
    this.#channel.off('unsolicited', listener);
    await this.#synchronisation.run(true);
  }
}
