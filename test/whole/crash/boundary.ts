/** A place in the program's work where it can be cut down: around a commit, or around a write to the port. */
export interface Boundary {
  readonly when: 'before' | 'amid' | 'after';
  readonly kind: 'commit' | 'write';
  /** What is committed or written; see `commitName` and `writeName`. */
  readonly name: string;
  /** At which of its kind since the program began, counted from 1. */
  readonly nth: number;
}

/** How a run of the program ends: at a boundary, or so many milliseconds after it began, whatever it does just then. */
export type Kill = Boundary | { readonly afterMs: number };

/** The variable that `crash-point.ts` finds its order in. */
export const orderVariable = 'CRASH_AT';

/** What a statement tells of the commit that it is a part of; the first that fits names it. */
const commits: readonly (readonly [RegExp, string])[] = [
  [/INSERT INTO segments /, 'acceptance'],
  [/INSERT INTO attempts /, 'submitting'],
  [/SET state = 'accepted'/, 'accepted'],
  [/SET state = 'ambiguous'/, 'ambiguous'],
  [/INSERT INTO status_reports /, 'report'],
  [/INSERT INTO inbound_parts /, 'arrival'],
  [/SET on_device = 0/, 'deletion'],
];

/** Commands around which a text can be lost or doubled. */
const commands = /^AT\+(CMGS|CMGR|CMGL|CMGD|CNMI)\b/;
const controlZ = '\x1A';
const escapeOctet = '\x1B';

/** The name of a commit with these statements. */
export function commitName(statements: readonly string[]): string {
  return commits.find(([sign]) => statements.some((sql) => sign.test(sql)))?.[1] ?? 'other';
}

/** The name of a write of these octets. */
export function writeName(octets: string): string {
  if (octets.endsWith(controlZ)) return 'PDU';
  if (octets.startsWith(escapeOctet)) return 'ESC';
  return commands.exec(octets)?.[1] ?? 'other';
}

/** How a kill is told to a person. */
export function kindOf(kill: Kill): string {
  if ('afterMs' in kill) return `after ${Math.round(kill.afterMs)} ms`;
  return `${kill.when} ${kill.name} ${kill.kind} ${kill.nth}`;
}
