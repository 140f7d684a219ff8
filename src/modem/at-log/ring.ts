import type { LogLine } from './log-line.ts';

/** How much is kept of one modem, and of how many modems. */
export interface AtLogLimits {
  readonly lines: number;
  /** Characters of all lines together. */
  readonly characters: number;
  readonly modems: number;
}

/** The newest lines of one modem, oldest first. */
export class Ring {
  readonly #limits: AtLogLimits;
  #lines: LogLine[] = [];
  #characters = 0;

  constructor(limits: AtLogLimits) {
    this.#limits = limits;
  }

  /** Sequence number of the newest line; 0 while there is none. */
  get last(): number {
    return this.#lines.at(-1)?.seq ?? 0;
  }

  add(line: LogLine): void {
    this.#lines.push(line);
    this.#characters += line.text.length;
    this.#trim();
  }

  /** Takes over what another ring holds. */
  merge(other: Ring): void {
    this.#lines = [...this.#lines, ...other.#lines].sort((a, b) => a.seq - b.seq);
    this.#characters += other.#characters;
    this.#trim();
  }

  /** Changes the lines that `isMeant` finds; how many. */
  rewrite(isMeant: (line: LogLine) => boolean, change: (line: LogLine) => LogLine): number {
    let count = 0;
    this.#lines = this.#lines.map((line) => {
      if (!isMeant(line)) return line;
      const changed = change(line);
      this.#characters += changed.text.length - line.text.length;
      count++;
      return changed;
    });
    return count;
  }

  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  #trim(): void {
    let drop = 0;
    while (this.#lines.length - drop > this.#limits.lines || this.#characters > this.#limits.characters) {
      this.#characters -= this.#lines[drop]?.text.length ?? 0;
      drop++;
    }
    if (drop > 0) this.#lines.splice(0, drop);
  }
}
