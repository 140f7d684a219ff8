import { type Clock, delay } from '../../clock.ts';
import type { Command } from '../../gsm/at/commands.ts';
import type { UssdForm } from '../../gsm/ussd/string.ts';
import type { AtChannel } from '../at-channel.ts';
import { type ConsoleAnswer, type ConsoleRequest, checkConsole, runConsole } from '../console/console.ts';
import type { Changes } from '../console/judgement.ts';
import { ModemError } from '../modem-error.ts';
import type { UssdPreference } from '../profiles/index.ts';
import { UssdDialogue, type UssdLine, type UssdReply } from '../ussd/dialogue.ts';
import type { TakenForm } from '../ussd/handing-over.ts';

/** A modem that listens, from when its channel is in step until it is lost. */
export interface DeskSeat {
  readonly channel: AtChannel;
  /** Undefined while it did not say. */
  readonly model: () => string | undefined;
  readonly ussdPreference: () => UssdPreference;
  /** Looks, or sets up anew, what a person may have changed. */
  readonly recheck: (changes: Changes) => void;
  /** The ways to restart it, the gentlest first. */
  readonly resets: () => readonly Command<void>[];
  /** It starts anew now: all that was set up is gone. */
  readonly restarting: () => void;
}

/** Nobody sits in the modem's seat: it is away, or its port is closed. */
export class ModemAwayError extends Error {
  readonly code = 'away';

  constructor() {
    super('The modem does not answer. See what is wrong with it, or try again when it is there.');
    this.name = 'ModemAwayError';
  }
}

/** So long a person waits for a modem whose port is opened only now. */
const patienceMs = 15_000;

/**
 * Where a person deals with one modem by hand: commands, and dialogues with the network. It outlives the modem's
 * sessions, because one that waits for its PIN has none most of the time: what is asked waits for the next.
 */
export class ModemDesk implements UssdLine {
  readonly #clock: Clock;
  readonly #wake: () => void;
  readonly #waiting = new Set<(seat: DeskSeat) => void>();
  #seat: DeskSeat | undefined;
  #dialogue: UssdDialogue | undefined;
  /** The form of USSD strings that was taken last, and by which model. */
  #taken: { readonly model: string | undefined; readonly form: UssdForm } | undefined;

  /** @param wake opens a port that rests between two attempts */
  constructor(clock: Clock, wake: () => void) {
    this.#clock = clock;
    this.#wake = wake;
  }

  /** A modem listens: what waited for it is done first. */
  attach(seat: DeskSeat): void {
    this.detach();
    this.#seat = seat;
    const taken = this.#takenBy(seat.model);
    this.#dialogue = new UssdDialogue(seat.channel, this.#clock, seat.ussdPreference, taken);
    this.#dialogue.start();
    for (const take of [...this.#waiting]) take(seat);
  }

  detach(): void {
    this.#dialogue?.stop();
    this.#dialogue = undefined;
    this.#seat = undefined;
  }

  /**
   * Runs a command line of a person's.
   *
   * @throws ConsoleRefusal before anything is written, ModemAwayError, ModemError when the port is lost meanwhile
   */
  async console(request: ConsoleRequest): Promise<ConsoleAnswer> {
    const checked = checkConsole(request);
    const seat = await this.#whenSeated();
    const answer = await runConsole(seat.channel, checked);
    seat.recheck(answer.changes);
    return answer;
  }

  /** The text that the network answers a code with. Rejects with a `UssdError` or `ModemAwayError`. */
  async ussd(code: string): Promise<string> {
    return (await this.#whenInDialogue()).ask(code);
  }

  /** Begins a dialogue with the network. Rejects with a `UssdError` or `ModemAwayError`. */
  async beginUssd(code: string): Promise<UssdReply> {
    return (await this.#whenInDialogue()).request(code);
  }

  /** Answers the network's question. Rejects with a `UssdError` or `ModemAwayError`. */
  async answerUssd(text: string): Promise<UssdReply> {
    return (await this.#whenInDialogue()).answer(text);
  }

  /** Ends the dialogue, if there is one. */
  async cancelUssd(): Promise<void> {
    await this.#dialogue?.cancel();
  }

  /**
   * Restarts the modem, by the first of its ways that it takes.
   *
   * @throws ModemAwayError, ModemError when it takes none or does not answer
   */
  async reset(): Promise<void> {
    const { channel, resets, restarting } = await this.#whenSeated();
    let refusal: unknown = new ModemAwayError();
    for (const way of resets()) {
      try {
        await channel.run(way, 'control');
        return restarting();
      } catch (error) {
        refusal = error;
        if (!(error instanceof ModemError) || error.code !== 'refused') break;
      }
    }
    throw refusal;
  }

  #takenBy(model: DeskSeat['model']): TakenForm {
    return {
      get: () => (this.#taken?.model === model() ? this.#taken?.form : undefined),
      set: (form) => {
        this.#taken = { model: model(), form };
      },
    };
  }

  async #whenInDialogue(): Promise<UssdDialogue> {
    await this.#whenSeated();
    if (!this.#dialogue) throw new ModemAwayError();
    return this.#dialogue;
  }

  #whenSeated(): Promise<DeskSeat> {
    if (this.#seat) return Promise.resolve(this.#seat);
    const { promise, resolve, reject } = Promise.withResolvers<DeskSeat>();
    const patience = new AbortController();
    const take = (seat: DeskSeat) => {
      this.#waiting.delete(take);
      patience.abort();
      resolve(seat);
    };
    this.#waiting.add(take);
    this.#wake();
    void delay(this.#clock, patienceMs, patience.signal).then(() => {
      if (this.#waiting.delete(take)) reject(new ModemAwayError());
    });
    return promise;
  }
}
