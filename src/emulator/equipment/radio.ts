import { EventEmitter } from 'node:events';
import type { RegistrationDomain } from '../at/settings.ts';
import type { EmulatedNetwork } from '../network/emulated-network.ts';
import type { EmulatedSim } from '../network/emulated-sim.ts';
import type { Subscriber } from '../network/subscriber.ts';

/** Registration states by domain (27.007 7.2): 0 not, 1 home, 2 searching, 3 denied, 5 roaming, 6 and 7 SMS only. */
export type Registration = Readonly<Record<RegistrationDomain, number>>;

interface RadioOptions {
  readonly network: EmulatedNetwork;
  readonly subscriber: Subscriber;
  /** What each domain shows where the modem is, once it may register. */
  readonly coverage: Registration;
}

const domains: readonly RegistrationDomain[] = ['CREG', 'CGREG', 'CEREG'];
const nowhere: Registration = { CREG: 0, CGREG: 0, CEREG: 0 };
const denied = 3;
const statesWithMessages = [1, 5, 6, 7, 9, 10];
const statesWithCircuits = [1, 5, 9, 10];

/** Registers a SIM with the network, as far as coverage, +CFUN and +COPS let it. */
export class Radio extends EventEmitter<{ registration: [domain: RegistrationDomain] }> {
  /** +CSQ: 0 to 31, 99 unknown. */
  signal = 20;
  /** Registered with IMS, which carries texts; of no use without +CEREG. */
  textsOverIms = false;
  readonly #options: RadioOptions;
  #sim: EmulatedSim | undefined;
  #functionality = 1;
  #automatic = true;
  #coverage: Registration;
  #registration: Registration = nowhere;

  constructor(options: RadioOptions) {
    super();
    this.#options = options;
    this.#coverage = options.coverage;
  }

  /** +CFUN: 1 full, 4 radio off, 0 minimum. */
  get functionality(): number {
    return this.#functionality;
  }

  /** +COPS: false once the host told it to leave the network. */
  get automatic(): boolean {
    return this.#automatic;
  }

  get registration(): Registration {
    return this.#registration;
  }

  get hasService(): boolean {
    return domains.some((domain) => statesWithMessages.includes(this.#registration[domain]));
  }

  /** Whether it is registered for circuit-switched services, beyond texts. */
  get hasCircuits(): boolean {
    return statesWithCircuits.includes(this.#registration.CREG);
  }

  /** Whether the network takes texts: not from a SIM that it lets use data alone, unless IMS carries them. */
  get carriesTexts(): boolean {
    return this.hasService && (this.#registration.CREG !== denied || this.textsOverIms);
  }

  /** A SIM has been unlocked and its network found. */
  found(sim: EmulatedSim): void {
    this.#sim = sim;
    this.#register();
  }

  /** The SIM or the power is gone. */
  lost(): void {
    this.#setRegistration(nowhere);
    this.#sim = undefined;
    this.#functionality = 1;
    this.#automatic = true;
  }

  setFunctionality(level: number): void {
    this.#functionality = level;
    this.#register();
  }

  setAutomatic(automatic: boolean): void {
    this.#automatic = automatic;
    this.#register();
  }

  /** Where the modem is from now on. */
  setCoverage(coverage: Partial<Registration>): void {
    this.#coverage = { ...this.#coverage, ...coverage };
    this.#register();
  }

  #register(): void {
    const able = this.#sim && this.#automatic && this.#functionality === 1;
    this.#setRegistration(able ? this.#coverage : nowhere);
  }

  #setRegistration(registration: Registration): void {
    const before = this.#registration;
    this.#registration = registration;
    for (const domain of domains) {
      if (before[domain] !== registration[domain]) this.emit('registration', domain);
    }
    if (!this.#sim) return;
    const { network, subscriber } = this.#options;
    if (this.hasService) network.attach(this.#sim, subscriber);
    else network.detach(this.#sim, subscriber);
  }
}
