import type { ErrorCode } from '../contract/error.ts';

type PanelErrorCode = Extract<
  ErrorCode,
  | 'MODEM_NOT_FOUND'
  | 'MODEM_UNAVAILABLE'
  | 'IN_USE'
  | 'COMMAND_REFUSED'
  | 'PIN_REFUSED'
  | 'MODEM_FAILED'
  | 'VALIDATION_ERROR'
>;

/** A person's wish at the panel of a modem was not carried out; `message` says why, and what to do. */
export class PanelError extends Error {
  readonly code: PanelErrorCode;
  /** What is wrong with each field. */
  readonly details: Readonly<Record<string, string>> | undefined;

  constructor(
    code: PanelErrorCode,
    message: string,
    options: ErrorOptions & { readonly details?: Readonly<Record<string, string>> } = {},
  ) {
    super(message, options);
    this.name = 'PanelError';
    this.code = code;
    this.details = options.details;
  }
}
