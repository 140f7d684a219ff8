/**
 * - `locked`: another Postern has this data directory
 * - `newer`: written by a later version of Postern
 * - `corrupt`: not, or no longer, a database
 * - `sealed`: its secrets are for the desktop app alone
 * - `unwritable`: disk full, read-only or an input/output error
 */
export type StoreErrorCode = 'locked' | 'newer' | 'corrupt' | 'sealed' | 'unwritable';

/** The database cannot be used; the message says why and what to do. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
