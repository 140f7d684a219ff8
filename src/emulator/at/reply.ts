/** The final result code of a command line (V.250 5.7, 3GPP TS 27.005 3.2.5, 27.007 9.2). */
export type Result =
  | { readonly kind: 'ok' }
  | { readonly kind: 'error' }
  | { readonly kind: 'cme'; readonly code: number }
  | { readonly kind: 'cms'; readonly code: number }
  /** A modem's own words, such as `COMMAND NOT SUPPORT` or `NO CARRIER`. */
  | { readonly kind: 'words'; readonly words: string }
  /** The command is over and the modem says nothing about it. */
  | { readonly kind: 'silence' };

/** What a command answers: information texts, each framed on its own, and the result. */
export interface Reply {
  readonly texts: readonly string[];
  readonly result: Result;
}

const okResult: Result = { kind: 'ok' };

/** Information texts followed by OK. A text may hold several lines, joined with CR LF. */
export function ok(...texts: readonly string[]): Reply {
  return { texts, result: okResult };
}

/** Thrown by a command that refuses; the rest of the command line is not executed. */
export class Refusal extends Error {
  readonly result: Result;

  constructor(result: Result) {
    super(`refused with ${result.kind}`);
    this.name = 'Refusal';
    this.result = result;
  }
}

/** A refusal with a 27.007 equipment error, `+CME ERROR: code`. */
export function cme(code: number): Refusal {
  return new Refusal({ kind: 'cme', code });
}

/** A refusal with a 27.005 message service failure, `+CMS ERROR: code`. */
export function cms(code: number): Refusal {
  return new Refusal({ kind: 'cms', code });
}

/** A refusal with a bare `ERROR`. */
export function error(): Refusal {
  return new Refusal({ kind: 'error' });
}
