/** How an extended command is called (V.250 5.4.1): `+CSQ`, `+CSQ=1`, `+CSQ?`, `+CSQ=?`. */
export type CommandForm = 'execute' | 'set' | 'read' | 'test';

/** One command out of a command line; `argument` is what stands behind its name or its `=`. */
export interface Command {
  readonly name: string;
  readonly form: CommandForm;
  readonly argument: string;
}

const extendedName = /^[+^$%*#!_~][A-Z][A-Z0-9+:/._-]*/i;

/**
 * Cuts the body of a command line, the part after `AT`, into its commands (V.250 5.2 to 5.4): basic commands
 * stand side by side, an extended command ends at a semicolon outside quotes. What is no command at all becomes
 * one with the name `?`, so that what stands before it is still executed.
 */
export function splitCommandLine(body: string): Command[] {
  const commands: Command[] = [];
  let rest = body;
  for (;;) {
    rest = rest.replace(/^[ ;]+/, '');
    if (rest === '') return commands;
    const { command, length } = firstCommand(rest);
    commands.push(command);
    rest = rest.slice(length);
  }
}

function firstCommand(rest: string): { command: Command; length: number } {
  return (
    registerCommand(rest) ?? dialCommand(rest) ?? basicCommand(rest) ?? extendedCommand(rest) ?? unknown(rest)
  );
}

function unknown(rest: string) {
  return { command: { name: '?', form: 'execute', argument: rest } as const, length: rest.length };
}

/** `S3?`, `S0=2`, `S0=?` (V.250 5.3.2). */
function registerCommand(rest: string) {
  const match = /^S *(\d{1,3}) *(=\?|\?|= *(\d*))?/i.exec(rest);
  if (!match) return undefined;
  const command: Command = { name: 'S', form: 'set', argument: `${match[1]},${match[2] ?? ''}` };
  return { command, length: match[0].length };
}

/** A dial string takes everything up to a semicolon or the end (V.250 6.3.1). */
function dialCommand(rest: string) {
  const match = /^D([^;]*;?)/i.exec(rest);
  if (!match) return undefined;
  const command: Command = { name: 'D', form: 'set', argument: match[1] ?? '' };
  return { command, length: match[0].length };
}

/** A letter, or an ampersand and a letter, with an optional number: `E0`, `&F`. */
function basicCommand(rest: string) {
  const match = /^(&? *[A-Z]) *(\d*)/i.exec(rest);
  if (!match) return undefined;
  const name = (match[1] ?? '').replaceAll(' ', '').toUpperCase();
  const command: Command = { name, form: 'set', argument: match[2] ?? '' };
  return { command, length: match[0].length };
}

function extendedCommand(rest: string) {
  const name = extendedName.exec(rest)?.[0];
  if (!name) return undefined;
  const tail = rest.slice(name.length);
  const length = name.length + lengthToSemicolon(tail);
  const shape = /^ *(=\?|\?|=)? *(.*?) *$/s.exec(rest.slice(name.length, length));
  const argument = shape?.[2] ?? '';
  const form = formOf(shape?.[1]);
  const misplaced = form !== 'set' && argument !== '';
  const command: Command = { name: misplaced ? '?' : name.toUpperCase(), form, argument };
  return { command, length };
}

function formOf(mark: string | undefined): CommandForm {
  if (mark === '=?') return 'test';
  if (mark === '?') return 'read';
  return mark === '=' ? 'set' : 'execute';
}

function lengthToSemicolon(text: string): number {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    if (text[at] === ';' && !quoted) return at;
  }
  return text.length;
}
