import { headOctets, longestPduOctets } from './pdu.ts';

/** What comes over a connection is not cut into PDUs, or not any more: nothing after it can be read. */
export class LostFraming extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LostFraming';
  }
}

/** Cuts what comes over a connection into PDUs. Holds at most one that is not complete. */
export class PduCutter {
  #chunks: Buffer[] = [];
  #held = 0;
  /** Length of the PDU that is coming in, once its first four octets are there. */
  #wanted: number | undefined;

  /**
   * The PDUs that are complete with this chunk.
   *
   * @throws LostFraming where a length is none that a PDU can have; what comes after it cannot be cut
   */
  *push(chunk: Buffer): Generator<Buffer> {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    for (let frame = this.#next(); frame; frame = this.#next()) yield frame;
  }

  #next(): Buffer | undefined {
    if (this.#held < 4) return undefined;
    this.#wanted ??= lengthOf(this.#joined());
    if (this.#held < this.#wanted) return undefined;
    const joined = this.#joined();
    const frame = joined.subarray(0, this.#wanted);
    this.#chunks = [joined.subarray(this.#wanted)];
    this.#held -= this.#wanted;
    this.#wanted = undefined;
    return frame;
  }

  #joined(): Buffer {
    const [only] = this.#chunks;
    const joined = this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}

function lengthOf(octets: Buffer): number {
  const length = octets.readUInt32BE(0);
  if (length >= headOctets && length <= longestPduOctets) return length;
  throw new LostFraming(`a length of ${length} octets is none from ${headOctets} to ${longestPduOctets}`);
}
