/** Something wrong with a PDU: the decoded field, the octet where it begins, and what is the matter. */
export interface Problem {
  /** Dotted path, as in the decoded object: `address.digits`, `udh.1.length`. */
  readonly field: string;
  /** Octet offset from the start of the PDU, the SMSC part included where there is one. */
  readonly offset: number;
  readonly message: string;
}

/** The only error that decoding throws. */
export class DecodeError extends Error implements Problem {
  readonly code = 'decode_error';
  readonly field: string;
  readonly offset: number;

  constructor(field: string, offset: number, message: string) {
    super(message);
    this.name = 'DecodeError';
    this.field = field;
    this.offset = offset;
  }
}
