import { type FSWatcher, watch } from 'node:fs';
import type { Clock, Timer } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import type { Listing, PortSource } from './listed-port.ts';

const lookEveryMs = 1_000;
/** Where nothing cheap tells of a change, the system is asked for all, which costs more. */
const askEveryMs = 5_000;
/** The files of one device appear within this. */
const eventMs = 100;
/** Some kernels tell of every write to a device file: more of that than this between two looks is not worth it. */
const mostEvents = 500;

/**
 * Watches what is plugged in: looks once a second, and at once where the system tells of device files that come and
 * go. A listing is handed on when something changed.
 */
export class ListingWatch {
  readonly #source: PortSource;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #onListing: (listing: Listing) => Promise<void>;
  #timer: Timer | undefined;
  #watcher: FSWatcher | undefined;
  #events = 0;
  #looking = false;
  #stopped = true;
  #seen: string | undefined;
  #trouble: string | undefined;

  constructor(source: PortSource, clock: Clock, log: Logger, onListing: (listing: Listing) => Promise<void>) {
    this.#source = source;
    this.#clock = clock;
    this.#log = log;
    this.#onListing = onListing;
  }

  /** Resolves when the first listing was handed on, or none could be had. */
  start(): Promise<void> {
    this.#stopped = false;
    this.#watchFiles();
    return this.#look();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#watcher?.close();
  }

  async #look(): Promise<void> {
    if (this.#looking) return this.#lookAfter(eventMs);
    this.#looking = true;
    this.#events = 0;
    const signature = await this.#source.signature().catch(() => undefined);
    if (signature === undefined || signature !== this.#seen) await this.#list(signature);
    this.#looking = false;
    this.#lookAfter(signature === undefined ? askEveryMs : lookEveryMs);
  }

  /** A system that cannot say what is plugged in has not said that nothing is. */
  async #list(signature: string | undefined): Promise<void> {
    try {
      const listing = await this.#source.list();
      if (!this.#stopped) await this.#onListing(listing);
      this.#seen = signature;
      this.#trouble = undefined;
    } catch (error) {
      const { message } = error as Error;
      if (message !== this.#trouble) this.#log.warn({ err: error }, 'the ports cannot be listed');
      this.#trouble = message;
    }
  }

  #lookAfter(delayMs: number): void {
    this.#timer?.cancel();
    if (!this.#stopped) this.#timer = this.#clock.after(delayMs, () => this.#look());
  }

  /** The safety net of looking again and again holds where this cannot be had. */
  #watchFiles(): void {
    const { deviceFolder } = this.#source;
    if (deviceFolder === undefined) return;
    try {
      this.#watcher = watch(deviceFolder, { persistent: false }, (kind) => this.#onFileEvent(kind));
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch (error) {
      this.#log.debug({ err: error }, 'no word of device files that come and go');
    }
  }

  #onFileEvent(kind: string): void {
    this.#events++;
    if (this.#events > mostEvents) this.#watcher?.close();
    else if (kind === 'rename') this.#lookAfter(eventMs);
  }
}
