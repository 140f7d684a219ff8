import type { Clock, Timer } from '../../clock.ts';
import type { Faults } from '../faults.ts';
import { garbled } from './garble.ts';

interface OutputOptions {
  readonly clock: Clock;
  readonly faults: Faults;
  /** Whether nothing goes out now. */
  readonly hung: () => boolean;
  readonly random: () => number;
  readonly emit: (octets: string) => void;
}

const longestBacklog = 262_144;

/** Octets on their way out, in order: at once as a rule, cut, delayed or spoilt where a fault says so. */
export class Output {
  readonly #options: OutputOptions;
  #waiting = '';
  #timer: Timer | undefined;

  constructor(options: OutputOptions) {
    this.#options = options;
  }

  send(octets: string): void {
    const { faults, hung, emit } = this.#options;
    if (octets === '' || hung()) return;
    const spoilt = faults.noise + (faults.garbled ? garbled(octets) : octets);
    if (this.#waiting === '' && !faults.fragments) return emit(spoilt);
    this.#waiting = (this.#waiting + spoilt).slice(0, longestBacklog);
    if (!this.#timer) this.#piece();
  }

  /** Drops what has not gone out yet. */
  clear(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#waiting = '';
  }

  #piece(): void {
    this.#timer = undefined;
    const { clock, faults, hung, emit, random } = this.#options;
    if (hung()) return this.clear();
    const { longest, gapMs } = faults.fragments ?? { longest: this.#waiting.length, gapMs: 0 };
    const piece = this.#waiting.slice(0, 1 + Math.floor(random() * longest));
    this.#waiting = this.#waiting.slice(piece.length);
    emit(piece);
    if (this.#waiting !== '') this.#timer = clock.after(gapMs, () => this.#piece());
  }
}
