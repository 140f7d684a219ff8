import { DecodeError, type Problem } from './decode-error.ts';

/** Octets `start` up to `end` that belong to a field; `bits` when the field is less than whole octets. */
export interface Mark {
  readonly field: string;
  readonly start: number;
  readonly end: number;
  readonly bits?: { readonly high: number; readonly low: number };
}

export type Mode = 'strict' | 'lenient';

/**
 * Reads the octets of one PDU, field by field. In strict mode the first thing wrong is a `DecodeError`. In lenient
 * mode it is a line in `problems`, and what is missing reads as 0, so that every field has a value.
 */
export class PduReader {
  readonly octets: Uint8Array;
  readonly mode: Mode;
  readonly problems: Problem[];
  /** Where each field was found; filled only when asked for. */
  readonly marks: Mark[] | undefined;
  offset = 0;
  #ended = false;

  constructor(octets: Uint8Array, mode: Mode, problems: Problem[], marks?: Mark[]) {
    this.octets = octets;
    this.mode = mode;
    this.problems = problems;
    this.marks = marks;
  }

  get remaining(): number {
    return this.octets.length - this.offset;
  }

  /** The next octet; 0 past the end. */
  octet(field: string): number {
    if (this.offset >= this.octets.length) {
      this.#end(field);
      return 0;
    }
    this.marks?.push({ field, start: this.offset, end: this.offset + 1 });
    return this.octets[this.offset++] as number;
  }

  /** Steps over the next `count` octets and returns how many of them are there. */
  skip(field: string, count: number): number {
    const available = Math.min(count, this.remaining);
    if (available < count) this.#end(field);
    this.offset += available;
    return available;
  }

  /** Notes that a field reaches from `start` to here. */
  mark(field: string, start: number, end: number = this.offset): void {
    if (this.marks !== undefined && end > start) this.marks.push({ field, start, end });
  }

  /** Notes that a field is the lowest `count` bits of the octet at `at`. */
  markLowBits(field: string, at: number, count: number): void {
    if (count > 0) this.marks?.push({ field, start: at, end: at + 1, bits: { high: count - 1, low: 0 } });
  }

  /** Something is wrong at `offset`: throws in strict mode, remembers in lenient mode. */
  report(field: string, offset: number, message: string): void {
    if (this.mode === 'strict') throw new DecodeError(field, offset, message);
    this.problems.push({ field, offset, message });
  }

  /** Well-formed, yet worth telling: never an error. */
  note(field: string, offset: number, message: string): void {
    if (this.mode === 'lenient') this.problems.push({ field, offset, message });
  }

  /** Only the first missing field is worth a line; the rest follows from it. */
  #end(field: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.report(field, this.offset, `The PDU ends at octet ${this.octets.length}, inside or before ${field}`);
  }
}
