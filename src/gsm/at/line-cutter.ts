/** What the cutter makes of octets: a line without its end, or the `>` at which a modem waits for a PDU. */
export type Token = { readonly type: 'line'; readonly text: string } | { readonly type: 'prompt' };

/** Longer than any line of TS 27.005: a PDU is at most 176 octets, 352 digits. What exceeds it is noise. */
const longestLine = 4_096;

/** A USSD answer may hold line ends inside its quotes; past this length the quote was never meant to close. */
const longestQuotation = 2_000;

/** Lines that show that a quotation was cut off by noise and the modem has gone on. */
const neverQuoted = /^(?:OK|ERROR|RING|[+^][A-Z]+(?: ERROR)?: ?.*)$/;

/**
 * Cuts a modem's octets into lines and prompts, however they were divided on the way.
 *
 * ```
 *   octets ── strip noise ── split at CR and LF ── drop empty ── join an open quotation ──► line
 *                                  └── unterminated tail is `>` and a prompt is awaited ──► prompt
 * ```
 *
 * A prompt has no line end (TS 27.005 3.5.1), so it is looked for in the tail, and only while one is awaited:
 * elsewhere `>` is the beginning of some line. It knows nothing of what a line means.
 *
 * NUL is noise, but within the quotes of a USSD answer, where it may be an `@` of the default alphabet (TS 23.038 6.2.1).
 */
export class LineCutter {
  #tail = '';
  #quotation: string | undefined;
  #discarding = false;

  /** Set while the command that was written waits for a prompt. */
  promptAwaited = false;

  /** Takes octets as latin1; returns what is complete now. */
  push(octets: string): Token[] {
    const tokens: Token[] = [];
    if (!octets.includes('\0')) this.#take(octets, tokens);
    else
      for (const [at, piece] of octets.split('\0').entries())
        this.#take(at > 0 && this.#isWithinQuotes ? `\0${piece}` : piece, tokens);
    return tokens;
  }

  #take(octets: string, tokens: Token[]): void {
    this.#tail += octets;
    for (let end = this.#lineEnd(); end >= 0; end = this.#lineEnd()) {
      const line = this.#tail.slice(0, end);
      this.#tail = this.#tail.slice(end + 1);
      this.#line(line, tokens);
    }
    this.#checkTail(tokens);
  }

  /** Whether the next octet stands between the quotes of a USSD answer. */
  get #isWithinQuotes(): boolean {
    if (this.#quotation !== undefined) return opensQuotation(this.#quotation + this.#tail);
    return isUssd(this.#tail.trimStart()) && opensQuotation(this.#tail);
  }

  /** Forgets an unfinished line: after a resynchronisation nothing of before belongs to what comes. */
  reset(): void {
    this.#tail = '';
    this.#quotation = undefined;
    this.#discarding = false;
  }

  #lineEnd(): number {
    const carriageReturn = this.#tail.indexOf('\r');
    const lineFeed = this.#tail.indexOf('\n');
    if (carriageReturn < 0) return lineFeed;
    return lineFeed < 0 ? carriageReturn : Math.min(carriageReturn, lineFeed);
  }

  #line(line: string, tokens: Token[]): void {
    if (this.#discarding || line.length > longestLine) {
      this.#discarding = false;
      return;
    }
    if (this.#quotation !== undefined) return this.#continueQuotation(line, tokens);
    const text = line.trim();
    if (text === '') return;
    if (this.promptAwaited && /^>\s*$/.test(text)) return this.#prompt(tokens);
    if (isUssd(text) && opensQuotation(text)) {
      this.#quotation = text;
      return;
    }
    tokens.push({ type: 'line', text });
  }

  /** CR LF inside a quotation arrives as two ends; the empty half adds nothing. */
  #continueQuotation(line: string, tokens: Token[]): void {
    const plain = line.replaceAll('\0', '').trim();
    if (neverQuoted.test(plain)) {
      tokens.push({ type: 'line', text: this.#quotation ?? '' });
      this.#quotation = undefined;
      return this.#line(plain, tokens);
    }
    const joined = line === '' ? (this.#quotation ?? '') : `${this.#quotation}\n${line}`;
    if (opensQuotation(joined) && joined.length < longestQuotation) {
      this.#quotation = joined;
      return;
    }
    this.#quotation = undefined;
    tokens.push({ type: 'line', text: joined.trim() });
  }

  #checkTail(tokens: Token[]): void {
    if (this.promptAwaited && !this.#discarding && /^\s*>\s*$/.test(this.#tail)) {
      this.#tail = '';
      this.#prompt(tokens);
    } else if (this.#tail.length > longestLine) {
      this.#tail = '';
      this.#discarding = true;
    }
  }

  #prompt(tokens: Token[]): void {
    this.promptAwaited = false;
    tokens.push({ type: 'prompt' });
  }
}

function isUssd(line: string): boolean {
  return line.startsWith('+CUSD:');
}

function opensQuotation(text: string): boolean {
  return text.split('"').length % 2 === 0;
}
