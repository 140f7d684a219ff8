/**
 * - `busy`: another dialogue is open on this SIM
 * - `no_dialogue`: there is nothing to answer
 * - `unwritable`: the text holds what USSD cannot carry
 * - `refused`: the modem did not take it
 * - `unsupported`: the network does not know it
 * - `no_answer`: the network did not answer in time
 * - `no_circuit`: one of these three, of a modem that is registered for packets alone
 * - `cancelled`: somebody ended the dialogue meanwhile
 * - `lost`: the modem went away meanwhile
 */
export type UssdErrorCode =
  | 'busy'
  | 'no_dialogue'
  | 'unwritable'
  | 'refused'
  | 'unsupported'
  | 'no_answer'
  | 'no_circuit'
  | 'cancelled'
  | 'lost';

/** A USSD code brought no answer; `message` says why, and what to do. */
export class UssdError extends Error {
  readonly code: UssdErrorCode;
  /** What happened, without the advice. */
  readonly what: string;

  constructor(code: UssdErrorCode, what: string, options: ErrorOptions & { readonly advice?: string } = {}) {
    super(options.advice === undefined ? what : `${what} ${options.advice}`, options);
    this.name = 'UssdError';
    this.code = code;
    this.what = what;
  }
}
