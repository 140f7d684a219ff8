import { type Clock, delay } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import type { FleetPort } from '../fleet.ts';
import type { ModemFacts } from '../modem-facts.ts';
import type { Obstacle } from '../obstacle.ts';
import { isBridge } from './known-ids.ts';
import { type ListedPort, usbPlaceOf } from './listed-port.ts';
import { type LeftBecause, PortChoice } from './port-choice.ts';
import { groupName, type PortGroup } from './port-group.ts';
import type { PortOpening } from './port-opening.ts';
import { rankPorts } from './port-role.ts';
import { PortTrials, trialBaudRate } from './port-trials.ts';
import type { ProbeOrder } from './probe-order.ts';
import type { Want } from './search-pace.ts';

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
  readonly #choice = new PortChoice();
  readonly #trials: PortTrials;
  #group: PortGroup;
  #running: Promise<void> | undefined;
  #wake = new AbortController();
  #served: { readonly path: string; readonly leave: AbortController; fit: boolean } | undefined;

  /** @param settleMs how long the ports of a device that was just plugged in may take to appear */
  constructor(group: PortGroup, settleMs: number, context: SearchContext) {
    this.#group = group;
    this.#settleMs = settleMs;
    this.#context = context;
    this.#trials = new PortTrials(context.clock, () => context.changed(this));
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
    return this.#trials.obstacle;
  }

  start(): void {
    this.#running ??= this.#live();
  }

  /** Lets the device go; resolves when its port is closed. */
  async stop(): Promise<void> {
    this.halt();
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
    const shown = ({ ports }: PortGroup) => ports.map(({ path, present }) => `${path} ${present}`).join();
    const same = shown(group) === shown(this.#group);
    this.#group = group;
    if (same) return;
    this.#wake.abort();
    const served = this.#served;
    if (served && !group.ports.some(({ path }) => path === served.path)) served.leave.abort();
  }

  /** The modem that is served stands so now. */
  note(facts: ModemFacts): void {
    const served = this.#served;
    if (!served) return;
    served.fit ||= facts.state === 'ready';
    if (facts.deaf) this.#doubt('deaf');
    else if (!served.fit && unfitCodes.has(facts.obstacle?.code)) this.#doubt('unfit');
  }

  #doubt(why: LeftBecause): void {
    const served = this.#served;
    const present = rankPorts(this.#group.ports).filter((port) => port.present);
    if (!served || !this.#choice.doubt(served.path, why, present)) return;
    this.#context.log.info({ port: served.path, why }, 'trying another port of the modem');
    served.leave.abort();
  }

  async #live(): Promise<void> {
    const { clock, order } = this.#context;
    await delay(clock, this.#settleMs, this.#lifetime.signal);
    while (!this.#lifetime.signal.aborted) {
      this.#wake = new AbortController();
      const found = await order.run(this.#group.kind === 'modem', () => this.#tryPorts());
      if (this.#lifetime.signal.aborted) return;
      if (typeof found !== 'string') await this.#serve(found);
      else await delay(clock, this.#trials.pauseMs(found, this.#group.kind), this.#wake.signal);
    }
  }

  async #tryPorts(): Promise<ListedPort | Want> {
    const { opening, mayTouch } = this.#context;
    const ranked = this.#choice.byHope(rankPorts(this.#group.ports));
    const allowed = await Promise.all(ranked.map(mayTouch));
    const ports = ranked.filter((_, at) => allowed[at]);
    const open = this.#isUart() ? opening.openAnswering : opening.open;
    return this.#trials.run(this.#group, ports, open, this.#lifetime.signal);
  }

  #isUart(): boolean {
    return this.#group.device !== undefined && isBridge(this.#group.device);
  }

  async #serve(port: ListedPort): Promise<void> {
    const { fleet, log } = this.#context;
    const leave = new AbortController();
    this.#served = { path: port.path, leave, fit: false };
    log.info({ port: port.path, device: groupName(this.#group) }, 'modem found');
    fleet.add(this.#asFleetPort(port));
    if (!leave.signal.aborted)
      await new Promise<void>((resolve) => leave.signal.addEventListener('abort', () => resolve()));
    await fleet.remove(port.path);
    this.#served = undefined;
  }

  #asFleetPort(port: ListedPort): FleetPort {
    const { path } = port;
    const { opening } = this.#context;
    return {
      path,
      baudRate: trialBaudRate,
      usb: usbPlaceOf(port),
      deaf: this.#choice.isDeaf(path),
      emulated: false,
      open: this.#isUart() ? opening.openAtAnyRate : opening.open,
      hints: { number: undefined, pin: undefined },
      found: true,
    };
  }
}
