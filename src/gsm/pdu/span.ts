/** A field of a PDU and where it lies. */
export interface Span {
  /** Dotted path, as in `DecodeError`. */
  readonly field: string;
  /** Octets `start` up to, not including, `end`. */
  readonly start: number;
  readonly end: number;
  /** When the field is only some bits of its one octet: bit 7 is the highest. */
  readonly bits?: { readonly high: number; readonly low: number };
  /** The octets as they are. */
  readonly hex: string;
  readonly value: string;
  /** The value in plain words. */
  readonly meaning: string;
}

/** What a part of a PDU says: a span without its place. */
export interface Reading {
  readonly value: string;
  readonly meaning: string;
}
