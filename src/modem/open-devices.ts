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

interface Holder {
  readonly path: string;
  readonly gone: Promise<void>;
}

/**
 * The devices that are open, so that two names of one are not taken for two modems, nor for another program's; and none is
 * opened while it is still being closed, which the system would refuse.
 */
export class OpenDevices {
  /** By the device, or by the path of one that cannot be told. */
  readonly #holders = new Map<string, Holder>();

  /**
   * Reserves the device that a path leads to, as soon as whoever had it under this name has let it go; the answer lets it
   * go again. Rejects with a `SamePortError` when another path has it.
   */
  async reserve(path: string): Promise<() => void> {
    for (;;) {
      const key = keyOf(path);
      const holder = this.#holders.get(key);
      if (!holder) return this.#hold(key, path);
      if (holder.path !== path) throw new SamePortError(path, holder.path);
      await holder.gone;
    }
  }

  #hold(key: string, path: string): () => void {
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    this.#holders.set(key, { path, gone });
    return () => {
      this.#holders.delete(key);
      resolve();
    };
  }
}

function keyOf(path: string): string {
  const device = deviceAt(path);
  return device === undefined || device === 'nowhere' ? path : device;
}
