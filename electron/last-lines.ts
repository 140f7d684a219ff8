const mostLines = 50;
const longestLine = 2_000;

/** The last lines of an output: enough to tell why a process ended, however much it wrote before. */
export class LastLines {
  #lines: string[] = [];
  #open = '';

  /** Takes the next piece, cut anywhere. */
  add(piece: string): void {
    const parts = (this.#open + piece).split(/\r?\n/);
    this.#open = (parts.pop() ?? '').slice(-longestLine);
    const whole = parts.filter((line) => line !== '').map((line) => line.slice(0, longestLine));
    this.#lines = [...this.#lines, ...whole].slice(-mostLines);
  }

  /** The last line that is not empty. */
  last(): string | undefined {
    return this.#open || this.#lines.at(-1);
  }
}
