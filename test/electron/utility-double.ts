import { EventEmitter } from 'node:events';
import type { FromBackend, ToBackend } from '../../electron/backend-messages.ts';
import type { UtilityHandle } from '../../electron/utility-handle.ts';

/** A utility process whose life a test plays: it records what it is told and ends when the test says so. */
export class UtilityDouble implements UtilityHandle {
  readonly received: ToBackend[] = [];
  readonly stderr = new EventEmitter() as EventEmitter & Pick<NodeJS.ReadableStream, 'on'>;
  readonly pid = undefined;
  killed = false;
  readonly #events = new EventEmitter();

  on(event: string, listener: (...values: never[]) => void): this {
    this.#events.on(event, listener as (...values: unknown[]) => void);
    return this;
  }

  postMessage(message: ToBackend): void {
    this.received.push(message);
  }

  kill(): boolean {
    this.killed = true;
    return true;
  }

  says(message: FromBackend): void {
    this.#events.emit('message', message);
  }

  givesUp(location: string, report: string): void {
    this.#events.emit('error', 'FatalError', location, report);
  }

  ends(code: number): void {
    this.#events.emit('exit', code);
  }
}
