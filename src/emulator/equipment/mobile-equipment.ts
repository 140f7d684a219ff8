import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../../clock.ts';
import type { RegistrationDomain } from '../at/settings.ts';
import type { EmulatedNetwork } from '../network/emulated-network.ts';
import type { EmulatedSim } from '../network/emulated-sim.ts';
import type { Subscriber } from '../network/subscriber.ts';
import type { Profile } from '../profiles/profile.ts';
import { MessageStorage } from './message-storage.ts';

/** Registration states by domain (27.007 7.2): 0 not, 1 home, 2 searching, 3 denied, 5 roaming, 6 and 7 SMS only. */
export type Registration = Readonly<Record<RegistrationDomain, number>>;

export type SimState = 'absent' | 'busy' | 'pin' | 'puk' | 'dead' | 'ready';

interface EquipmentEvents {
  /** A line that the modem says by itself. */
  unsolicited: [text: string];
  registration: [domain: RegistrationDomain];
  /** Once a ring of an incoming call. */
  ring: [];
}

/** A call that rings; without a number when the caller hides it. */
export interface IncomingCall {
  readonly number: string | undefined;
  /** Type of address: 145 international, 129 otherwise, 128 hidden. */
  readonly type: number;
}

interface EquipmentOptions {
  readonly clock: Clock;
  readonly network: EmulatedNetwork;
  readonly profile: Profile;
  readonly imei: string;
  readonly sim: EmulatedSim | undefined;
  readonly subscriber: Subscriber;
}

const domains: readonly RegistrationDomain[] = ['CREG', 'CGREG', 'CEREG'];
const nowhere: Registration = { CREG: 0, CGREG: 0, CEREG: 0 };
const ringEveryMs = 5_000;
const statesWithMessages = [1, 5, 6, 7, 9, 10];

/** The radio half of a modem: power, SIM, registration, its own message storages. */
export class MobileEquipment extends EventEmitter<EquipmentEvents> {
  readonly imei: string;
  readonly network: EmulatedNetwork;
  readonly storages: { readonly ME: MessageStorage; readonly SR: MessageStorage };
  /** +CSQ: 0 to 31, 99 unknown. */
  signal = 20;
  readonly #options: EquipmentOptions;
  readonly #timers = new Set<Timer>();
  #ringing: IncomingCall | undefined;
  #nextRing: Timer | undefined;
  #sim: EmulatedSim | undefined;
  #powered = false;
  #functionality = 1;
  #simAwake = false;
  #messagesAwake = false;
  #searched = false;
  #automatic = true;
  #coverage: Registration;
  #registration: Registration = nowhere;

  constructor(options: EquipmentOptions) {
    super();
    this.#options = options;
    this.imei = options.imei;
    this.network = options.network;
    this.#sim = options.sim;
    this.#coverage = options.profile.registration;
    const { ME, SR } = options.profile.capacity;
    this.storages = { ME: new MessageStorage(ME), SR: new MessageStorage(SR) };
  }

  get powered(): boolean {
    return this.#powered;
  }

  get sim(): EmulatedSim | undefined {
    return this.#sim;
  }

  get simState(): SimState {
    if (!this.#sim) return 'absent';
    return this.#simAwake ? this.#sim.lock.state : 'busy';
  }

  /** Whether message commands are served yet; some modems need seconds after power-on or the PIN. */
  get messagesReady(): boolean {
    return this.#messagesAwake;
  }

  /** +CFUN: 1 full, 4 radio off, 0 minimum. */
  get functionality(): number {
    return this.#functionality;
  }

  get registration(): Registration {
    return this.#registration;
  }

  get hasService(): boolean {
    return domains.some((domain) => statesWithMessages.includes(this.#registration[domain]));
  }

  powerOn(): void {
    if (this.#powered) return;
    this.#powered = true;
    this.#functionality = 1;
    this.#automatic = true;
    for (const boot of this.#options.profile.boot) this.#after(boot.afterMs, () => this.#say(boot));
    this.#wakeSim();
  }

  powerOff(): void {
    if (!this.#powered) return;
    this.#powered = false;
    this.#fallAsleep();
    this.#sim?.lock.powerOff();
    this.#setRegistration(nowhere);
  }

  /** Takes the SIM out, or puts another in; the modem notices at once. */
  changeSim(sim: EmulatedSim | undefined): void {
    this.#fallAsleep();
    this.#sim?.lock.powerOff();
    this.#setRegistration(nowhere);
    this.#sim = sim;
    if (this.#powered) this.#wakeSim();
  }

  setFunctionality(level: number): void {
    this.#functionality = level;
    this.#searched = false;
    this.#register();
    if (level === 1 && this.simState === 'ready') this.#search();
  }

  /** The call that rings now. */
  get ringing(): IncomingCall | undefined {
    return this.#ringing;
  }

  ring(number: string | undefined): void {
    this.endCall();
    const type = number === undefined ? 128 : number.startsWith('+') ? 145 : 129;
    this.#ringing = { number, type };
    this.#ringAgain();
  }

  /** The caller gave up, or the host hung up. */
  endCall(): boolean {
    const rang = this.#ringing !== undefined;
    this.#ringing = undefined;
    this.#nextRing?.cancel();
    return rang;
  }

  #ringAgain(): void {
    this.emit('ring');
    this.#nextRing = this.#options.clock.after(ringEveryMs, () => this.#ringAgain());
  }

  /** +COPS: false once the host told it to leave the network. */
  get automatic(): boolean {
    return this.#automatic;
  }

  setAutomatic(automatic: boolean): void {
    this.#automatic = automatic;
    this.#register();
  }

  /** Where the modem is from now on: what each domain shows once it may register. */
  setCoverage(coverage: Partial<Registration>): void {
    this.#coverage = { ...this.#coverage, ...coverage };
    this.#register();
  }

  /** The SIM was unlocked: what had to wait for it goes on. */
  unlocked(): void {
    this.#after(this.#options.profile.timing.messagesMs, () => {
      this.#messagesAwake = true;
    });
    this.#search();
  }

  #search(): void {
    this.#after(this.#options.profile.timing.registrationMs, () => {
      this.#searched = true;
      this.#register();
    });
  }

  #wakeSim(): void {
    this.#after(this.#options.profile.timing.simMs, () => {
      this.#simAwake = true;
      if (this.simState === 'ready') this.unlocked();
    });
  }

  #fallAsleep(): void {
    this.endCall();
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
    this.#simAwake = false;
    this.#messagesAwake = false;
    this.#searched = false;
  }

  #say(boot: Profile['boot'][number]): void {
    if (boot.whenReady && this.simState !== 'ready') return;
    this.emit('unsolicited', boot.text);
  }

  #register(): void {
    const able =
      this.#powered &&
      this.#automatic &&
      this.#functionality === 1 &&
      this.simState === 'ready' &&
      this.#searched;
    this.#setRegistration(able ? this.#coverage : nowhere);
  }

  #setRegistration(registration: Registration): void {
    const before = this.#registration;
    this.#registration = registration;
    for (const domain of domains) {
      if (before[domain] !== registration[domain]) this.emit('registration', domain);
    }
    if (!this.#sim) return;
    if (this.hasService) this.network.attach(this.#sim, this.#options.subscriber);
    else this.network.detach(this.#sim, this.#options.subscriber);
  }

  /** Without a delay at once, so that a modem of no latency needs no turn of the clock. */
  #after(delayMs: number, action: () => void): void {
    if (delayMs === 0) return action();
    const timer = this.#options.clock.after(delayMs, () => {
      this.#timers.delete(timer);
      action();
    });
    this.#timers.add(timer);
  }
}
