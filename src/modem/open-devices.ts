import { deviceAt } from './device-at.ts';
import { TransportError } from './transport.ts';

/** A port is open already under another name. */
export class SamePortError extends TransportError {
  /** The name under which it is open. */
  readonly of: string;

  constructor(path: string, of: string) {
    super('absent', `${path} is the same port as ${of}, which is served there.`);
    this.of = of;
  }
}

/** The devices that are open, so that two names of one are not taken for two modems, nor for another program's. */
export class OpenDevices {
  readonly #paths = new Map<string, string>();

  /**
   * Reserves the device that a path leads to; the answer lets it go again.
   *
   * @throws SamePortError when another path has it
   */
  reserve(path: string): () => void {
    const device = deviceAt(path);
    if (device === undefined || device === 'nowhere') return () => undefined;
    const holder = this.#paths.get(device);
    if (holder !== undefined && holder !== path) throw new SamePortError(path, holder);
    this.#paths.set(device, path);
    return () => {
      if (this.#paths.get(device) === path) this.#paths.delete(device);
    };
  }
}
