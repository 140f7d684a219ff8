import { type ErrorCode, errorStatuses } from '../contract/error.ts';

interface Extras {
  /** What is wrong with each field. */
  readonly details?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is answered with an error; `message` and `details` are shown to the caller. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, string>> | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, extras: Extras = {}) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.details = extras.details;
    this.headers = extras.headers ?? {};
  }

  get status(): number {
    return errorStatuses[this.code];
  }
}

/** The other side went away in the middle of its request: there is nobody to answer. */
export class ClientGone extends Error {
  constructor() {
    super('The client closed the connection before its request was complete.');
    this.name = 'ClientGone';
  }
}
