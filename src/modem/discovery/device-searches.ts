import { DeviceSearch, type SearchContext } from './device-search.ts';
import type { PortGroup } from './port-group.ts';
import { ProbeOrder } from './probe-order.ts';

/** A search for each device that may be a modem, from its plugging-in to its going. */
export class DeviceSearches {
  readonly #context: Omit<SearchContext, 'order'>;
  readonly #order = new ProbeOrder();
  readonly #searches = new Map<string, DeviceSearch>();
  /** Searches that are letting their port go, by socket. */
  readonly #ending = new Map<string, Promise<void>>();

  constructor(context: Omit<SearchContext, 'order'>) {
    this.#context = context;
  }

  /** Tries nothing any more; what was found stays with the fleet. */
  halt(): void {
    for (const search of this.#searches.values()) search.halt();
  }

  /** The search that serves at a port. */
  at(path: string): DeviceSearch | undefined {
    return [...this.#searches.values()].find((search) => search.path === path);
  }

  /** Whether this search is the one of its device still. */
  has(search: DeviceSearch): boolean {
    return this.#searches.get(search.group.key) === search;
  }

  /**
   * These devices are there now: searches begin and end accordingly, those for what is known as a modem first.
   *
   * @returns the sockets whose searches have ended
   */
  update(groups: readonly PortGroup[], settleMs: number): string[] {
    const ended = this.#end(new Map(groups.map(({ key, instance }) => [key, instance])));
    for (const group of groups.toSorted((one, other) => likelihood(one) - likelihood(other)))
      this.#search(group, settleMs);
    return ended;
  }

  #end(instances: ReadonlyMap<string, string>): string[] {
    const over = [...this.#searches].filter(([key, { group }]) => instances.get(key) !== group.instance);
    for (const [key, search] of over) {
      this.#searches.delete(key);
      const ending = search.stop().finally(() => {
        if (this.#ending.get(key) === ending) this.#ending.delete(key);
      });
      this.#ending.set(key, ending);
    }
    return over.map(([key]) => key);
  }

  /** A stick that is back waits until its old port is let go: a handle that is still held keeps the new one busy. */
  #search(group: PortGroup, settleMs: number): void {
    const known = this.#searches.get(group.key);
    if (known) return known.update(group);
    const search = new DeviceSearch(group, settleMs, { ...this.#context, order: this.#order });
    this.#searches.set(group.key, search);
    const ending = this.#ending.get(group.key);
    if (ending) void ending.then(() => search.start());
    else search.start();
  }
}

/** What is known as a modem is tried before what may be anything. */
function likelihood({ kind }: PortGroup): number {
  return kind === 'modem' ? 0 : 1;
}
