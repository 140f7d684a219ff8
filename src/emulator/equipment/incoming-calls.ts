import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../../clock.ts';

/** A call that rings; without a number when the caller hides it. */
export interface IncomingCall {
  readonly number: string | undefined;
  /** Type of address: 145 international, 129 otherwise, 128 hidden. */
  readonly type: number;
}

const ringEveryMs = 5_000;

/** The one call that may be ringing; `ring` comes with each ring of it. */
export class IncomingCalls extends EventEmitter<{ ring: [call: IncomingCall] }> {
  readonly #clock: Clock;
  #ringing: IncomingCall | undefined;
  #nextRing: Timer | undefined;

  constructor(clock: Clock) {
    super();
    this.#clock = clock;
  }

  get ringing(): IncomingCall | undefined {
    return this.#ringing;
  }

  ring(number: string | undefined): void {
    this.end();
    const type = number === undefined ? 128 : number.startsWith('+') ? 145 : 129;
    this.#ringAgain({ number, type });
  }

  /** The caller gave up, or the host hung up; false when nothing rang. */
  end(): boolean {
    const rang = this.#ringing !== undefined;
    this.#ringing = undefined;
    this.#nextRing?.cancel();
    return rang;
  }

  #ringAgain(call: IncomingCall): void {
    this.#ringing = call;
    this.emit('ring', call);
    this.#nextRing = this.#clock.after(ringEveryMs, () => this.#ringAgain(call));
  }
}
