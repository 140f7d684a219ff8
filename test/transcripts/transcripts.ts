import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One step of a dialogue that somebody had with a modem: what the host wrote (`tx`), what came (`rx`). */
export interface Step {
  readonly dir: 'tx' | 'rx';
  readonly type: 'command' | 'response' | 'urc' | 'prompt' | 'pdu' | 'none';
  readonly data: string;
}

/** A dialogue with a modem out of a public report, named in `source`; `exact` has its octets as they were seen. */
export interface Transcript {
  readonly id: string;
  readonly framing: 'exact' | 'lines';
  readonly echo: boolean;
  readonly source: string;
  readonly steps: readonly Step[];
}

/** One answer of a named modem out of a public test suite. */
export interface Answer {
  readonly source: { readonly repo: string; readonly path: string; readonly test: string };
  readonly kind:
    | 'cmgl'
    | 'cmgr'
    | 'cops'
    | 'creg'
    | 'cgreg'
    | 'cereg'
    | 'iccid'
    | 'cpms'
    | 'cnum'
    | 'cscs'
    | 'clcc'
    | 'cind';
  readonly unsolicited: boolean;
  readonly lines: readonly string[];
  /** `lac` and `ci` are 0 where the answer tells none. */
  readonly expected: { readonly stat?: number; readonly lac?: number; readonly ci?: number };
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'));
}

export const transcripts = read('at-transcripts.json') as readonly Transcript[];
export const answers = read('at-responses.json') as readonly Answer[];

/** The dialogue with this id. */
export function transcript(id: string): Transcript {
  const found = transcripts.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`there is no transcript ${id}`);
  return found;
}

/** The lines that answered `command` each time it was written in this dialogue. */
export function answersTo({ steps }: Transcript, command: string): string[][] {
  const found: string[][] = [];
  let current: string[] | undefined;
  for (const { dir, type, data } of steps) {
    if (dir === 'tx') {
      current = data.replace(/\r$/, '') === command ? [] : undefined;
      if (current) found.push(current);
    } else if (type === 'response') current?.push(...data.split(/[\r\n]+/).filter(Boolean));
  }
  return found;
}

/** The octets that came: as they were seen, or, of what was kept by lines, framed as V.250 5.7.1 does. */
export function arrivingOctets({ framing, steps }: Transcript): string {
  return steps
    .filter(({ dir, type }) => dir === 'rx' && type !== 'pdu' && type !== 'none')
    .map(({ type, data }) => (framing === 'exact' || type === 'prompt' ? data : `\r\n${data}\r\n`))
    .join('');
}
