const longestLine = 2_000;

/** Lines that say why a program ended: an error nobody caught, and what the engine says when it gives up. */
const causes = [/^(?:Uncaught )?(?:[A-Z]\w*)?Error(?: \[\w+\])?: (.+)$/, /^FATAL ERROR: (.+)$/];

/** Reads an output and keeps the line that tells why its program ended, however much was written before. */
export class LastWords {
  #open = '';
  #cause: string | undefined;

  /** Takes the next piece, cut anywhere. */
  add(piece: string): void {
    const lines = (this.#open + piece).split(/\r?\n/);
    this.#open = (lines.pop() ?? '').slice(-longestLine);
    for (const line of lines) this.#cause = causeIn(line) ?? this.#cause;
  }

  /** What the error said, without its name; undefined where nothing was said of one. */
  get cause(): string | undefined {
    return causeIn(this.#open) ?? this.#cause;
  }
}

function causeIn(line: string): string | undefined {
  const shown = line.slice(0, longestLine);
  return causes.map((form) => form.exec(shown)?.[1]).find((cause) => cause !== undefined);
}
