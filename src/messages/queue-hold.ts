import type { Clock } from '../clock.ts';

/** Rests after failures that blame SIM or modem, growing while they come one after another. Milliseconds. */
const restsMs = [5_000, 15_000, 60_000, 300_000];

/** So many failures in a row are no passing trouble any more, and a person is told. */
const failuresToTell = 3;

/** What keeps the texts of a SIM from leaving though its modem serves: the word for it, and a sentence for people. */
export interface HeldTrouble {
  readonly word: 'sim_failure' | 'needs_person';
  readonly sentence: string;
}

/**
 * Holds the queue of one SIM while SIM or modem are in trouble. It outlives the sender, which ends each time that the
 * modem is brought up anew: else every new start would be a first failure.
 */
export class QueueHold {
  readonly #clock: Clock;
  #failures = 0;
  /** Monotonic time. */
  #until = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How long the queue still rests, in milliseconds. */
  get remainingMs(): number {
    return Math.max(0, this.#until - this.#clock.monotonic());
  }

  /** Whether a person is to be told. */
  get lasts(): boolean {
    return this.#failures >= failuresToTell;
  }

  /** Another failure: the queue rests, for longer than after the one before. */
  begin(): void {
    const restMs = restsMs[Math.min(this.#failures, restsMs.length - 1)] ?? 0;
    this.#failures++;
    this.#until = this.#clock.monotonic() + restMs;
  }

  /** A text was taken; true when a person was told until now. */
  end(): boolean {
    const { lasts } = this;
    this.#failures = 0;
    this.#until = 0;
    return lasts;
  }
}

/** What a person is told of SIM (`sim_failure`) or modem that texts cannot be handed over to, and why that is. */
export function heldTrouble(ofSim: boolean, why: string): HeldTrouble {
  const help = ofSim
    ? 'Take the SIM out, clean it and put it back'
    : 'Pull the modem out and plug it in again';
  const sentence = `No text can be handed over: ${why}. It is tried again by itself. ${help} if this does not pass.`;
  return { word: ofSim ? 'sim_failure' : 'needs_person', sentence };
}
