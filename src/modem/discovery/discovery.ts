import { EventEmitter } from 'node:events';
import type { Clock } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import type { FleetMember } from '../fleet.ts';
import { type ModemFacts, unknownModem } from '../modem-facts.ts';
import type { Obstacle } from '../obstacle.ts';
import type { OpenTransport } from '../transport.ts';
import { DeviceSearch, type FoundModems } from './device-search.ts';
import { GonePorts } from './gone-ports.ts';
import { isBridge } from './known-ids.ts';
import type { ListedPort, Listing, PortSource } from './listed-port.ts';
import { ListingWatch } from './listing-watch.ts';
import { NeverTouch, resolved } from './never-touch.ts';
import { groupName, groupPorts, type PortGroup } from './port-group.ts';
import { type KnownPorts, PortOpening } from './port-opening.ts';
import type { PortAsker } from './port-rights.ts';
import { PortlessDevices } from './portless-devices.ts';
import { ProbeOrder } from './probe-order.ts';
import { reasonOfBusyPort, reasonOfForbiddenPort } from './refusal-reason.ts';
import type { SystemFolders } from './system-folders.ts';
import { deviceName, type UsbDevice } from './usb-device.ts';

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

export interface DiscoveryEvents {
  /** Something stands in the way of a device now, or something else does. */
  plugged: [device: PluggedDevice];
  /** Nothing stands in its way any more, or it is gone. */
  cleared: [device: PluggedDevice];
}

/** The fleet as far as discovery needs it. */
export interface DiscoveredFleet extends FoundModems {
  readonly members: readonly FleetMember[];
  /** The system says that a port is gone: whoever has it open lets it go. */
  portGone(path: string): void;
  on(event: 'changed', listener: (member: FleetMember, before: ModemFacts) => void): unknown;
}

export interface DiscoveryContext {
  readonly clock: Clock;
  readonly log: Logger;
  readonly source: PortSource;
  readonly folders: SystemFolders;
  readonly asker: PortAsker;
  /** Opens a port and nothing else. */
  readonly open: OpenTransport;
  readonly fleet: DiscoveredFleet;
  /** Paths that a person named: their devices are served at these ports alone. */
  readonly named: readonly string[];
  readonly neverTouch: readonly string[];
  /** Whether modems are looked for; what is named is watched all the same. */
  readonly find: boolean;
}

type Trouble = Pick<PluggedDevice, 'name' | 'ports' | 'obstacle'>;

/** The ports of a device that was just plugged in appear one after the other. */
const settleMs = 500;

/**
 * Knows what is plugged in, finds the modems among it, and says at once when one is gone.
 *
 *     listings ─► groups of ports ─► a search each ─► fleet
 *         └─────► devices without ports ─► what stands in their way
 */
export class Discovery extends EventEmitter<DiscoveryEvents> implements KnownPorts {
  readonly opening: PortOpening;
  readonly #context: DiscoveryContext;
  readonly #watch: ListingWatch;
  readonly #portless: PortlessDevices;
  readonly #neverTouch: NeverTouch;
  readonly #order = new ProbeOrder();
  readonly #searches = new Map<string, DeviceSearch>();
  readonly #plugged = new Map<string, PluggedDevice>();
  /** Devices of which several ports are named, by their sockets. */
  readonly #twice = new Set<string>();
  /** Searches that are letting their port go, by socket. */
  readonly #ending = new Map<string, Promise<void>>();
  readonly #gone = new GonePorts();
  /** What is there when this begins has been there for long. */
  #settleMs = 0;
  #ports: ReadonlyMap<string, ListedPort> = new Map();
  #first: Promise<void> | undefined;

  constructor(context: DiscoveryContext) {
    super();
    const { clock, log, source, folders, asker, open } = context;
    this.#context = context;
    this.#neverTouch = new NeverTouch(context.neverTouch);
    this.#watch = new ListingWatch(source, clock, log, (listing) => this.#onListing(listing));
    this.#portless = new PortlessDevices(clock, folders.proc, (...news) => this.#onPortless(...news));
    this.opening = new PortOpening({
      clock,
      open,
      ports: this,
      neverTouch: this.#neverTouch,
      reasonOf: (code, port) =>
        code === 'busy' ? reasonOfBusyPort(port, folders) : reasonOfForbiddenPort(port, asker, folders),
    });
  }

  /** What is plugged in and needs a person. */
  get plugged(): readonly PluggedDevice[] {
    return [...this.#plugged.values()];
  }

  start(): void {
    this.#context.fleet.on('changed', ({ modem, found, facts }) => {
      if (found) this.#searchAt(modem.port.path)?.note(facts);
    });
    this.#first = this.#watch.start();
  }

  /** Looks for nothing any more; what was found stays with the fleet. */
  stop(): void {
    this.#watch.stop();
    this.#portless.stop();
    for (const search of this.#searches.values()) search.halt();
  }

  // What is known of ports ---------------------------------------------------------------------------------------

  async find(path: string): Promise<ListedPort | undefined> {
    await this.#first;
    return this.#ports.get(await this.#target(path));
  }

  /** Where a name leads: a port that is listed is its own, a link leads to one. */
  async #target(path: string): Promise<string> {
    return this.#ports.has(path) ? path : resolved(path);
  }

  /** A path that no system lists may be a UART all the same, but no pseudo terminal is one. */
  async isUart(path: string): Promise<boolean> {
    const port = await this.find(path);
    if (port) return !port.device || isBridge(port.device);
    return !/^\/dev\/(?:pts\/|ttys\d)/.test(await resolved(path));
  }

  // What comes and goes ------------------------------------------------------------------------------------------

  async #onListing(listing: Listing): Promise<void> {
    const { fleet, find } = this.#context;
    this.#ports = new Map(listing.ports.map((port) => [port.path, port]));
    const named = new Set(await Promise.all(this.#context.named.map((path) => this.#target(path))));
    const served = fleet.members.map(({ modem }) => modem.port.path);
    const targets = new Map(
      await Promise.all(served.map(async (path) => [path, await this.#target(path)] as const)),
    );
    for (const path of this.#gone.since(listing.ports, targets)) fleet.portGone(path);
    const groups = groupPorts(listing.ports);
    for (const group of groups) this.#warnOfTwo(group, named);
    if (!find) return;
    this.#portless.update(listing);
    const wanted = groups.filter((group) => this.#isSearched(group, named));
    this.#endSearches(wanted);
    for (const group of wanted.toSorted((one, other) => likelihood(one) - likelihood(other)))
      this.#search(group);
    this.#settleMs = settleMs;
  }

  #isSearched({ kind, ports, device }: PortGroup, named: ReadonlySet<string>): boolean {
    if (kind === 'built-in' || kind === 'other' || !device || this.#neverTouch.device(device)) return false;
    return !ports.some(({ path }) => named.has(path));
  }

  #endSearches(wanted: readonly PortGroup[]): void {
    const instances = new Map(wanted.map(({ key, instance }) => [key, instance]));
    for (const [key, search] of this.#searches) {
      if (instances.get(key) === search.group.instance) continue;
      this.#searches.delete(key);
      this.#tell(key, undefined);
      const ending = search.stop().finally(() => {
        if (this.#ending.get(key) === ending) this.#ending.delete(key);
      });
      this.#ending.set(key, ending);
    }
  }

  /** A stick that is back waits until its old port is let go: a handle that is still held keeps the new one busy. */
  #search(group: PortGroup): void {
    const known = this.#searches.get(group.key);
    if (known) return known.update(group);
    const { clock, log, fleet } = this.#context;
    const search = new DeviceSearch(group, this.#settleMs, {
      clock,
      log,
      fleet,
      opening: this.opening,
      order: this.#order,
      mayTouch: async (port) => !(await this.#neverTouch.port(port)),
      changed: (changed) => this.#onSearchChange(changed),
    });
    this.#searches.set(group.key, search);
    const ending = this.#ending.get(group.key);
    if (ending) void ending.then(() => search.start());
    else search.start();
  }

  #searchAt(path: string): DeviceSearch | undefined {
    return [...this.#searches.values()].find((search) => search.path === path);
  }

  /** Several specifications may be meant for one stick, of which one serves; more often it is a slip. */
  #warnOfTwo({ key, ports, device }: PortGroup, named: ReadonlySet<string>): void {
    const both = ports.map(({ path }) => path).filter((path) => named.has(path));
    if (both.length < 2 || !device || this.#twice.has(key)) return;
    this.#twice.add(key);
    this.#context.log.warn(
      { ports: both, device: deviceName(device) },
      'several of the named ports belong to one device: name one of them',
    );
  }

  // What stands in the way ---------------------------------------------------------------------------------------

  #onSearchChange({ group, obstacle }: DeviceSearch): void {
    if (!this.#searches.has(group.key)) return;
    const ports = group.ports.map(({ path }) => path);
    this.#tell(group.key, obstacle && { name: groupName(group), ports, obstacle });
  }

  #onPortless(device: UsbDevice, obstacle: Obstacle | undefined): void {
    if (this.#neverTouch.device(device)) return;
    this.#tell(device.key, obstacle && { name: deviceName(device), ports: [], obstacle });
  }

  #tell(key: string, trouble: Trouble | undefined): void {
    const before = this.#plugged.get(key);
    if (!trouble) {
      this.#plugged.delete(key);
      if (before) this.emit('cleared', before);
      return;
    }
    const device = { key, ...trouble, facts: factsOf(key, trouble) };
    this.#plugged.set(key, device);
    this.#context.log.warn({ device: trouble.name, code: trouble.obstacle.code }, trouble.obstacle.message);
    this.emit('plugged', device);
  }
}

function factsOf(key: string, { name, ports, obstacle }: Trouble): ModemFacts {
  const unknown = unknownModem(ports[0] ?? `USB ${key}`, false);
  return { ...unknown, id: `usb:${key}`, model: name, state: 'attention', obstacle };
}

/** What is known as a modem is tried before what may be anything. */
function likelihood({ kind }: PortGroup): number {
  return kind === 'modem' ? 0 : 1;
}
