import { type Clock, delay } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import type { FleetPort } from '../fleet.ts';
import type { ModemFacts } from '../modem-facts.ts';
import { Obstacle } from '../obstacle.ts';
import type { TransportError } from '../transport.ts';
import { isBridge } from './known-ids.ts';
import type { ListedPort } from './listed-port.ts';
import { groupName, type PortGroup } from './port-group.ts';
import type { PortOpening } from './port-opening.ts';
import { rankPorts } from './port-role.ts';
import { probe } from './probe.ts';
import type { ProbeOrder } from './probe-order.ts';
import { busyPatienceMs, pauseMs, silencePatienceMs, type Want } from './search-pace.ts';

/** Where found modems go. */
export interface FoundModems {
  add(port: FleetPort): void;
  remove(path: string): Promise<void>;
}

export interface SearchContext {
  readonly clock: Clock;
  readonly log: Logger;
  readonly opening: PortOpening;
  readonly order: ProbeOrder;
  readonly fleet: FoundModems;
  readonly mayTouch: (port: ListedPort) => Promise<boolean>;
  /** Something else stands in the way now, or nothing any more. */
  readonly changed: (search: DeviceSearch) => void;
}

/** The rate that UARTs are tried at first; other ports ignore it. */
const baudRate = 115_200;

/** Obstacles of a modem that another port of it may not have, as long as this one was never fit. */
const unfitCodes: ReadonlySet<Obstacle['code'] | undefined> = new Set(['no_answer', 'sms_not_ready']);

/**
 * Finds the port of one device at which a modem takes commands and tells what arrives, and gives it to the fleet: one
 * modem a device.
 *
 *     try the ports by rank ─► serve at the first that answers ─► it is deaf or unfit: the next one
 *             │                                                └─► all are: back to the best, asked more often
 *             └─ none answers: wait, longer each time
 */
export class DeviceSearch {
  readonly #context: SearchContext;
  readonly #settleMs: number;
  readonly #lifetime = new AbortController();
  /** Ports that were served at and left again, by why. */
  readonly #left = new Map<string, 'deaf' | 'unfit'>();
  #group: PortGroup;
  #running: Promise<void> | undefined;
  #wake = new AbortController();
  #served: { readonly path: string; readonly leave: AbortController; fit: boolean } | undefined;
  #obstacle: Obstacle | undefined;
  #tries = 0;
  #vainSince: number | undefined;

  /** @param settleMs how long the ports of a device that was just plugged in may take to appear */
  constructor(group: PortGroup, settleMs: number, context: SearchContext) {
    this.#group = group;
    this.#settleMs = settleMs;
    this.#context = context;
  }

  get group(): PortGroup {
    return this.#group;
  }

  /** The port that is served at. */
  get path(): string | undefined {
    return this.#served?.path;
  }

  /** What keeps the device from serving, once that is sure. */
  get obstacle(): Obstacle | undefined {
    return this.#obstacle;
  }

  start(): void {
    this.#running ??= this.#live();
  }

  /** Lets the device go; resolves when its port is closed. */
  async stop(): Promise<void> {
    this.#lifetime.abort();
    this.#wake.abort();
    this.#served?.leave.abort();
    await this.#running;
  }

  /** Tries nothing any more; the port that is served at stays with the fleet. */
  halt(): void {
    this.#lifetime.abort();
    this.#wake.abort();
  }

  /** The device shows these ports now. */
  update(group: PortGroup): void {
    const paths = ({ ports }: PortGroup) => ports.map(({ path, present }) => `${path} ${present}`).join();
    const changed = paths(group) !== paths(this.#group);
    this.#group = group;
    if (!changed) return;
    this.#wake.abort();
    if (this.#served && !group.ports.some(({ path }) => path === this.#served?.path))
      this.#served.leave.abort();
  }

  /** The modem that is served stands so now. */
  note(facts: ModemFacts): void {
    const served = this.#served;
    if (!served) return;
    served.fit ||= facts.state === 'ready';
    if (facts.deaf) this.#doubt(served.path, 'deaf');
    else if (!served.fit && unfitCodes.has(facts.obstacle?.code)) this.#doubt(served.path, 'unfit');
  }

  /** A port is left for one that was not tried yet; where there is none, for the best of those that are deaf as well. */
  #doubt(path: string, why: 'deaf' | 'unfit'): void {
    if (this.#left.has(path)) return;
    this.#left.set(path, why);
    const ports = this.#byHope(rankPorts(this.#group.ports).filter(({ present }) => present));
    if (ports[0]?.path === path) return;
    this.#context.log.info({ port: path, why }, 'trying another port of the modem');
    this.#served?.leave.abort();
  }

  /** What was not served at yet, then what was deaf, then what was not fit, each by rank. */
  #byHope(ports: readonly ListedPort[]): ListedPort[] {
    const rank = ({ path }: ListedPort) => ['deaf', 'unfit'].indexOf(this.#left.get(path) ?? '');
    return ports.toSorted((one, other) => rank(one) - rank(other));
  }

  async #live(): Promise<void> {
    await delay(this.#context.clock, this.#settleMs, this.#lifetime.signal);
    while (!this.#lifetime.signal.aborted) {
      this.#wake = new AbortController();
      const found = await this.#context.order.run(this.#group.kind === 'modem', () => this.#tryPorts());
      if (this.#lifetime.signal.aborted) return;
      if (typeof found === 'string') await this.#pause(found);
      else await this.#serve(found);
    }
  }

  // Trying -------------------------------------------------------------------------------------------------------

  /** Tries the ports that were not served at yet, then those that were; the first that answers is the one. */
  async #tryPorts(): Promise<ListedPort | Want> {
    const allowed = await this.#allowed();
    if (allowed.length > 0 && !allowed.some(({ present }) => present)) return this.#hidden(allowed);
    const ports = allowed.filter(({ present }) => present);
    for (const port of this.#byHope(ports)) {
      if (this.#lifetime.signal.aborted) return 'silent';
      const result = await probe(port.path, this.#opener(), {
        clock: this.#context.clock,
        baudRate,
        sure: this.#group.kind === 'modem',
      });
      if (result.kind === 'modem') return port;
      if (result.kind !== 'refused') continue;
      const { code } = result.error;
      if (code === 'busy' || code === 'forbidden') return this.#refused(code, result.error);
    }
    return this.#silent(ports);
  }

  async #allowed(): Promise<ListedPort[]> {
    const ports = rankPorts(this.#group.ports);
    const allowed = await Promise.all(ports.map((port) => this.#context.mayTouch(port)));
    return ports.filter((_, at) => allowed[at]);
  }

  /** A UART that answers at no rate is not tried further. */
  #opener() {
    const { opening } = this.#context;
    return this.#isUart() ? opening.openAnswering : opening.open;
  }

  #isUart(): boolean {
    return this.#group.device !== undefined && isBridge(this.#group.device);
  }

  #refused(code: 'busy' | 'forbidden', { message, remedy }: TransportError): Want {
    const passes = code === 'busy' && (remedy === undefined || message.includes('ModemManager'));
    if (!passes || this.#vainMs() >= busyPatienceMs)
      this.#meet(new Obstacle(`port_${code}`, message, remedy));
    return code;
  }

  #hidden(ports: readonly ListedPort[]): Want {
    const paths = ports.map(({ path }) => path);
    this.#meet(
      new Obstacle(
        'port_hidden',
        `${groupName(this.#group)} is plugged in, but ${paths.join(', ')} cannot be seen from here. If Postern runs in a container, pass the port to it when it is started: --device=${paths[0]}`,
      ),
    );
    return 'hidden';
  }

  /** Nothing is missed where there may be no modem at all, or where a person wants all its ports left alone. */
  #silent(ports: readonly ListedPort[]): Want {
    const isMissed =
      this.#group.kind === 'modem' && (ports.length > 0 || rankPorts(this.#group.ports).length === 0);
    if (isMissed && this.#vainMs() >= silencePatienceMs) this.#meet(this.#silence(ports));
    return 'silent';
  }

  #silence(ports: readonly ListedPort[]): Obstacle {
    const name = groupName(this.#group);
    if (ports.length === 0) return new Obstacle('no_answer', `${name} has no port that may be tried.`);
    const paths = ports.map(({ path }) => path).join(', ');
    return new Obstacle(
      'no_answer',
      `${name} answers on none of its ports (${paths}). Plug it in again, into another socket or a hub with its own power.`,
    );
  }

  #vainMs(): number {
    const now = this.#context.clock.monotonic();
    this.#vainSince ??= now;
    return now - this.#vainSince;
  }

  #meet(obstacle: Obstacle | undefined): void {
    if (obstacle?.message === this.#obstacle?.message) return;
    this.#obstacle = obstacle;
    this.#context.changed(this);
  }

  async #pause(want: Want): Promise<void> {
    this.#tries++;
    const ms = pauseMs(want, this.#group.kind, this.#tries, this.#vainMs());
    await delay(this.#context.clock, ms, this.#wake.signal);
  }

  // Serving ------------------------------------------------------------------------------------------------------

  async #serve(port: ListedPort): Promise<void> {
    const leave = new AbortController();
    const { opening, fleet, log } = this.#context;
    const { path, device } = port;
    this.#tries = 0;
    this.#vainSince = undefined;
    this.#served = { path, leave, fit: false };
    this.#meet(undefined);
    log.info({ port: path, device: groupName(this.#group) }, 'modem found');
    fleet.add({
      path,
      baudRate,
      usb: {
        socket: device?.key,
        vendorId: device?.vendorId,
        productId: device?.productId,
        interfaceNumber: port.interface?.number,
      },
      deaf: this.#left.get(path) === 'deaf',
      emulated: false,
      open: this.#isUart() ? opening.openAtAnyRate : opening.open,
      hints: { number: undefined, pin: undefined },
      found: true,
    });
    if (!leave.signal.aborted)
      await new Promise<void>((resolve) => leave.signal.addEventListener('abort', () => resolve()));
    await fleet.remove(path);
    this.#served = undefined;
  }
}
