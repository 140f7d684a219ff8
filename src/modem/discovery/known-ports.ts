import { type Clock, delay } from '../../clock.ts';
import type { UsbPlace } from '../profiles/index.ts';
import { isBridge } from './known-ids.ts';
import { type ListedPort, usbPlaceOf } from './listed-port.ts';
import { resolved } from './never-touch.ts';

/** A system that does not say what is plugged in must not keep a named port from being opened. */
const patienceMs = 5_000;

/** Every path that is a pseudo terminal, on Linux and on macOS: no rate means anything there. */
const pseudoTerminal = /^\/dev\/(?:pts\/|ttys\d)/;

/** What is known of ports by their paths, as they were listed last. */
export class KnownPorts {
  readonly #clock: Clock;
  #ports: ReadonlyMap<string, ListedPort> = new Map();
  /** Where each path that was asked for led last. */
  readonly #places = new Map<string, UsbPlace | undefined>();
  #listed: (() => void) | undefined;
  readonly #first = new Promise<void>((resolve) => {
    this.#listed = resolve;
  });

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  update(ports: readonly ListedPort[]): void {
    this.#ports = new Map(ports.map((port) => [port.path, port]));
    this.#listed?.();
  }

  /** The port that a path leads to; undefined for one that no system lists. Waits for the first listing. */
  async find(path: string): Promise<ListedPort | undefined> {
    const patience = new AbortController();
    await Promise.race([this.#first, delay(this.#clock, patienceMs, patience.signal)]);
    patience.abort();
    const port = this.#ports.get(await this.target(path));
    this.#places.set(path, port && usbPlaceOf(port));
    return port;
  }

  /** Where on the USB a path led when it was last looked for, which every opening does. */
  placeOf(path: string): UsbPlace | undefined {
    return this.#places.get(path);
  }

  /** Where a path leads: a port that is listed is its own, a link leads to one. */
  async target(path: string): Promise<string> {
    return this.#ports.has(path) ? path : resolved(path);
  }

  /** Whether a rate means anything at a path; one that no system lists may be a UART all the same. */
  async isUart(path: string): Promise<boolean> {
    const port = await this.find(path);
    if (port) return !port.device || isBridge(port.device);
    return !pseudoTerminal.test(await resolved(path));
  }
}
