import { fstatSync, type Stats, writeSync } from 'node:fs';

/** More than the answer to any command. */
const longestBacklog = 262_144;

/** What is handed to the system at once. */
const pieceOctets = 16_384;
const shortestRetryMs = 5;
const longestRetryMs = 320;

/**
 * Octets on their way into a pseudo terminal, in order. The stream that the terminal's library has would spin in place,
 * and this process with it, once the system's buffer is full because no host reads; here the rest waits, and when it
 * is too much the oldest is lost, as on a port that nobody listens to.
 */
export class PtyOutput {
  readonly #descriptor: number;
  readonly #device: Stats;
  #backlog = '';
  #retry: NodeJS.Timeout | undefined;
  #retryMs = shortestRetryMs;
  #ended = false;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
    this.#device = fstatSync(descriptor);
  }

  write(octets: string): void {
    if (this.#ended) return;
    const kept = this.#backlog.length > longestBacklog ? '' : this.#backlog;
    this.#backlog = kept + octets;
    if (!this.#retry) this.#flush();
  }

  /** The descriptor is closed, or about to be: it may be another file's from now on. */
  end(): void {
    this.#ended = true;
    clearTimeout(this.#retry);
  }

  #flush(): void {
    this.#retry = undefined;
    let written = 0;
    for (let taken = this.#attempt(); taken > 0; taken = this.#attempt()) {
      written += taken;
      this.#backlog = this.#backlog.slice(taken);
    }
    this.#retryMs = written > 0 ? shortestRetryMs : Math.min(2 * this.#retryMs, longestRetryMs);
    if (!this.#ended && this.#backlog.length > 0)
      this.#retry = setTimeout(() => this.#flush(), this.#retryMs);
  }

  /** How many octets the system took; none when its buffer is full, or when there is nothing to take. */
  #attempt(): number {
    if (this.#ended || this.#backlog === '') return 0;
    try {
      if (!this.#isOurs()) throw new Error('The pseudo terminal is closed.');
      return writeSync(this.#descriptor, Buffer.from(this.#backlog.slice(0, pieceOctets), 'latin1'));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
      this.end();
      return 0;
    }
  }

  /** Guards against a descriptor that was closed and given to another file in the meantime. */
  #isOurs(): boolean {
    const now = fstatSync(this.#descriptor);
    return now.rdev === this.#device.rdev && now.ino === this.#device.ino && now.dev === this.#device.dev;
  }
}
