import type { Clock, Timer } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { WriteAheadLog } from './write-ahead-log.ts';

const lookEveryMs = 500;

/** So many pages are worth the disk's work: those of half a minute at one text a second. */
const worthwhilePages = 1_000;

/** As long as that many pages, and those that come before there is a quiet moment. */
const usualOctets = 5 * 1024 * 1024;

/** Where nothing was written for so long, what was under way has come to its end. */
const quietMs = 10;

/** So often such a moment is looked for before the next look. */
const looksForQuiet = 20;

/**
 * Moves the write-ahead log into the database file while nothing else is written. A commit that has to do so itself
 * takes many times as long as others, and a text or an arrival waits for it.
 */
export class Checkpoints {
  readonly #written: Pick<WriteAheadLog, 'version' | 'pages' | 'checkpoint' | 'lengthen'>;
  readonly #clock: Clock;
  readonly #log: Logger;
  #timer: Timer | undefined;
  #stopped = false;

  constructor(
    written: Pick<WriteAheadLog, 'version' | 'pages' | 'checkpoint' | 'lengthen'>,
    clock: Clock,
    log: Logger,
  ) {
    this.#written = written;
    this.#clock = clock;
    this.#log = log;
  }

  start(): void {
    this.#timer = this.#clock.after(lookEveryMs, () => void this.#begin());
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  async #begin(): Promise<void> {
    await this.#written.lengthen(usualOctets).catch((error: unknown) => this.#failed(error));
    this.#lookLater();
  }

  #lookLater(): void {
    if (!this.#stopped) this.#timer = this.#clock.after(lookEveryMs, () => this.#try(() => this.#look()));
  }

  #look(): void {
    if (this.#written.pages() < worthwhilePages) this.#lookLater();
    else this.#awaitQuiet(this.#written.version(), looksForQuiet);
  }

  #awaitQuiet(before: string, looks: number): void {
    this.#timer = this.#clock.after(quietMs, () => this.#try(() => this.#checkpointIfQuiet(before, looks)));
  }

  #checkpointIfQuiet(before: string, looks: number): void {
    const now = this.#written.version();
    if (now !== before && looks > 1) return this.#awaitQuiet(now, looks - 1);
    if (now === before) this.#written.checkpoint();
    this.#lookLater();
  }

  #try(look: () => void): void {
    try {
      look();
    } catch (error) {
      this.#failed(error);
      this.#lookLater();
    }
  }

  /** The log goes on growing until a commit moves it, or a later look finds the disk well again. */
  #failed(error: unknown): void {
    this.#log.debug({ err: error }, 'the write-ahead log cannot be looked after');
  }
}
