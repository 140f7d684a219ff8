import type { ListedPort } from './listed-port.ts';

/**
 * The difference of two listings: a driver may let a port go without a word to whoever has it open. A device that was
 * plugged in again between two looks has left its ports too, even where they bear the same names.
 */
export class GonePorts {
  /** Each port that was there, with the plugging-in that it belonged to. */
  #instances: ReadonlyMap<string, string> = new Map();
  /** Where the names of served ports led, which a link does no longer when its port is gone. */
  #targets: ReadonlyMap<string, string> = new Map();

  /**
   * Which of the served ports are gone since this was asked last.
   *
   * @param served where the names lead that ports are served under
   */
  since(listed: readonly ListedPort[], served: ReadonlyMap<string, string>): string[] {
    const instances = new Map(listed.map(({ path, device }) => [path, device?.instance ?? path]));
    const left = [...this.#instances].filter(([path, instance]) => instances.get(path) !== instance);
    const gone = new Set(left.map(([path]) => path));
    const paths = [...served.keys()].filter((path) => gone.has(this.#targets.get(path) ?? path));
    this.#instances = instances;
    this.#targets = served;
    return paths;
  }
}
