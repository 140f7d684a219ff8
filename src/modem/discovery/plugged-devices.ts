import { EventEmitter } from 'node:events';
import type { Logger } from '../../log.ts';
import { type ModemFacts, unknownModem } from '../modem-facts.ts';
import type { Obstacle } from '../obstacle.ts';

/** Something plugged in that should serve and cannot. */
export interface PluggedDevice {
  /** The socket it is in. */
  readonly key: string;
  readonly name: string;
  readonly ports: readonly string[];
  readonly obstacle: Obstacle;
  /** The same as of a modem of which nothing else is known. */
  readonly facts: ModemFacts;
}

export type Trouble = Pick<PluggedDevice, 'name' | 'ports' | 'obstacle'>;

export interface PluggedEvents {
  /** Something stands in the way of a device now, or something else does. */
  plugged: [device: PluggedDevice];
  /** Nothing stands in its way any more, or it is gone. */
  cleared: [device: PluggedDevice];
}

/** What is plugged in and needs a person before it can serve. */
export class PluggedDevices extends EventEmitter<PluggedEvents> {
  readonly #log: Logger;
  readonly #devices = new Map<string, PluggedDevice>();

  constructor(log: Logger) {
    super();
    this.#log = log;
  }

  get list(): readonly PluggedDevice[] {
    return [...this.#devices.values()];
  }

  /** A device stands so now; undefined: nothing is wrong with it, or it is gone. */
  note(key: string, trouble: Trouble | undefined): void {
    const before = this.#devices.get(key);
    if (!trouble) {
      this.#devices.delete(key);
      if (before) this.emit('cleared', before);
      return;
    }
    const device = { key, ...trouble, facts: factsOf(key, trouble) };
    this.#devices.set(key, device);
    this.#log.warn({ device: trouble.name, code: trouble.obstacle.code }, trouble.obstacle.message);
    this.emit('plugged', device);
  }
}

function factsOf(key: string, { name, ports, obstacle }: Trouble): ModemFacts {
  const unknown = unknownModem(ports[0] ?? `USB ${key}`, false);
  return { ...unknown, id: `usb:${key}`, model: name, state: 'attention', obstacle };
}
