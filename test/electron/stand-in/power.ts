import { EventEmitter } from 'node:events';

export const powerMonitor = new EventEmitter();

class PowerSaveBlocker {
  readonly #started = new Map<number, string>();
  #last = 0;

  start(type: string): number {
    this.#started.set(++this.#last, type);
    return this.#last;
  }

  stop(id: number): boolean {
    return this.#started.delete(id);
  }

  isStarted(id: number): boolean {
    return this.#started.has(id);
  }

  /** What is kept from the system now. */
  get kinds(): string[] {
    return [...this.#started.values()];
  }
}

export const powerSaveBlocker = new PowerSaveBlocker();
