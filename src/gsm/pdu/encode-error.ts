/** Fields cannot be made into a PDU; `field` is the one to change, `index` the place in it where that is known. */
export class EncodeError extends Error {
  readonly code = 'encode_error';
  readonly field: string;
  readonly index: number;

  constructor(field: string, message: string, index = 0) {
    super(message);
    this.name = 'EncodeError';
    this.field = field;
    this.index = index;
  }
}
