import type { Clock } from '../clock.ts';
import type { RegistrationStates } from '../gsm/at/registration.ts';
import type { NetworkSample } from './network.ts';

/** A network that refused a text is given the next one to try after this, or when it registers the SIM otherwise. */
const triedAgainAfterMs = 3_600_000;

/**
 * Remembers that texts do not pass over a registration for data alone. That one is registered so says little: some
 * networks take texts over IMS all the same, of which not every modem can tell. So one text tries it, and the others
 * wait where it was refused.
 */
export class TextDenial {
  readonly #clock: Clock;
  #refusedIn: string | undefined;
  #until = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A text was refused as the modem is registered now. */
  refused(states: RegistrationStates): void {
    this.#refusedIn = JSON.stringify(states);
    this.#until = this.#clock.monotonic() + triedAgainAfterMs;
  }

  /** Whether texts are better kept while the modem stands so. */
  holds({ dataAlone, registrations }: NetworkSample): boolean {
    const same = this.#refusedIn === JSON.stringify(registrations);
    return dataAlone && same && this.#clock.monotonic() < this.#until;
  }
}
