import type { Clock } from '../../clock.ts';
import { type ConsoleAnswer, type ConsoleRequest, checkConsole, runConsole } from '../console/console.ts';
import { ModemError } from '../modem-error.ts';
import { UssdDialogue, type UssdLine } from '../ussd/dialogue.ts';
import type { UssdReply } from '../ussd/reply.ts';
import { type DeskSeat, ModemAwayError, SeatQueue } from './desk-seat.ts';

/**
 * Where a person deals with one modem by hand: commands, and dialogues with the network. It outlives the modem's
 * sessions, because one that waits for its PIN has none most of the time: what is asked waits for the next.
 */
export class ModemDesk implements UssdLine {
  readonly #clock: Clock;
  readonly #queue: SeatQueue;
  #dialogue: UssdDialogue | undefined;

  /** @param wake opens a port that rests between two attempts */
  constructor(clock: Clock, wake: () => void) {
    this.#clock = clock;
    this.#queue = new SeatQueue(clock, wake);
  }

  /** A modem listens: what waited for it is done first. */
  attach(seat: DeskSeat): void {
    this.detach();
    this.#dialogue = new UssdDialogue(seat.channel, this.#clock, seat.ussd);
    this.#dialogue.start();
    this.#queue.take(seat);
  }

  detach(): void {
    this.#dialogue?.stop();
    this.#dialogue = undefined;
    this.#queue.leave();
  }

  /**
   * Runs a command line of a person's.
   *
   * @throws ConsoleRefusal before anything is written, ModemAwayError, ModemError when the port is lost meanwhile
   */
  async console(request: ConsoleRequest): Promise<ConsoleAnswer> {
    const checked = checkConsole(request);
    const seat = await this.#queue.seated();
    const { restarts, ussd } = checked.effects;
    const run = () => runConsole(seat.channel, checked);
    const answer = await (ussd && this.#dialogue ? this.#dialogue.typed(ussd, run) : run());
    if (restarts && (answer.ok || answer.result === undefined)) seat.restarting();
    else seat.recheck(answer.changes);
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
    const { channel, resets, restarting } = await this.#queue.seated();
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

  async #whenInDialogue(): Promise<UssdDialogue> {
    await this.#queue.seated();
    if (!this.#dialogue) throw new ModemAwayError();
    return this.#dialogue;
  }
}
