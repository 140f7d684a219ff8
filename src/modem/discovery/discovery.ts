import type { Obstacle } from '../obstacle.ts';
import type { UsbPlace } from '../profiles/index.ts';
import type { DeviceSearch } from './device-search.ts';
import { DeviceSearches } from './device-searches.ts';
import type { DiscoveryContext } from './discovery-context.ts';
import { GonePorts } from './gone-ports.ts';
import { KnownPorts } from './known-ports.ts';
import type { Listing } from './listed-port.ts';
import { ListingWatch } from './listing-watch.ts';
import { NamedTwice } from './named-twice.ts';
import { NeverTouch } from './never-touch.ts';
import { PluggedDevices } from './plugged-devices.ts';
import { groupName, groupPorts, type PortGroup } from './port-group.ts';
import { PortOpening } from './port-opening.ts';
import { PortlessDevices } from './portless-devices.ts';
import { reasonOfBusyPort, reasonOfForbiddenPort } from './refusal-reason.ts';
import { deviceName, type UsbDevice } from './usb-device.ts';

/** The ports of a device that was just plugged in appear one after the other. */
const newDeviceSettleMs = 500;

/**
 * Knows what is plugged in, finds the modems among it, and says at once when one is gone.
 *
 *     listings ─► groups of ports ─► a search each ─► fleet
 *         └─────► devices without ports ─► what stands in their way
 */
export class Discovery {
  /** How every port is opened. */
  readonly opening: PortOpening;
  /** What needs a person before it can serve. */
  readonly plugged: PluggedDevices;
  readonly #context: DiscoveryContext;
  readonly #watch: ListingWatch;
  readonly #ports: KnownPorts;
  readonly #portless: PortlessDevices;
  readonly #searches: DeviceSearches;
  readonly #neverTouch: NeverTouch;
  readonly #gone = new GonePorts();
  readonly #twice: NamedTwice;
  /** What is there when this begins has been there for long. */
  #settleMs = 0;

  constructor(context: DiscoveryContext) {
    const { clock, log, source, folders, asker, open, fleet } = context;
    const neverTouch = new NeverTouch(context.neverTouch);
    this.#context = context;
    this.#neverTouch = neverTouch;
    this.#twice = new NamedTwice(log);
    this.#ports = new KnownPorts(clock);
    this.#watch = new ListingWatch(source, clock, log, (listing) => this.#onListing(listing));
    this.plugged = new PluggedDevices(log);
    this.#portless = new PortlessDevices(clock, folders.proc, (...news) => this.#onPortless(...news));
    this.opening = new PortOpening({
      clock,
      open,
      ports: this.#ports,
      neverTouch,
      reasonOf: (code, port) =>
        code === 'busy'
          ? reasonOfBusyPort(port, folders, context.named.includes(port.path))
          : reasonOfForbiddenPort(port, folders, asker),
    });
    this.#searches = new DeviceSearches({
      clock,
      log,
      fleet,
      opening: this.opening,
      mayTouch: async (port) => !(await neverTouch.port(port)),
      changed: (search) => this.#onSearch(search),
    });
  }

  /** Where on the USB a named port is, since it was opened last. */
  placeOf(path: string): UsbPlace | undefined {
    return this.#ports.placeOf(path);
  }

  start(): void {
    this.#context.fleet.on('changed', ({ modem, found, facts }) => {
      if (found) this.#searches.at(modem.port.path)?.note(facts);
    });
    void this.#watch.start();
  }

  /** Looks for nothing any more; what was found stays with the fleet. */
  stop(): void {
    this.#watch.stop();
    this.#portless.stop();
    this.#searches.halt();
  }

  async #onListing(listing: Listing): Promise<void> {
    const { named, find } = this.#context;
    this.#ports.update(listing.ports);
    await this.#tellGone(listing);
    const targets = new Set(await Promise.all(named.map((path) => this.#ports.target(path))));
    const groups = groupPorts(listing.ports);
    for (const group of groups) this.#twice.look(group, targets);
    if (!find) return;
    this.#portless.update(listing);
    const searched = groups.filter((group) => this.#isSearched(group, targets));
    for (const key of this.#searches.update(searched, this.#settleMs)) this.plugged.note(key, undefined);
    this.#settleMs = newDeviceSettleMs;
  }

  async #tellGone({ ports }: Listing): Promise<void> {
    const { fleet } = this.#context;
    const targets = await Promise.all(
      fleet.members.map(async ({ modem }) => {
        const { path } = modem.port;
        return [path, await this.#ports.target(path)] as const;
      }),
    );
    for (const path of this.#gone.since(ports, new Map(targets))) fleet.portGone(path);
  }

  #isSearched({ kind, ports, device }: PortGroup, named: ReadonlySet<string>): boolean {
    if (kind === 'built-in' || kind === 'other' || !device || this.#neverTouch.device(device)) return false;
    return !ports.some(({ path }) => named.has(path));
  }

  #onSearch(search: DeviceSearch): void {
    if (!this.#searches.has(search)) return;
    const { group, obstacle } = search;
    const ports = group.ports.map(({ path }) => path);
    this.plugged.note(group.key, obstacle && { name: groupName(group), ports, obstacle });
  }

  #onPortless(device: UsbDevice, obstacle: Obstacle | undefined): void {
    if (this.#neverTouch.device(device)) return;
    this.plugged.note(device.key, obstacle && { name: deviceName(device), ports: [], obstacle });
  }
}
