import { EventEmitter } from 'node:events';
import { type Transport, TransportError, type TransportEvents } from '../../src/modem/transport.ts';

/**
 * A device that says what the test says, when the test says it: for moments that no modem can be brought to at will.
 * It answers by itself only what `answers` holds for a line.
 */
export class ScriptedPort extends EventEmitter<TransportEvents> implements Transport {
  readonly path = 'scripted';
  readonly written: string[] = [];
  /** What comes at once when a line, without its carriage return, was written. */
  readonly answers = new Map<string, string>();
  #open = true;

  async write(octets: string): Promise<void> {
    if (!this.#open) throw new TransportError('closed', 'the port is closed');
    this.written.push(octets);
    const answer = this.answers.get(octets.replace(/\r$/, ''));
    if (answer !== undefined) queueMicrotask(() => this.says(answer));
  }

  async close(): Promise<void> {
    this.pull(undefined);
  }

  /** Lines as a modem frames them. */
  tells(...lines: readonly string[]): void {
    this.says(lines.map((line) => `\r\n${line}\r\n`).join(''));
  }

  says(octets: string): void {
    if (this.#open) this.emit('data', octets);
  }

  /** The port goes away. */
  pull(cause: Error | undefined = new TransportError('absent', 'the port is gone')): void {
    if (!this.#open) return;
    this.#open = false;
    this.emit('close', cause);
  }
}
