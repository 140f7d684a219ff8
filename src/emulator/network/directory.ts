import type { ArrivalQueue } from './arrival-queue.ts';
import type { EmulatedSim } from './emulated-sim.ts';
import { Phone, type PhoneBehaviour } from './phone.ts';

/** One of the network's own subscribers, and what is held for it. */
export interface Line {
  readonly sim: EmulatedSim;
  readonly queue: ArrivalQueue;
  /** A USSD dialogue waits for the subscriber's answer. */
  inDialogue: boolean;
}

/** Who has which number; numbers are compared by their digits, with or without the plus. */
export class Directory {
  readonly #lines = new Map<string, Line>();
  readonly #phones = new Map<string, Phone>();

  get lines(): readonly Line[] {
    return [...this.#lines.values()];
  }

  addLine(line: Line): void {
    const key = digits(line.sim.number);
    if (this.#lines.has(key)) {
      throw new Error(`The network has a SIM with the number ${line.sim.number} already.`);
    }
    this.#lines.set(key, line);
  }

  addPhone(number: string, behaviour: PhoneBehaviour): void {
    this.#phones.set(digits(number), new Phone(number, behaviour));
  }

  lineOf(number: string): Line | undefined {
    return this.#lines.get(digits(number));
  }

  /** A number that nobody added is a phone that receives and confirms. */
  phoneOf(number: string): Phone {
    return this.#phones.get(digits(number)) ?? new Phone(number, 'silent');
  }
}

function digits(number: string): string {
  return number.replace(/\D/g, '') || number;
}
