import { type Clock, delay } from '../clock.ts';
import { attention, attentionInWords } from '../gsm/at/commands.ts';
import type { CommandLine } from '../gsm/at/exchange.ts';
import type { AtLine } from './at-line.ts';
import { ModemError } from './modem-error.ts';

/** Tries to bring the modem back into step, and the pause after the ESC in which its answer is thrown away. */
const synchroniseTries = 10;
const drainMs = 300;

/** Brings a line back into step, so that nothing late can complete another command. */
export class Synchronisation {
  readonly #line: AtLine;
  readonly #clock: Clock;
  readonly #failed: () => void;

  /** @param failed called when the modem did not come into step, and nothing more can be had over this line as it is */
  constructor(line: AtLine, clock: Clock, failed: () => void) {
    this.#line = line;
    this.#clock = clock;
    this.#failed = failed;
  }

  /** After a command that was not answered. */
  afterTimeout(command: CommandLine): Promise<void> {
    return this.run(command.leavesPrompt === true).catch(() => undefined);
  }

  /**
   * ESC where a prompt is possible, then AT until two answers come in a row and nothing after them: an answer that
   * comes late makes the one to AT come late as well, and that one would complete the next command. Silence may be that of
   * a modem which somebody told to answer in digits or not at all, and which is asked for words (V.250 6.2.5, 6.2.6).
   */
  async run(promptPossible: boolean): Promise<void> {
    if (promptPossible) await this.#line.escape(drainMs);
    this.#line.forgetUnfinished();
    let inStep = 0;
    let command = attention;
    for (let attempt = 0; attempt < synchroniseTries && !this.#line.over; attempt++) {
      const outcome = await this.#line.perform(command);
      command = outcome.kind === 'lost' && command === attention ? attentionInWords : attention;
      inStep = outcome.kind === 'ok' ? inStep + 1 : 0;
      // A prompt may come even after the first ESC, and would swallow every AT.
      if (promptPossible && outcome.kind === 'lost') await this.#line.escape(drainMs);
      if (inStep >= 2 && (await this.#nothingFollows())) return;
    }
    if (!this.#line.over) this.#failed();
    throw new ModemError(this.#line.over ?? 'timeout', attention.text);
  }

  /** Waits for answers that are still owed; those that do not come in the time of an AT were swallowed. */
  async #nothingFollows(): Promise<boolean> {
    const { owed } = this.#line;
    if (owed > 0) await delay(this.#clock, attention.timeoutMs);
    if (this.#line.over || this.#line.owed < owed) return false;
    this.#line.forgive();
    return true;
  }
}
