import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../../clock.ts';
import type { Faults } from '../faults.ts';
import type { EmulatedNetwork } from '../network/emulated-network.ts';
import type { EmulatedSim } from '../network/emulated-sim.ts';
import type { Subscriber } from '../network/subscriber.ts';
import type { Profile } from '../profiles/profile.ts';
import { IncomingCalls } from './incoming-calls.ts';
import { MessageStorage } from './message-storage.ts';
import { Radio } from './radio.ts';

export type SimState = 'absent' | 'busy' | 'pin' | 'puk' | 'dead' | 'ready';

interface EquipmentOptions {
  readonly clock: Clock;
  readonly network: EmulatedNetwork;
  readonly profile: Profile;
  readonly faults: Faults;
  readonly imei: string;
  readonly sim: EmulatedSim | undefined;
  readonly subscriber: Subscriber;
}

/** The half of a modem that is a telephone: power, SIM, radio, its own message storages, calls. */
export class MobileEquipment extends EventEmitter<{ unsolicited: [text: string] }> {
  readonly imei: string;
  readonly network: EmulatedNetwork;
  readonly radio: Radio;
  readonly calls: IncomingCalls;
  readonly storages: { readonly ME: MessageStorage; readonly SR: MessageStorage };
  readonly #clock: Clock;
  readonly #profile: Profile;
  readonly #faults: Faults;
  readonly #timers = new Set<Timer>();
  #sim: EmulatedSim | undefined;
  #powered = false;
  #simAwake = false;
  #messagesAwake = false;
  #starting = false;

  constructor({ clock, network, profile, faults, imei, sim, subscriber }: EquipmentOptions) {
    super();
    this.imei = imei;
    this.network = network;
    this.#clock = clock;
    this.#profile = profile;
    this.#faults = faults;
    this.#sim = sim;
    this.radio = new Radio({ network, subscriber, coverage: profile.registration });
    this.calls = new IncomingCalls(clock);
    const { ME, SR } = profile.capacity;
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
    return this.#simAwake && !this.#faults.simBusy ? this.#sim.lock.state : 'busy';
  }

  /** Whether message commands are served yet; some modems need seconds after power-on or the PIN. */
  get messagesReady(): boolean {
    return this.#messagesAwake;
  }

  /** Whether it has power and does not take commands yet. */
  get starting(): boolean {
    return this.#starting;
  }

  powerOn(): void {
    if (this.#powered) return;
    this.#powered = true;
    const { starting } = this.#profile;
    this.#starting = starting !== undefined;
    if (starting) {
      this.#after(starting.forMs, () => {
        this.#starting = false;
      });
    }
    this.#sayFrom('power');
    this.#wakeSim();
  }

  powerOff(): void {
    if (!this.#powered) return;
    this.#powered = false;
    this.#fallAsleep();
  }

  /** Takes the SIM out, or puts another in; the modem notices at once, and many say nothing of it. */
  changeSim(sim: EmulatedSim | undefined): void {
    const had = this.#sim !== undefined;
    this.#fallAsleep();
    this.#sim = sim;
    if (!this.#powered) return;
    const { simGone } = this.#profile;
    if (had && simGone) this.emit('unsolicited', simGone);
    this.#wakeSim();
  }

  /** The SIM was unlocked: what had to wait for it goes on. */
  unlocked(): void {
    const { messagesMs, registrationMs } = this.#profile.timing;
    this.#after(messagesMs, () => {
      this.#messagesAwake = true;
    });
    this.#after(registrationMs, () => {
      if (this.#sim) this.radio.found(this.#sim);
    });
    this.#sayFrom('unlocked');
  }

  #wakeSim(): void {
    this.#after(this.#profile.timing.simMs, () => {
      this.#simAwake = true;
      if (this.simState === 'ready') this.unlocked();
    });
  }

  /** Without power or SIM nothing goes on, and the card forgets that it was unlocked. */
  #fallAsleep(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
    this.calls.end();
    this.#starting = false;
    this.#simAwake = false;
    this.#messagesAwake = false;
    this.#sim?.lock.powerOff();
    this.radio.lost();
  }

  #sayFrom(moment: 'power' | 'unlocked'): void {
    if (this.#faults.silentStart) return;
    for (const { from, afterMs, text } of this.#profile.boot) {
      if (from === moment) this.#after(afterMs, () => this.emit('unsolicited', text));
    }
  }

  /** Without a delay at once, so that a modem of no latency needs no turn of the clock. */
  #after(delayMs: number, action: () => void): void {
    if (delayMs === 0) return action();
    const timer = this.#clock.after(delayMs, () => {
      this.#timers.delete(timer);
      action();
    });
    this.#timers.add(timer);
  }
}
