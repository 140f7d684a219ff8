/** Status of a stored text: 0 received unread, 1 received read, 2 stored unsent, 3 stored sent (27.005 3.1). */
export type StoredStatus = 0 | 1 | 2 | 3;

/** One place of a storage. */
export interface StoredMessage {
  status: StoredStatus;
  /** Upper-case hexadecimal: the service centre's address and the TPDU. */
  readonly pdu: string;
  /** Octets of the TPDU alone, as +CMGR shows it. */
  readonly length: number;
}

/** A message storage of fixed size, such as a SIM's EF_SMS; places are numbered from 0. */
export class MessageStorage {
  readonly capacity: number;
  readonly #places: (StoredMessage | undefined)[];
  #used = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#places = new Array<StoredMessage | undefined>(capacity).fill(undefined);
  }

  get used(): number {
    return this.#used;
  }

  get full(): boolean {
    return this.#used >= this.capacity;
  }

  /** Writes into the first free place; undefined when there is none. */
  add(message: StoredMessage): number | undefined {
    if (this.full) return undefined;
    const place = this.#places.indexOf(undefined);
    this.#places[place] = { ...message };
    this.#used += 1;
    return place;
  }

  at(place: number): StoredMessage | undefined {
    return this.#places[place];
  }

  /** Empties a place; false when it was empty. */
  remove(place: number): boolean {
    if (this.#places[place] === undefined) return false;
    this.#places[place] = undefined;
    this.#used -= 1;
    return true;
  }

  /** What is held, by place. */
  entries(): [place: number, message: StoredMessage][] {
    const held: [number, StoredMessage][] = [];
    for (let place = 0; place < this.capacity; place++) {
      const message = this.#places[place];
      if (message) held.push([place, message]);
    }
    return held;
  }
}
