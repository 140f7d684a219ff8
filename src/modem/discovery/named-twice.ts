import type { Logger } from '../../log.ts';
import type { PortGroup } from './port-group.ts';
import { deviceName } from './usb-device.ts';

/** Warns, once, of a device of which several ports are named: one of them serves, and more often it is a slip. */
export class NamedTwice {
  readonly #log: Logger;
  /** Devices that were warned of, by their sockets. */
  readonly #warned = new Set<string>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** @param named where the named paths lead to */
  look({ key, ports, device }: PortGroup, named: ReadonlySet<string>): void {
    const both = ports.map(({ path }) => path).filter((path) => named.has(path));
    if (both.length < 2 || !device || this.#warned.has(key)) return;
    this.#warned.add(key);
    this.#log.warn(
      { ports: both, device: deviceName(device) },
      'several of the named ports belong to one device: name one of them',
    );
  }
}
