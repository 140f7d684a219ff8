import type { WrittenCommand } from '../../gsm/at/command-line.ts';
import { readRegistration } from '../../gsm/at/commands.ts';
import type { CommandLine, Outcome } from '../../gsm/at/exchange.ts';
import type { RegistrationDomain } from '../../gsm/at/registration.ts';
import type { AtChannel } from '../at-channel.ts';
import { ModemError } from '../modem-error.ts';
import { type Effects, effectsOf } from './effects.ts';
import { type Changes, judge } from './judgement.ts';

/** A command line of a person's, and how long its answer may take. */
export interface ConsoleRequest {
  readonly line: string;
  readonly timeoutMs: number;
  /** Runs guarded commands too. */
  readonly force: boolean;
}

/** What the modem said. `result` is its final result as it came, undefined where none came in time. */
export interface ConsoleAnswer {
  readonly lines: readonly string[];
  readonly result: string | undefined;
  readonly ok: boolean;
  readonly elapsedMs: number;
  /** It asked for a text, which no console gives it: it was left with ESC. */
  readonly prompted: boolean;
  readonly changes: Changes;
}

/** The command line was not written; `message` says why. */
export class ConsoleRefusal extends Error {
  readonly code: 'guarded' | 'forbidden' | 'malformed';

  constructor(code: ConsoleRefusal['code'], message: string) {
    super(message);
    this.name = 'ConsoleRefusal';
    this.code = code;
  }
}

/** A command line that may be written. */
export interface CheckedConsole {
  readonly command: CommandLine;
  readonly changes: Changes;
  readonly effects: Effects;
}

/** Judges a command line. Throws a `ConsoleRefusal`. */
export function checkConsole({ line, timeoutMs, force }: ConsoleRequest): CheckedConsole {
  const judgement = judge(line, force);
  if (judgement.kind !== 'allowed') throw new ConsoleRefusal(judgement.kind, judgement.sentence);
  const { commands, changes } = judgement;
  const accepts = ownLines(commands);
  const command: CommandLine = { text: line, accepts, freeText: true, leavesPrompt: true, timeoutMs };
  return { command, changes, effects: effectsOf(commands) };
}

/** Runs a command line with the port to itself. Rejects with a `ModemError` when the port is lost meanwhile. */
export async function runConsole(
  channel: AtChannel,
  { command, changes }: Pick<CheckedConsole, 'command' | 'changes'>,
): Promise<ConsoleAnswer> {
  const { outcome, elapsedMs } = await channel.converse(command, 'control');
  if (outcome.kind === 'lost' && outcome.cause !== 'timeout') {
    throw new ModemError(outcome.cause, command.text);
  }
  return {
    lines: outcome.lines,
    result: resultOf(outcome),
    ok: outcome.kind === 'ok',
    elapsedMs: Math.round(elapsedMs),
    prompted: outcome.lines.includes('>'),
    changes,
  };
}

function resultOf(outcome: Outcome): string | undefined {
  if (outcome.kind === 'ok') return 'OK';
  return outcome.kind === 'refused' ? outcome.refusal.text : undefined;
}

/** A line with the name of one of the commands in front belongs to the answer, unless its shape is that of news. */
function ownLines(commands: readonly WrittenCommand[]): CommandLine['accepts'] {
  const tests = commands.map(ownLinesOf);
  return (line) => tests.some((isOwn) => isOwn(line));
}

const registrations: Readonly<Record<string, RegistrationDomain>> = {
  '+CREG': 'circuit',
  '+CGREG': 'packet',
  '+CEREG': 'evolved',
};

/** Names under which a modem also tells of things unasked, and the shape of an answer to the reading of a setting. */
const answers: Readonly<Record<string, RegExp>> = {
  '+CUSD': /^\+CUSD:\s*\d\s*$/,
  '+CLIP': /^\+CLIP:\s*\d\s*,\s*\d\s*$/,
};

function ownLinesOf({ name, form }: WrittenCommand): (line: string) => boolean {
  const prefix = `${name}:`;
  if (form === 'test') return (line) => line.toUpperCase().startsWith(prefix);
  const domain = registrations[name];
  if (domain) return readRegistration(domain).accepts;
  const shape = answers[name];
  return (line) => line.toUpperCase().startsWith(prefix) && (shape?.test(line) ?? true);
}
