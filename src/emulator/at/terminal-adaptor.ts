import type { CommandContext, CommandDefinition, CommandServices } from '../commands/definition.ts';
import { takeNext } from '../faults.ts';
import { frameResult, frameText } from './framing.ts';
import { garbled } from './garble.ts';
import { executeLine } from './interpreter.ts';
import { LineEditor } from './line-editor.ts';
import { Output } from './output.ts';
import type { Reply } from './reply.ts';
import { spoiltPdus } from './spoilt-pdus.ts';

interface TerminalAdaptorOptions {
  /** Which of the modem's AT ports it is: 0 the main one. */
  readonly port: number;
  readonly services: CommandServices;
  readonly commands: ReadonlyMap<string, CommandDefinition>;
  readonly random: () => number;
  readonly emit: (octets: string) => void;
  /** The answer to a command line is out. */
  readonly answered: () => void;
}

const tooLong: Reply = { texts: [], result: { kind: 'error' } };
const longestHeldBack = 100;

/** The half of a modem that talks to the host: lines in, one answer each, unsolicited lines in between. */
export class TerminalAdaptor {
  readonly #options: TerminalAdaptorOptions;
  readonly #output: Output;
  readonly #editor: LineEditor;
  readonly #context: CommandContext;
  #heldBack: string[] = [];
  #textWanted: ((text: string | undefined) => void) | undefined;
  /** Counts restarts: what an earlier life still has to say is not said. */
  #life = 0;

  constructor(options: TerminalAdaptorOptions) {
    const { services, random, emit } = options;
    this.#options = options;
    const { clock, faults } = services;
    this.#output = new Output({ clock, faults, random, emit, hung: () => this.#hung });
    this.#context = { ...services, prompt: () => this.prompt() };
    this.#editor = new LineEditor({
      settings: services.settings,
      echo: (octets) => this.#output.send(octets),
      commandLine: (body) => this.#execute(body),
      text: (text) => this.#textTyped(text),
      textLineEnd: () => this.#output.send(this.#promptText()),
    });
  }

  /** Octets from the host. */
  receive(octets: string): void {
    if (!this.#hung) this.#editor.receive(this.#context.faults.garbled ? garbled(octets) : octets);
  }

  get #hung(): boolean {
    const { hang, hungPorts } = this.#context.faults;
    return hang || hungPorts.includes(this.#options.port);
  }

  /** Says a line by itself; while the modem stands at a prompt it waits until the text is in. */
  unsolicited(text: string): void {
    const { faults, settings } = this.#context;
    const spoilt = spoiltPdus(text, faults);
    if (!this.#editor.atPrompt || faults.unsolicitedAtPrompt) this.#output.send(frameText(spoilt, settings));
    else this.#heldBack = [...this.#heldBack, text].slice(-longestHeldBack);
  }

  /** Puts octets on the line as they are. */
  raw(octets: string): void {
    this.#output.send(octets);
  }

  /** Asks the host for a text. What it sent before the prompt is lost; undefined when it sends ESC. */
  prompt(): Promise<string | undefined> {
    const { clock, faults } = this.#context;
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    this.#textWanted = resolve;
    this.#editor.swallow();
    const life = this.#life;
    if (faults.promptDelayMs === 0) this.#showPrompt();
    else clock.after(faults.promptDelayMs, () => life === this.#life && this.#showPrompt());
    return promise;
  }

  /** Forgets what is under way, as a loss of power does. */
  reset(): void {
    this.#life += 1;
    this.#editor.reset();
    this.#output.clear();
    this.#heldBack = [];
    this.#textWanted = undefined;
  }

  #showPrompt(): void {
    const { faults, settings } = this.#context;
    const said = (texts: readonly string[]) => texts.map((text) => frameText(text, settings)).join('');
    if (!takeNext(faults, 'loseNextPrompts'))
      this.#output.send(said(faults.beforePrompt) + this.#promptText() + said(faults.afterPrompt));
    this.#editor.collectText();
  }

  #promptText(): string {
    return this.#context.faults.prompt ?? this.#context.profile.prompt;
  }

  #textTyped(text: string | undefined): void {
    const wanted = this.#textWanted;
    this.#textWanted = undefined;
    this.#sayHeldBack();
    wanted?.(text);
  }

  #sayHeldBack(): void {
    const held = this.#heldBack;
    this.#heldBack = [];
    for (const text of held) this.unsolicited(text);
  }

  #execute(body: string | undefined): void {
    const life = this.#life;
    if (takeNext(this.#context.faults, 'ignoreNextCommands')) return this.#editor.resume();
    if (body === undefined) return this.#finish(tooLong, life);
    const answered = (texts: readonly string[]) => this.#output.send(this.#frameTexts(texts));
    const reply = executeLine(body, this.#options.commands, this.#context, answered);
    if (reply instanceof Promise) void reply.then((late) => this.#answer(late, life));
    else this.#answer(reply, life);
  }

  #answer(reply: Reply, life: number): void {
    const { clock, faults } = this.#context;
    if (faults.answerDelayMs === 0) this.#finish(reply, life);
    else clock.after(faults.answerDelayMs, () => this.#finish(reply, life));
  }

  #finish(reply: Reply, life: number): void {
    if (life !== this.#life) return;
    const { faults, settings } = this.#context;
    const inside = faults.insideAnswers.map((text) => frameText(text, settings)).join('');
    const answer = this.#frameTexts(reply.texts) + inside + frameResult(reply.result, settings);
    const broken = answer !== '' && takeNext(faults, 'truncateNextAnswers');
    this.#output.send(broken ? answer.slice(0, Math.ceil(answer.length / 2)) : answer);
    this.#options.answered();
    this.#editor.resume();
  }

  /** With a fault, unsolicited lines stand between the lines of one answer. */
  #frameTexts(texts: readonly string[]): string {
    const { faults, settings } = this.#context;
    const inside = faults.insideAnswers.map((text) => frameText(text, settings)).join('');
    const framed = texts.map((text) => frameText(spoiltPdus(text, faults), settings)).join('');
    if (inside === '') return framed;
    return framed.replace(/\r\n(?=\+CMG[LR]: )/g, (end, at: number) => (at === 0 ? end : `${end}${inside}`));
  }
}
