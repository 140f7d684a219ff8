import type { Clock, Timer } from '../../clock.ts';
import { type Faults, noFaults } from '../faults.ts';
import type { EmulatedModem } from '../modem.ts';
import type { Target } from './named-fault.ts';
import { readFault } from './written-fault.ts';

interface Pending {
  readonly timer: Timer | undefined;
  readonly act: () => void;
}

/** Strikes a modem with faults by their words, and takes them back when their time is over or it is told to. */
export class Saboteur {
  readonly #modem: EmulatedModem;
  readonly #clock: Clock;
  readonly #pending = new Set<Pending>();

  constructor(modem: EmulatedModem, clock: Clock) {
    this.#modem = modem;
    this.#clock = clock;
  }

  /** Strikes with `hang`, `hang=30` or `slow=500,60`. Throws a `FaultError` for anything else. */
  strike(written: string): void {
    const { fault, amounts } = readFault(written);
    const [first = 0, second = 0] = amounts;
    const target: Target = {
      modem: this.#modem,
      suffers: (faults, seconds) => this.#suffer(faults, seconds),
      later: (seconds, act) => this.#later(seconds, act),
    };
    fault.strike(target, first, second);
  }

  /** Takes back all that was done; what has happened to texts meanwhile has happened. */
  mend(): void {
    for (const pending of [...this.#pending]) {
      this.#pending.delete(pending);
      pending.timer?.cancel();
      pending.act();
    }
    Object.assign(this.#modem.faults, noFaults());
  }

  #suffer(faults: Partial<Faults>, seconds: number): void {
    Object.assign(this.#modem.faults, faults);
    if (seconds === 0) return;
    const none = noFaults();
    const off = Object.fromEntries(Object.keys(faults).map((name) => [name, none[name as keyof Faults]]));
    this.#later(seconds, () => Object.assign(this.#modem.faults, off));
  }

  #later(seconds: number, act: () => void): void {
    const timer = seconds > 0 ? this.#clock.after(1_000 * seconds, () => due()) : undefined;
    const pending: Pending = { timer, act };
    const due = () => {
      this.#pending.delete(pending);
      act();
    };
    this.#pending.add(pending);
  }
}
