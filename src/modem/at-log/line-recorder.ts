import { BodyFinder } from './body-finder.ts';
import type { BodySpan, LogDirection } from './log-line.ts';
import { SecretMask } from './secret-mask.ts';

/** Takes one whole line, its PINs masked. */
export type Append = (direction: LogDirection, text: string, body?: BodySpan) => void;

/** Longer than any line of TS 27.005; what exceeds it is noise, and is written down in pieces. */
const longestLine = 4_096;

/** Makes lines out of what passes over one open port, in both directions. */
export class LineRecorder {
  readonly #append: Append;
  readonly #secrets = new SecretMask();
  readonly #bodies = new BodyFinder();
  #tail = '';

  constructor(append: Append) {
    this.#append = append;
  }

  /** Octets that were written. A line of the modem that has no end, such as a prompt, came before them. */
  wrote(octets: string): void {
    this.flush();
    for (const line of octets.split(/[\r\n]+/)) {
      if (line === '') continue;
      const text = visible(this.#secrets.written(line));
      this.#append('out', text, this.#bodies.written(text));
    }
  }

  /** Octets that came, cut anywhere. */
  arrived(octets: string): void {
    const lines = (this.#tail + octets.replaceAll('\0', '')).split(/[\r\n]/);
    this.#tail = lines.pop() ?? '';
    for (const line of lines) this.#arrivedLine(line);
    if (this.#tail.length > longestLine) this.flush();
  }

  /** Writes down a line that has no end yet. */
  flush(): void {
    const line = this.#tail;
    this.#tail = '';
    this.#arrivedLine(line);
  }

  #arrivedLine(line: string): void {
    const trimmed = line.trim();
    if (trimmed === '') return;
    const text = visible(this.#secrets.arrived(trimmed));
    this.#append('in', text, this.#bodies.arrived(text));
  }
}

const names: Readonly<Record<string, string>> = { '\x1a': '<ctrl-Z>', '\x1b': '<ESC>' };

/** Control characters by name or number: a log is read on screens that would obey them. */
function visible(line: string): string {
  return line.replace(
    /\p{Cc}/gu,
    (character) =>
      names[character] ?? `<${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}>`,
  );
}
