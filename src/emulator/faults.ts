import type { Result } from './at/reply.ts';

/** A refusal that a modem is told to give. */
export interface PlannedRefusal {
  /** Name of the command it meets, such as `+CMGS`. */
  readonly command: string;
  readonly result: Result;
  /** How many commands are still to be refused. */
  times: number;
  /** How long the modem thinks about it first. */
  readonly delayMs?: number;
  /**
   * When a text is refused: `command` instead of the prompt, `text` after ctrl-Z without a word to the network
   * (the default), `taken` after the network took it all the same.
   */
  readonly at?: 'command' | 'text' | 'taken';
}

/** How output is cut before it goes over the line. */
export interface Fragmentation {
  /** The longest piece in octets; each is between one and this. */
  readonly longest: number;
  /** Time between two pieces. */
  readonly gapMs: number;
}

/**
 * What can be wrong with a modem, as switches that may be turned at any time. All are off to begin with.
 * Whatever counts (`Next...`, `times`) counts itself down.
 */
export interface Faults {
  /** Takes octets and says nothing, not even by itself. */
  hang: boolean;
  fragments: Fragmentation | undefined;
  /** Octets put before each piece of output, as a bad cable does. */
  noise: string;
  /** Each answer comes this much later. */
  answerDelayMs: number;
  /** The network took the next texts, and the modem never says so. */
  loseNextSendResults: number;
  /** The result of each send comes this much later. */
  sendResultDelayMs: number;
  refusals: PlannedRefusal[];
  /** The next sends get no prompt at all. */
  loseNextPrompts: number;
  /** Replaces the profile's prompt, for one without its blank or on a line of its own. */
  prompt: string | undefined;
  /** The prompt comes this much later; what is typed before is lost. */
  promptDelayMs: number;
  /** Finds no room for any text, whatever the storages say. */
  storageFull: boolean;
  /** Answers AT+CPIN? with no OK behind it. */
  pinWithoutOk: boolean;
  /** The delivery report comes before the +CMGS that it belongs to. */
  reportBeforeResult: boolean;
  /** Unsolicited lines said in the middle of each answer of more than one line, and between answer and OK. */
  insideAnswers: readonly string[];
  /** Unsolicited lines come even between a prompt and its text. */
  unsolicitedAtPrompt: boolean;
}

export function noFaults(): Faults {
  return {
    hang: false,
    fragments: undefined,
    noise: '',
    answerDelayMs: 0,
    loseNextSendResults: 0,
    sendResultDelayMs: 0,
    refusals: [],
    loseNextPrompts: 0,
    prompt: undefined,
    promptDelayMs: 0,
    storageFull: false,
    pinWithoutOk: false,
    reportBeforeResult: false,
    insideAnswers: [],
    unsolicitedAtPrompt: false,
  };
}

/** The planned refusal that meets this command now, counted down; undefined where none does. */
export function takeRefusal(
  faults: Faults,
  command: string,
  at: readonly (PlannedRefusal['at'] | undefined)[],
): PlannedRefusal | undefined {
  const found = faults.refusals.find((planned) => planned.command === command && at.includes(planned.at));
  if (!found) return undefined;
  found.times -= 1;
  if (found.times <= 0) faults.refusals = faults.refusals.filter((planned) => planned !== found);
  return found;
}
