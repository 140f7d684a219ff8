import type { PlannedRefusal } from './planned-refusal.ts';

/** How output is cut before it goes over the line. */
export interface Fragmentation {
  /** The longest piece in octets; each is between one and this. */
  readonly longest: number;
  /** Time between two pieces. */
  readonly gapMs: number;
}

/**
 * What can be wrong with a modem, as switches that may be turned at any time. All are off to begin with.
 * Whatever counts (`...Next...`, `times`) counts itself down. `EmulatedModem` has what happens at a moment instead:
 * a restart, a lost setting, a vanished SIM. `named-faults.ts` has all of it under a word for each.
 */
export interface Faults {
  // The line ---------------------------------------------------------------------------------------------------

  /** Takes octets and says nothing, not even by itself. */
  hang: boolean;
  /** What ends a hang besides its switch: nothing, a loss of power, or a host that opens the port anew as well. */
  hangEndsWith: 'nothing' | 'power' | 'opening';
  /** AT ports that hang while the others go on: 0 the main one, 1 the second. */
  hungPorts: readonly number[];
  /** Hangs at the ctrl-Z of the next text, before or after the network took it. */
  hangAtNextText: 'before' | 'after' | undefined;
  fragments: Fragmentation | undefined;
  /** Octets put before each piece of output, as a bad cable does. */
  noise: string;
  /** Both sides hear each other as at a wrong rate. */
  garbled: boolean;
  /** The next command lines are swallowed, as by a line that was asleep. */
  ignoreNextCommands: number;
  /** Each answer comes this much later. */
  answerDelayMs: number;
  /** The next answers break off in the middle, and the rest never comes. */
  truncateNextAnswers: number;
  /** Answers AT+CPIN? with no OK behind it. */
  pinWithoutOk: boolean;

  // Sending ----------------------------------------------------------------------------------------------------

  refusals: PlannedRefusal[];
  /** The network takes texts over this side alone (+CGSMS). */
  textsOnlyOver: 'circuits' | 'packets' | undefined;
  /** The network took the next texts, and the modem never says so. */
  loseNextSendResults: number;
  /** The next texts are answered with their reference and no OK. */
  loseNextSendOks: number;
  /** Tells 0 for the reference of every text. */
  zeroReferences: boolean;
  /** The result of each send comes this much later. */
  sendResultDelayMs: number;
  /** The next sends get no prompt at all. */
  loseNextPrompts: number;
  /** Replaces the profile's prompt, for one without its blank or on a line of its own. */
  prompt: string | undefined;
  /** The prompt comes this much later; what is typed before is lost. */
  promptDelayMs: number;
  /** The delivery report comes before the +CMGS that it belongs to. */
  reportBeforeResult: boolean;

  // Unsolicited lines in the wrong place -----------------------------------------------------------------------

  /** Said in the middle of each answer of more than one line, and between answer and OK. */
  insideAnswers: readonly string[];
  /** Said between a header and its PDU, in answers and by itself. */
  beforePdus: readonly string[];
  /** Said between the command of a send and its prompt. */
  beforePrompt: readonly string[];
  /** Said between the prompt and the text. */
  afterPrompt: readonly string[];
  /** Unsolicited lines come even between a prompt and its text. */
  unsolicitedAtPrompt: boolean;

  // Texts that arrive ------------------------------------------------------------------------------------------

  /** Finds no room for any text, whatever the storages say. */
  storageFull: boolean;
  /** The lengths told with PDUs are wrong by this many octets. */
  lengthError: number;
  /** Each notice of an arrival is said twice. */
  noticesTwice: boolean;
  /** The next notices of arrivals are not said. */
  loseNextNotices: number;
  /** The next deletions are answered OK, and nothing is deleted. */
  keepNextDeleted: number;

  // The card and the start -------------------------------------------------------------------------------------

  /** The SIM says that it is busy. */
  simBusy: boolean;
  /** Starts without a word. */
  silentStart: boolean;
}

export function noFaults(): Faults {
  return {
    hang: false,
    hangEndsWith: 'nothing',
    hungPorts: [],
    hangAtNextText: undefined,
    fragments: undefined,
    noise: '',
    garbled: false,
    ignoreNextCommands: 0,
    answerDelayMs: 0,
    truncateNextAnswers: 0,
    pinWithoutOk: false,
    refusals: [],
    textsOnlyOver: undefined,
    loseNextSendResults: 0,
    loseNextSendOks: 0,
    zeroReferences: false,
    sendResultDelayMs: 0,
    loseNextPrompts: 0,
    prompt: undefined,
    promptDelayMs: 0,
    reportBeforeResult: false,
    insideAnswers: [],
    beforePdus: [],
    beforePrompt: [],
    afterPrompt: [],
    unsolicitedAtPrompt: false,
    storageFull: false,
    lengthError: 0,
    noticesTwice: false,
    loseNextNotices: 0,
    keepNextDeleted: 0,
    simBusy: false,
    silentStart: false,
  };
}

type Counted =
  | 'ignoreNextCommands'
  | 'truncateNextAnswers'
  | 'loseNextSendResults'
  | 'loseNextSendOks'
  | 'loseNextPrompts'
  | 'loseNextNotices'
  | 'keepNextDeleted';

/** Whether a fault that counts meets what happens now; counts it down. */
export function takeNext(faults: Faults, counted: Counted): boolean {
  if (faults[counted] === 0) return false;
  faults[counted] -= 1;
  return true;
}
