export type SimLockErrorCode =
  | 'bad_pin'
  | 'bad_puk'
  | 'modem_away'
  | 'sim_not_ready'
  | 'sim_busy'
  | 'pin_not_asked_for'
  | 'puk_not_asked_for'
  | 'last_try'
  | 'wrong_code'
  | 'refused'
  | 'unanswered';

const sentences: Readonly<Record<SimLockErrorCode, string>> = {
  bad_pin: 'A PIN has 4 to 8 digits.',
  bad_puk: 'A PUK has 8 digits.',
  modem_away: 'The modem does not answer, so nothing was entered. Try again when it is there.',
  sim_not_ready: 'The SIM is not unlocked, so nothing was entered. Give it its PIN or PUK first.',
  sim_busy: 'The SIM is busy and did not look at the code. Try again in a minute.',
  pin_not_asked_for: 'The SIM does not ask for its PIN, so nothing was entered.',
  puk_not_asked_for: 'The SIM does not ask for its PUK, so nothing was entered.',
  last_try: 'Only the last try is left, and it is not spent here: use a telephone, or ask the operator.',
  wrong_code: 'The SIM says that the code is wrong.',
  refused: 'The modem refused this.',
  unanswered:
    'The modem did not answer, so it is not known whether the code was tried. See how many tries are left.',
};

/** An order of a person to the lock of a SIM was not carried out; `message` says why, and what to do. */
export class SimLockError extends Error {
  readonly code: SimLockErrorCode;

  constructor(code: SimLockErrorCode, detail = '') {
    super(`${sentences[code]}${detail}`);
    this.name = 'SimLockError';
    this.code = code;
  }
}
