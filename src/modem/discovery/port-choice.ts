import type { ListedPort } from './listed-port.ts';

/** Why a port was left: it tells nothing of what arrives, or its modem never became fit for texts at it. */
export type LeftBecause = 'deaf' | 'unfit';

const worst: readonly (LeftBecause | undefined)[] = [undefined, 'deaf', 'unfit'];

/** Which ports of a device were served at and left, and which is the best hope. */
export class PortChoice {
  readonly #left = new Map<string, LeftBecause>();

  isDeaf(path: string): boolean {
    return this.#left.get(path) === 'deaf';
  }

  /** What was not served at yet, then what was deaf, then what was not fit, each by rank. */
  byHope(ranked: readonly ListedPort[]): ListedPort[] {
    const badness = ({ path }: ListedPort) => worst.indexOf(this.#left.get(path));
    return ranked.toSorted((one, other) => badness(one) - badness(other));
  }

  /**
   * Takes down that a port is no good. Whether it should be left for another one: one that was not tried yet, or,
   * where there is none, the best of those that are deaf as well.
   */
  doubt(path: string, why: LeftBecause, ranked: readonly ListedPort[]): boolean {
    if (this.#left.has(path)) return false;
    this.#left.set(path, why);
    const best = this.byHope(ranked)[0];
    return best !== undefined && best.path !== path;
  }
}
