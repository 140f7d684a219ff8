/** How a command is called, V.250 5.4: to act, to set, to read a setting, to ask what it takes. */
export type CommandForm = 'execute' | 'set' | 'read' | 'test';

/** One command out of a command line: its name in capitals, and what stands behind its name or its `=`. */
export interface WrittenCommand {
  readonly name: string;
  readonly form: CommandForm;
  readonly argument: string;
}

/** Names of extended commands, V.250 5.4.1, with the marks that makers put for `+`. */
const extended = /^([+^$%*#!_~@][A-Z][A-Z0-9!%\-./:_]*)(=\?|\?|=)?/;
const basic = /^(&?[A-Z]|\\[A-Z])(\d*)/;
const register = /^(S\d{1,3})(=\?|\?|=\d*)/;
/** A dial string takes what is left, V.250 6.3.1. */
const dial = /^D(.*)$/s;

/**
 * Cuts a command line into its commands, as a modem does: blanks outside quotes count for nothing, letters are the same
 * in either case, basic commands stand side by side, an extended one ends at a semicolon. Undefined for what is no
 * command line, so that nothing can hide in it.
 */
export function commandsOf(line: string): readonly WrittenCommand[] | undefined {
  const plain = withoutBlanks(line);
  if (plain === undefined || !/^AT/i.test(plain)) return undefined;
  const commands: WrittenCommand[] = [];
  for (let rest = plain.slice(2); rest !== ''; ) {
    if (rest.startsWith(';')) {
      rest = rest.slice(1);
      continue;
    }
    const next = registerCommand(rest) ?? dialCommand(rest) ?? extendedCommand(rest) ?? basicCommand(rest);
    if (!next) return undefined;
    commands.push(next.command);
    rest = rest.slice(next.length);
  }
  return commands;
}

interface Cut {
  readonly command: WrittenCommand;
  readonly length: number;
}

/** Capitals but in quotes; undefined where a quote does not close: each modem would end the line elsewhere. */
function withoutBlanks(line: string): string | undefined {
  const parts = line.split('"');
  if (parts.length % 2 === 0) return undefined;
  return parts.map((part, at) => (at % 2 === 1 ? part : part.replaceAll(' ', '').toUpperCase())).join('"');
}

function registerCommand(rest: string): Cut | undefined {
  const [whole, name = '', shape = ''] = register.exec(rest) ?? [];
  if (whole === undefined) return undefined;
  const form = shape === '?' ? 'read' : shape === '=?' ? 'test' : 'set';
  return { command: { name, form, argument: form === 'set' ? shape.slice(1) : '' }, length: whole.length };
}

function dialCommand(rest: string): Cut | undefined {
  const [whole, argument = ''] = dial.exec(rest) ?? [];
  return whole === undefined
    ? undefined
    : { command: { name: 'D', form: 'set', argument }, length: whole.length };
}

function basicCommand(rest: string): Cut | undefined {
  const [whole, name = '', argument = ''] = basic.exec(rest) ?? [];
  if (whole === undefined) return undefined;
  return { command: { name, form: 'execute', argument }, length: whole.length };
}

/** Where no semicolon stands before it, what looks like a command is none of its own; a modem may read it as one. */
const commandLike = /[+^$%*#!~@&][A-Z]|=/;

function extendedCommand(rest: string): Cut | undefined {
  const [whole, name = '', mark] = extended.exec(rest) ?? [];
  if (whole === undefined) return undefined;
  const end = endOfCommand(rest);
  const argument = rest.slice(whole.length, end);
  if (mark !== '=' && argument !== '') return undefined;
  if (commandLike.test(argument.replace(/"[^"]*"/g, ''))) return undefined;
  return { command: { name, form: formOf(mark), argument }, length: end };
}

function formOf(mark: string | undefined): CommandForm {
  if (mark === '=?') return 'test';
  if (mark === '?') return 'read';
  return mark === '=' ? 'set' : 'execute';
}

function endOfCommand(text: string): number {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    if (text[at] === ';' && !quoted) return at;
  }
  return text.length;
}
