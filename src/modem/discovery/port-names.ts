import { resolved } from './never-touch.ts';

/** What a port is called towards a person. */
export interface PortName {
  readonly shown: string;
  /** Whether a person named it: then it is not suggested to him to leave it alone. */
  readonly named: boolean;
}

/** The ports that a person named, by where those names lead: a link of his own, or one that udev made. */
export class PortNames {
  /** The names given, by their targets. */
  readonly #given: ReadonlyMap<string, string>;

  private constructor(given: ReadonlyMap<string, string>) {
    this.#given = given;
  }

  static async of(paths: readonly string[]): Promise<PortNames> {
    const targets = await Promise.all(paths.map(resolved));
    return new PortNames(new Map(targets.map((target, at) => [target, paths[at] ?? target])));
  }

  isNamed(path: string): boolean {
    return this.#given.has(path);
  }

  /** The name given, with its target in brackets where that is another. */
  nameOf(path: string): PortName {
    const given = this.#given.get(path);
    if (given === undefined) return { shown: path, named: false };
    return { shown: given === path ? path : `${given} (${path})`, named: true };
  }
}
