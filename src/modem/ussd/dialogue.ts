import type { Clock, Timer } from '../../clock.ts';
import type { Unsolicited } from '../../gsm/at/unsolicited.ts';
import { cancelUssd, type UssdResult } from '../../gsm/at/ussd.ts';
import type { AtChannel } from '../at-channel.ts';
import { ModemError } from '../modem-error.ts';
import { askingBy } from '../optional.ts';
import { explainedByNetwork } from './circuit-need.ts';
import { checkUssdText, UssdHandingOver } from './handing-over.ts';
import { judge, type UssdReply } from './reply.ts';
import { UssdError } from './ussd-error.ts';
import type { UssdWishes } from './wishes.ts';

/** All that a check of the balance needs: the text that the network answers a code with. Rejects with a `UssdError`. */
export interface UssdLine {
  ussd(code: string): Promise<string>;
}

/** So long the network may take after the modem said OK. */
export const answerWithinMs = 30_000;
/** A question that nobody answers in this time is given up: it keeps every other code from this SIM. */
export const questionOpenMs = 60_000;
/** So long a text waits for a dialogue to end; then the dialogue is called off. */
export const textWaitsMs = 30_000;

interface Listener {
  readonly hear: (result: UssdResult) => void;
  readonly fail: (error: UssdError) => void;
}

/**
 * The one USSD dialogue that a SIM can have, TS 27.007 7.15, over the channel of its modem:
 *
 *     idle ──code──► waiting ──+CUSD: 1──► question ──answer──► waiting
 *      ▲                │ +CUSD: 0, 2              │ cancel, or nobody answers
 *      └────────────────┴──────────────────────────┘
 *
 * Many modems refuse a text while a dialogue is open, some with an error that means another thing. So texts wait for its
 * end, but none for long: an answer may be lost or nobody may give one, and a dialogue can be begun anew.
 */
export class UssdDialogue {
  readonly #channel: AtChannel;
  readonly #clock: Clock;
  readonly #handingOver: UssdHandingOver;
  #state: 'idle' | 'waiting' | 'question' = 'idle';
  /** An earlier run may have left a dialogue open, which would take a code for an answer. */
  #leftOpen = true;
  #listener: Listener | undefined;
  #giveUp: Timer | undefined;
  /** Runs while a text waits for the end. */
  #yield: Timer | undefined;

  constructor(channel: AtChannel, clock: Clock, wishes: UssdWishes) {
    this.#channel = channel;
    this.#clock = clock;
    this.#handingOver = new UssdHandingOver(wishes);
  }

  /** Listens until the channel is closed. */
  start(): void {
    this.#channel.on('unsolicited', this.#onUnsolicited);
    this.#channel.once('closed', this.#onLoss).once('stalled', this.#onLoss);
  }

  stop(): void {
    this.#channel.off('unsolicited', this.#onUnsolicited);
    this.#channel.off('closed', this.#onLoss).off('stalled', this.#onLoss);
    this.#onLoss();
  }

  /** Begins a dialogue with a code such as `*100#`. Rejects with a `UssdError`. */
  async request(code: string): Promise<UssdReply> {
    if (this.#state !== 'idle') {
      throw new UssdError('busy', 'Another USSD dialogue is open on this SIM. Answer or cancel it first.');
    }
    return this.#understood(code).catch(async (error: unknown) => {
      throw await explainedByNetwork(this.#channel, error);
    });
  }

  /** Answers the network's question. Rejects with a `UssdError`. */
  async answer(text: string): Promise<UssdReply> {
    if (this.#state !== 'question') {
      throw new UssdError('no_dialogue', 'No USSD dialogue waits for an answer. Begin with a code.');
    }
    return this.#say(text);
  }

  /** Ends the dialogue, if there is one. */
  async cancel(): Promise<void> {
    if (this.#state === 'idle') return;
    this.#listener?.fail(new UssdError('cancelled', 'The USSD dialogue was cancelled.'));
    await this.#end();
  }

  /** The text that a code is answered with; a question that comes with it is not answered. */
  async ask(code: string): Promise<string> {
    const { state, text } = await this.request(code);
    if (state === 'question') await this.#end();
    return text;
  }

  /**
   * Runs what a person types by hand that speaks to the network or ends a dialogue with it. Texts wait for its end as for
   * that of any other; a question of the network may be answered either way.
   */
  async typed<Answer extends { readonly ok: boolean }>(
    ussd: 'speaks' | 'ends',
    run: () => Promise<Answer>,
  ): Promise<Answer> {
    if (this.#listener) return run();
    if (ussd === 'speaks') {
      this.#giveUp?.cancel();
      this.#state = 'waiting';
      this.#leftOpen = false;
      this.#channel.holdSends(() => this.#onTextWaiting());
    }
    let goesOn = false;
    try {
      const answer = await run();
      goesOn = ussd === 'speaks' && answer.ok;
      return answer;
    } finally {
      if (!goesOn) this.#over();
      else if (this.#state === 'waiting')
        this.#giveUp = this.#clock.after(answerWithinMs, () => void this.#end());
    }
  }

  /** A code that the network does not know may have been misread by the modem: then it is written in another form. */
  async #understood(code: string): Promise<UssdReply> {
    try {
      return await this.#say(code);
    } catch (error) {
      const isUnknown = error instanceof UssdError && error.code === 'unsupported';
      if (!isUnknown || this.#state !== 'idle' || !this.#handingOver.doubt()) throw error;
      return this.#understood(code).catch(() => {
        throw error;
      });
    }
  }

  async #say(text: string): Promise<UssdReply> {
    checkUssdText(text);
    this.#giveUp?.cancel();
    const inDialogue = this.#state === 'question';
    this.#state = 'waiting';
    this.#channel.holdSends(() => this.#onTextWaiting());
    const { promise, resolve, reject } = Promise.withResolvers<UssdResult>();
    promise.catch(() => undefined);
    this.#listener = { hear: resolve, fail: reject };
    try {
      await this.#handOver(text);
    } catch (error) {
      await this.#afterRefusal(error, inDialogue);
      throw explain(error);
    }
    this.#giveUp = this.#clock.after(answerWithinMs, () => reject(noAnswer(text, this.#handingOver.doubt())));
    return this.#replyTo(promise);
  }

  #handOver(text: string): Promise<void> {
    return this.#channel.sequence('control', async (run) => {
      if (this.#leftOpen) await askingBy(run)(cancelUssd);
      this.#leftOpen = false;
      await this.#handingOver.run(run, text);
    });
  }

  /** What cannot be written leaves the question open; what the network may have got is called off. */
  async #afterRefusal(error: unknown, inDialogue: boolean): Promise<void> {
    this.#rest();
    if (error instanceof UssdError && inDialogue) return this.#keepQuestion();
    const mayBeOpen = inDialogue || !(error instanceof ModemError) || error.code === 'timeout';
    if (mayBeOpen && !(error instanceof UssdError)) await this.#end();
    else this.#letTextsGo();
  }

  #keepQuestion(): void {
    this.#state = 'question';
    this.#giveUp = this.#clock.after(questionOpenMs, () => void this.#end());
  }

  async #replyTo(answer: Promise<UssdResult>): Promise<UssdReply> {
    const { status, text = '', dcs } = await answer.catch((error: unknown) => this.#withoutAnswer(error));
    this.#rest();
    if (status === 1) this.#keepQuestion();
    else this.#letTextsGo();
    const reply = judge(status, this.#handingOver.read(text, dcs));
    if (reply.text !== '') this.#handingOver.trust();
    return reply;
  }

  /** What the network did not answer is called off; whoever ended the dialogue otherwise has seen to that. */
  async #withoutAnswer(error: unknown): Promise<never> {
    if (error instanceof UssdError && error.code === 'no_answer') await this.#end();
    throw error;
  }

  async #end(): Promise<void> {
    this.#rest();
    await this.#channel.run(cancelUssd, 'control').catch((error: unknown) => {
      if (!(error instanceof ModemError)) throw error;
    });
    if (this.#state === 'idle') this.#letTextsGo();
  }

  #onTextWaiting(): void {
    this.#yield ??= this.#clock.after(textWaitsMs, () => {
      this.#listener?.fail(
        new UssdError('cancelled', 'The USSD dialogue was ended, because texts waited for it.'),
      );
      void this.#end();
    });
  }

  #letTextsGo(): void {
    this.#yield?.cancel();
    this.#yield = undefined;
    this.#channel.letSendsGo();
  }

  #over(): void {
    this.#rest();
    this.#letTextsGo();
  }

  #rest(): void {
    this.#giveUp?.cancel();
    this.#giveUp = undefined;
    this.#listener = undefined;
    this.#state = 'idle';
  }

  /** A question that the network asks unasked would block the SIM: nobody is there to answer. */
  readonly #onUnsolicited = (event: Unsolicited): void => {
    if (event.type !== 'ussd') return;
    if (this.#listener) return this.#listener.hear(event.result);
    if (event.result.status !== 1) return this.#over();
    if (this.#state === 'idle') return void this.#end();
    this.#giveUp?.cancel();
    this.#keepQuestion();
  };

  readonly #onLoss = (): void => {
    this.#listener?.fail(new UssdError('lost', 'The modem went away before the network answered.'));
    this.#over();
  };
}

function noAnswer(text: string, otherwise: boolean): UssdError {
  const what = `The network did not answer ${text} within ${answerWithinMs / 1_000} seconds.`;
  const advice = otherwise
    ? 'Try it again: the code is then written in another form, which some modems want.'
    : 'Try it again, or in a telephone.';
  return new UssdError('no_answer', what, { advice });
}

function explain(error: unknown): unknown {
  if (!(error instanceof ModemError)) return error;
  if (error.code !== 'refused') {
    return new UssdError('lost', 'The modem did not take the code; it is being looked after.', {
      cause: error,
    });
  }
  return new UssdError('refused', `The modem refused the code (${error.refusal?.text}).`, { cause: error });
}
