import { Writable } from 'node:stream';

const mostLines = 500;
const longestLine = 2_000;

/** Keeps the last lines of the log in memory, for whoever cannot see where it is written. */
export class LogTail extends Writable {
  readonly #lines: string[] = [];

  override _write(chunk: Buffer | string, _encoding: BufferEncoding, done: () => void): void {
    for (const line of String(chunk).split('\n')) {
      if (line === '') continue;
      this.#lines.push(line.slice(0, longestLine));
      if (this.#lines.length > mostLines) this.#lines.shift();
    }
    done();
  }

  /** Oldest first. */
  get lines(): readonly string[] {
    return this.#lines;
  }
}
