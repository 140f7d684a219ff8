import type { LiveChange } from '../../src/contract/event.ts';
import type { Timers } from './timer.ts';

/** Fast enough to look immediate, slow enough that a burst of hundreds of changes is drawn a few times. */
export const gatherMs = 100;
export const mostChanges = 500;

export interface ChangeBufferOptions {
  readonly timers: Timers;
  readonly deliver: (changes: readonly LiveChange[]) => void;
  /** More changed than is worth following one by one: everything should be read again. */
  readonly onOverflow: () => void;
}

/** Gathers changes for a moment, the last one of each thing winning. */
export class ChangeBuffer {
  readonly #options: ChangeBufferOptions;
  readonly #latest = new Map<string, LiveChange>();
  #timer: { cancel(): void } | undefined;
  #overflowed = false;

  constructor(options: ChangeBufferOptions) {
    this.#options = options;
  }

  add(change: LiveChange): void {
    const name = nameOf(change);
    this.#latest.delete(name);
    if (this.#latest.size < mostChanges) this.#latest.set(name, change);
    else this.#overflowed = true;
    this.#timer ??= this.#options.timers.after(gatherMs, () => this.#flush());
  }

  stop(): void {
    this.#timer?.cancel();
    this.#latest.clear();
  }

  #flush(): void {
    this.#timer = undefined;
    const changes = [...this.#latest.values()];
    const overflowed = this.#overflowed;
    this.#latest.clear();
    this.#overflowed = false;
    if (overflowed) this.#options.onOverflow();
    else this.#options.deliver(changes);
  }
}

function nameOf(change: LiveChange): string {
  return change.type === 'message.changed' ? `message ${change.data.message_id}` : `modem ${change.data.id}`;
}
