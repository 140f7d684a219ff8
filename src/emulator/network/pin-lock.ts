/** What entering a PIN or PUK came to. */
export type PinAnswer = 'right' | 'wrong' | 'blocked' | 'not-asked';

const pinTries = 3;
const pukTries = 10;

/**
 * CHV1 of a SIM card with its unblocking key (3GPP TS 31.101 clause 9): three tries for the PIN, ten for the PUK,
 * after which the card is dead for good. The counters live on the card and outlast power.
 */
export class PinLock {
  #pin: string;
  readonly #puk: string;
  #enabled: boolean;
  #verified = false;
  #pinTriesLeft = pinTries;
  #pukTriesLeft = pukTries;

  /** No `pin` means that the card asks for none; it then holds the factory's 0000. */
  constructor(pin: string | undefined, puk: string) {
    this.#pin = pin ?? '0000';
    this.#puk = puk;
    this.#enabled = pin !== undefined;
  }

  get enabled(): boolean {
    return this.#enabled;
  }

  get pinTriesLeft(): number {
    return this.#pinTriesLeft;
  }

  get pukTriesLeft(): number {
    return this.#pukTriesLeft;
  }

  /** Of the code that is asked for now, as modems tell it that count only one. */
  get askedTriesLeft(): number {
    return this.#pinTriesLeft === 0 ? this.#pukTriesLeft : this.#pinTriesLeft;
  }

  get state(): 'ready' | 'pin' | 'puk' | 'dead' {
    if (this.#pukTriesLeft === 0) return 'dead';
    if (this.#pinTriesLeft === 0) return 'puk';
    return this.#enabled && !this.#verified ? 'pin' : 'ready';
  }

  /** The card forgets a verified PIN when it loses power. */
  powerOff(): void {
    this.#verified = false;
  }

  /** AT+CPIN="pin". */
  enter(pin: string): PinAnswer {
    if (this.state !== 'pin') return this.state === 'ready' ? 'not-asked' : 'blocked';
    return this.#check(pin);
  }

  /** AT+CPIN="puk","new pin". */
  unblock(puk: string, newPin: string): PinAnswer {
    if (this.state !== 'puk') return this.state === 'dead' ? 'blocked' : 'not-asked';
    if (puk !== this.#puk) {
      this.#pukTriesLeft -= 1;
      return this.#pukTriesLeft === 0 ? 'blocked' : 'wrong';
    }
    this.#pin = newPin;
    this.#pinTriesLeft = pinTries;
    this.#pukTriesLeft = pukTries;
    this.#enabled = true;
    this.#verified = true;
    return 'right';
  }

  /** AT+CLCK="SC",on,"pin". */
  setEnabled(enabled: boolean, pin: string): PinAnswer {
    const answer = this.#check(pin);
    if (answer === 'right') this.#enabled = enabled;
    return answer;
  }

  /** AT+CPWD="SC","old","new". */
  change(pin: string, newPin: string): PinAnswer {
    const answer = this.#check(pin);
    if (answer === 'right') this.#pin = newPin;
    return answer;
  }

  #check(pin: string): PinAnswer {
    if (this.#pinTriesLeft === 0) return 'blocked';
    if (pin === this.#pin) {
      this.#pinTriesLeft = pinTries;
      this.#verified = true;
      return 'right';
    }
    this.#pinTriesLeft -= 1;
    return this.#pinTriesLeft === 0 ? 'blocked' : 'wrong';
  }
}
