import type { Settings } from './settings.ts';

/** What the editor needs of the modem around it. */
export interface LineEditorHost {
  readonly settings: Settings;
  echo(octets: string): void;
  /** A whole command line without its `AT`; undefined when it was longer than the modem can hold. */
  commandLine(body: string | undefined): void;
  /** Text typed at a prompt and ended by ctrl-Z; undefined when ESC gave it up. */
  text(text: string | undefined): void;
  /** A line end within the text asks for another prompt. */
  textLineEnd(): void;
}

/**
 *              A         T                S3
 *   waiting -----> 'A' -----> command ---------> busy ---(resume)---> waiting
 *      ^____________|                             |
 *                                  (prompting)    v      (collectText)
 *                                             swallowing ------------> text --ctrl-Z or ESC--> busy
 */
type State = 'waiting' | 'prefix' | 'command' | 'busy' | 'swallowing' | 'text';

const longestLine = 2048;
const longestText = 4096;
const longestTypeAhead = 65_536;

const cancelOctet = '\x18';
const escapeOctet = '\x1b';
const submitOctet = '\x1a';

/**
 * Makes command lines and message texts out of octets (V.250 5.2): prefix, echo, backspace, `A/`, the line end of
 * register S3. Octets that arrive while a command runs wait; those that arrive before a prompt are swallowed,
 * because a modem that has not yet asked for a text does not take it for one.
 */
export class LineEditor {
  readonly #host: LineEditorHost;
  #state: State = 'waiting';
  #pending = '';
  #line = '';
  #overflow = false;
  #lastLine = '';
  #echo = '';
  #draining = false;

  constructor(host: LineEditorHost) {
    this.#host = host;
  }

  receive(octets: string): void {
    if (this.#state === 'swallowing') return;
    this.#pending = (this.#pending + octets).slice(0, longestTypeAhead);
    this.#drain();
  }

  get atPrompt(): boolean {
    return this.#state === 'text' || this.#state === 'swallowing';
  }

  /** The command line is done: take the next one, perhaps typed ahead. */
  resume(): void {
    this.#state = 'waiting';
    this.#line = '';
    this.#drain();
  }

  /** From here until `collectText` whatever the host sends is lost. */
  swallow(): void {
    this.#state = 'swallowing';
    this.#pending = '';
  }

  collectText(): void {
    this.#state = 'text';
    this.#line = '';
    this.#overflow = false;
  }

  /** Forgets what was typed, as a restart does. */
  reset(): void {
    this.#state = 'waiting';
    this.#pending = '';
    this.#line = '';
    this.#echo = '';
  }

  /** Lines typed ahead are taken by one loop, however many there are. */
  #drain(): void {
    if (this.#draining) return;
    this.#draining = true;
    try {
      while (this.#pending !== '' && this.#state !== 'busy' && this.#state !== 'swallowing') this.#take();
    } finally {
      this.#draining = false;
    }
  }

  /** Works through the pending octets until a line or a text is whole. */
  #take(): void {
    const octets = this.#pending;
    this.#pending = '';
    for (let at = 0; at < octets.length; at++) {
      const whole =
        this.#state === 'text' ? this.#textOctet(octets.charAt(at)) : this.#commandOctet(octets.charAt(at));
      if (!whole) continue;
      this.#pending = octets.slice(at + 1);
      this.#state = 'busy';
      this.#flushEcho();
      return whole();
    }
    this.#flushEcho();
  }

  /** Returns what to do when `octet` ends a text. */
  #textOctet(octet: string): (() => void) | undefined {
    if (octet === submitOctet || octet === escapeOctet) {
      const text = octet === submitOctet ? this.#line : undefined;
      return () => this.#host.text(text);
    }
    this.#echoOctet(octet);
    if (octet === this.#register(5)) this.#line = this.#line.slice(0, -1);
    else if (this.#line.length < longestText) this.#line += octet;
    if (octet === this.#register(3)) {
      this.#flushEcho();
      this.#host.textLineEnd();
    }
    return undefined;
  }

  /** Returns what to do when `octet` ends a command line. */
  #commandOctet(octet: string): (() => void) | undefined {
    if (this.#state === 'command') return this.#lineOctet(octet);
    const letter = octet.toUpperCase();
    if (octet > ' ' && octet !== '\x7f') this.#echoOctet(octet);
    if (this.#state === 'prefix' && octet === '/') return () => this.#host.commandLine(this.#lastLine);
    if (this.#state === 'prefix' && letter === 'T') this.#beginLine();
    else this.#state = letter === 'A' ? 'prefix' : 'waiting';
    return undefined;
  }

  #beginLine(): void {
    this.#state = 'command';
    this.#line = '';
    this.#overflow = false;
  }

  #lineOctet(octet: string): (() => void) | undefined {
    this.#echoOctet(octet);
    if (octet === this.#register(3)) {
      this.#lastLine = this.#line;
      const body = this.#overflow ? undefined : this.#line;
      return () => this.#host.commandLine(body);
    }
    if (octet === this.#register(5) || octet === '\x7f') this.#line = this.#line.slice(0, -1);
    else if (octet === cancelOctet) this.#line = '';
    else if (octet >= ' ') this.#append(octet);
    return undefined;
  }

  #append(octet: string): void {
    if (this.#line.length < longestLine) this.#line += octet;
    else this.#overflow = true;
  }

  #register(number: 3 | 5): string {
    return String.fromCharCode(this.#host.settings.registers[number] ?? 0);
  }

  #echoOctet(octet: string): void {
    if (this.#host.settings.echo) this.#echo += octet;
  }

  #flushEcho(): void {
    if (this.#echo === '') return;
    const echo = this.#echo;
    this.#echo = '';
    this.#host.echo(echo);
  }
}
