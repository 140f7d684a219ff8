import type { MessageStorage, StoredMessage } from './message-storage.ts';

/** A storage as +CPMS names it: one storage, or several in a row as one (`MT`), with its modem's first index. */
export class StoreView {
  readonly #parts: readonly MessageStorage[];
  readonly #firstIndex: number;

  constructor(parts: readonly MessageStorage[], firstIndex: number) {
    this.#parts = parts;
    this.#firstIndex = firstIndex;
  }

  get used(): number {
    return this.#parts.reduce((sum, part) => sum + part.used, 0);
  }

  get capacity(): number {
    return this.#parts.reduce((sum, part) => sum + part.capacity, 0);
  }

  /** The range of indices that can be asked for. */
  get indices(): { from: number; to: number } {
    return { from: this.#firstIndex, to: this.#firstIndex + this.capacity - 1 };
  }

  /** Writes into the first part with room; the index, or undefined when all is full. */
  add(message: StoredMessage): number | undefined {
    let base = this.#firstIndex;
    for (const part of this.#parts) {
      const place = part.add(message);
      if (place !== undefined) return base + place;
      base += part.capacity;
    }
    return undefined;
  }

  at(index: number): StoredMessage | undefined {
    const { part, place } = this.#locate(index);
    return part?.at(place);
  }

  remove(index: number): boolean {
    const { part, place } = this.#locate(index);
    return part?.remove(place) ?? false;
  }

  entries(): [index: number, message: StoredMessage][] {
    const held: [number, StoredMessage][] = [];
    let base = this.#firstIndex;
    for (const part of this.#parts) {
      for (const [place, message] of part.entries()) held.push([base + place, message]);
      base += part.capacity;
    }
    return held;
  }

  #locate(index: number): { part: MessageStorage | undefined; place: number } {
    let place = index - this.#firstIndex;
    for (const part of this.#parts) {
      if (place < part.capacity) return { part, place };
      place -= part.capacity;
    }
    return { part: undefined, place };
  }
}
