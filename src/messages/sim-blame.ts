import type { Clock } from '../clock.ts';
import type { Judgement, Refusal } from './refusal-judgement.ts';

/** Failures to so many different numbers, with no text taken between, blame the SIM. */
const numbersToBlame = 3;

/** Rests of a blamed SIM's queue, growing for as long as the first text after each is refused again. Milliseconds. */
const longestRestMs = 3_600_000;
const restsMs = [60_000, 300_000, 900_000, 1_800_000, longestRestMs];

/** More than these need not be told from fresh numbers when a text is chosen to try the SIM again. */
const mostNumbers = 100;

/**
 * Causes that may lie with the SIM that sends or with its network: barring, missing credit or subscription, a network
 * that is out of order or congested, no reason at all. Not among them: what speaks of the recipient (1, 22, 27, 30,
 * 195, 196) and of the message (95 to 97, 99, 304, 305, the other causes of a service centre). TS 24.011 annex E-2,
 * TS 23.040 9.2.3.22, TS 27.005 3.2.5.
 */
const simCauses: ReadonlySet<number> = new Set([
  8, 10, 17, 21, 28, 29, 38, 41, 42, 47, 50, 69, 98, 111, 127, 192, 193, 194, 255, 302, 303, 331, 500,
]);
const makersCauses = 512;

/** Whether a refused text may have been refused because of the SIM that it left from. */
export function speaksOfSim({ kind, code }: Refusal, judgement: Judgement): boolean {
  const ofNetwork = judgement.word === 'network_rejected';
  const refused = ['permanent', 'once-more', 'transient'].includes(judgement.class);
  if (!ofNetwork || !refused) return false;
  return kind !== 'cms' || code === undefined || simCauses.has(code) || code >= makersCauses;
}

/** How often the queue of a blamed SIM has rested, and until when: wall time, in milliseconds. */
export interface BlameStanding {
  readonly rests: number;
  readonly untilAt: number;
}

/**
 * Tells a bad SIM from bad numbers: one that cannot be reached fails as often as it is tried, and blames nobody; three
 * different ones in a row blame the SIM that they were sent from, and its queue rests. It outlives the sender, as
 * `QueueHold` does.
 */
export class SimBlame {
  readonly #clock: Clock;
  /** Numbers that failed since a text was last taken, oldest first. */
  readonly #numbers = new Set<string>();
  #rests = 0;
  /** Monotonic time. */
  #until = 0;

  /** @param kept what an earlier run of the program knew */
  constructor(clock: Clock, kept?: BlameStanding) {
    this.#clock = clock;
    if (!kept) return;
    this.#rests = kept.rests;
    this.#until = clock.monotonic() + Math.min(Math.max(kept.untilAt - clock.now(), 0), longestRestMs);
  }

  /** What is to be kept for the next run; undefined while nobody is blamed. */
  get standing(): BlameStanding | undefined {
    return this.blamed ? { rests: this.#rests, untilAt: this.#clock.now() + this.remainingMs } : undefined;
  }

  /** Whether the SIM is blamed, resting or being tried. */
  get blamed(): boolean {
    return this.#rests > 0;
  }

  /** How long the queue still rests, in milliseconds; then the first text tries the SIM. */
  get remainingMs(): number {
    return Math.max(0, this.#until - this.#clock.monotonic());
  }

  /** The numbers that failed: a text to another one says more about the SIM. */
  get numbers(): readonly string[] {
    return [...this.#numbers];
  }

  /** A text was refused in a way that speaks of the SIM; true when its queue rests from now on, or rests again. */
  failed(recipient: string): boolean {
    if (this.#numbers.size < mostNumbers) this.#numbers.add(recipient);
    if (!this.blamed && this.#numbers.size < numbersToBlame) return false;
    this.#until = this.#clock.monotonic() + (restsMs[Math.min(this.#rests, restsMs.length - 1)] ?? 0);
    this.#rests++;
    return true;
  }

  /** The network took a text; true when the SIM was blamed until now. */
  succeeded(): boolean {
    const { blamed } = this;
    this.#numbers.clear();
    this.#rests = 0;
    this.#until = 0;
    return blamed;
  }
}

/** What a person is told of a blamed SIM. */
export function blameSentence(refusal: Refusal, judgement: Judgement): string {
  return (
    `The network refuses the texts of this SIM: ${judgement.sentence} (${refusal.text}). Check its credit, and ask ` +
    'the operator whether its texts are barred. It is tried again by itself.'
  );
}
