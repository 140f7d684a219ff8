import { commandsOf, type WrittenCommand } from '../../gsm/at/command-line.ts';
import { type ConsoleRule, consoleRules } from './rules.ts';

/** What a command may leave otherwise than before: nothing, some setting, or one that Postern relies on. */
export type Changes = 'nothing' | 'something' | 'reliedOn';

/** What a person's command line is: run it, run it only when forced, never, or no command line at all. */
export type Judgement =
  | { readonly kind: 'allowed'; readonly commands: readonly WrittenCommand[]; readonly changes: Changes }
  | { readonly kind: 'guarded' | 'forbidden' | 'malformed'; readonly sentence: string };

const longestLine = 256;

/**
 * Judges a command line before anything of it is written: each command of it by itself, the worst one counts.
 *
 * @param force whether guarded commands are allowed
 */
export function judge(line: string, force: boolean): Judgement {
  const flaw = flawOf(line);
  if (flaw !== undefined) return { kind: 'malformed', sentence: flaw };
  const commands = commandsOf(line);
  if (!commands) return { kind: 'malformed', sentence: malformed };
  const verdicts = commands.flatMap((command) => ruleFor(command) ?? []);
  const worst = verdicts.find(({ rule }) => rule.verdict === 'forbidden') ?? verdicts[0];
  if (worst && (worst.rule.verdict === 'forbidden' || !force)) {
    return { kind: worst.rule.verdict, sentence: `${worst.name} is not run: ${worst.rule.reason}.` };
  }
  return { kind: 'allowed', commands, changes: worst ? 'reliedOn' : changesOf(commands) };
}

const malformed =
  'This is no command line: it begins with AT, quotes close, and commands are parted by semicolons.';

/** What would not go over the line as it was typed. */
function flawOf(line: string): string | undefined {
  if (line.length > longestLine) {
    return `The command is ${line.length} characters long; a modem takes at most ${longestLine}.`;
  }
  const at = [...line].findIndex((character) => character < ' ' || character > '~');
  if (at >= 0) {
    return `The command holds ${nameOf([...line][at] ?? '')} at place ${at + 1}; only printable ASCII goes over the line.`;
  }
  return line.includes('+++')
    ? 'The command holds +++, at which a modem leaves its present mode.'
    : undefined;
}

const characterNames: Readonly<Record<string, string>> = {
  '\r': 'a carriage return',
  '\n': 'a line feed',
  '\t': 'a tab',
  '\x1a': 'ctrl-Z',
  '\x1b': 'ESC',
};

function nameOf(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const name = characterNames[character];
  return name ? `${name} (${code})` : `the character ${code}`;
}

function ruleFor(command: WrittenCommand): { name: string; rule: ConsoleRule } | undefined {
  const rule = consoleRules.find(({ names }) => names.test(command.name));
  if (!rule) return undefined;
  const { harmless, forms = ['set', 'execute'] } = rule;
  if (!forms.includes(command.form) || harmless?.test(command.argument)) return undefined;
  return { name: written(command), rule };
}

/** The command as it is shown; what may be a code is not. */
function written({ name, form, argument }: WrittenCommand): string {
  if (form === 'read') return `${name}?`;
  const shown = argument.length <= 1 || /^\d,?\d?$/.test(argument) ? argument : '…';
  if (!/^[A-Z&\\]/.test(name)) return form === 'set' ? `${name}=${shown}` : name;
  return form === 'set' ? `${name}=${shown}` : `${name}${shown}`;
}

function changesOf(commands: readonly WrittenCommand[]): Changes {
  return commands.some(({ name, form }) => form === 'set' || (form === 'execute' && /^[EVQX&]/.test(name)))
    ? 'something'
    : 'nothing';
}
