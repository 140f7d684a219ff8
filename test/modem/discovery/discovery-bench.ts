import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { onTestFinished } from 'vitest';
import { type EmulatedModem, type ModemPort, stickPorts } from '../../../src/emulator/index.ts';
import { type Logger, silentLog } from '../../../src/log.ts';
import { Discovery } from '../../../src/modem/discovery/discovery.ts';
import { LinuxPorts } from '../../../src/modem/discovery/linux-ports.ts';
import type { Listing, PortSource } from '../../../src/modem/discovery/listed-port.ts';
import type { PluggedDevice } from '../../../src/modem/discovery/plugged-devices.ts';
import type { ModemFacts } from '../../../src/modem/modem-facts.ts';
import { TransportError } from '../../../src/modem/transport.ts';
import { FleetBench, type StationOptions } from '../fleet-bench.ts';
import { type FakeDevice, type FakeInterface, FakeSystem } from './fake-system.ts';

export interface DiscoveryBenchOptions {
  /** Short names of ports. */
  readonly named?: readonly string[];
  /** Short names of ports, or ids. */
  readonly neverTouch?: readonly string[];
  readonly find?: boolean;
}

/** What is plugged in as it was read last, so that no look waits for the disk while the clock is turned by hand. */
class ReadSource implements PortSource {
  readonly deviceFolder = undefined;
  readonly #ports: LinuxPorts;
  #signature = 'nothing';
  #listing: Listing = { ports: [], devices: [] };
  /** Thrown instead of an answer. */
  trouble: Error | undefined;

  constructor(ports: LinuxPorts) {
    this.#ports = ports;
  }

  async read(): Promise<void> {
    this.#signature = await this.#ports.signature();
    this.#listing = await this.#ports.list();
  }

  async signature(): Promise<string> {
    return this.trouble ? 'trouble' : this.#signature;
  }

  async list(): Promise<Listing> {
    if (this.trouble) throw this.trouble;
    return this.#listing;
  }
}

/** A stick: what the system shows of it, and what is behind each of its ports. */
export interface Stick {
  readonly device: FakeDevice;
  readonly ports: ReadonlyMap<string, ModemPort>;
}

/** Discovery over a fake system on disk, emulated sticks and a real fleet. */
export class DiscoveryBench {
  readonly system = new FakeSystem();
  readonly fleet = new FleetBench();
  readonly source = new ReadSource(new LinuxPorts(this.system.folders));
  /** Ports that this user may not open. */
  readonly forbidden = new Set<string>();
  /** Every port that was opened, or that was tried to be. */
  readonly tried: string[] = [];
  readonly told: string[] = [];
  /** What the log warned of, but not of what stands in a device's way, which is told besides. */
  readonly warnings: string[] = [];
  readonly discovery: Discovery;

  constructor(options: DiscoveryBenchOptions = {}) {
    this.discovery = new Discovery({
      clock: this.clock,
      log: this.#log(),
      source: this.source,
      folders: this.system.folders,
      asker: { uid: 1000, groups: [1000], user: 'anna', environment: {} },
      open: async (path, how) => {
        this.tried.push(path);
        if (this.forbidden.has(path)) throw new TransportError('forbidden', `${path} may not be opened.`);
        if (!existsSync(path)) throw new TransportError('absent', `${path} is not there.`);
        return this.fleet.open(path, how);
      },
      fleet: this.fleet.fleet,
      named: (options.named ?? []).map((tty) => this.path(tty)),
      neverTouch: (options.neverTouch ?? []).map((it) => (it.startsWith('tty') ? this.path(it) : it)),
      find: options.find ?? true,
    });
    this.discovery.plugged.on('plugged', ({ key, obstacle }) => this.told.push(`${key} ${obstacle.code}`));
    this.discovery.plugged.on('cleared', ({ key }) => this.told.push(`${key} cleared`));
    onTestFinished(() => this.discovery.stop());
  }

  get clock() {
    return this.fleet.clock;
  }

  /** The ports that were tried, by their short names, each once. */
  get opened(): string[] {
    return [...new Set(this.tried)].map((path) => path.slice(path.lastIndexOf('/') + 1)).sort();
  }

  get served(): string[] {
    return this.fleet.fleet.members.map(({ modem }) => modem.port.path.slice(this.path('').length));
  }

  get plugged(): readonly PluggedDevice[] {
    return this.discovery.plugged.list;
  }

  path(tty: string): string {
    return `${this.system.folders.dev}/${tty}`;
  }

  facts(tty: string): ModemFacts {
    return this.fleet.facts(this.path(tty));
  }

  /** A stick of an emulated kind, its ports named from the first number on. */
  stick(socket: string, firstNumber: number, options: StationOptions = {}, codes = quectelCodes): Stick {
    return this.stickOf(this.fleet.modem(options), socket, firstNumber, codes);
  }

  /** The stick that a modem is, at one of its pluggings-in. */
  stickOf(modem: EmulatedModem, socket: string, firstNumber: number, codes = quectelCodes): Stick {
    const ports = stickPorts(modem, this.clock);
    const { vendorId = '2c7c', productId = '0125' } = modem.profile.usb ?? {};
    const interfaces = ports.map(({ interface: number }, at): FakeInterface => {
      const tty = `ttyUSB${firstNumber + at}`;
      return { number, codes: codes[number] ?? 'ffffff', driver: 'option', tty };
    });
    const device = { socket, id: `${vendorId}:${productId}`, product: modem.profile.name, interfaces };
    return {
      device,
      ports: new Map(ports.map(({ port }, at) => [`ttyUSB${firstNumber + at}`, port])),
    };
  }

  /** A device with ports of our own making. */
  device(device: FakeDevice, ports: readonly ModemPort[]): Stick {
    const ttys = device.interfaces.flatMap(({ tty }) => tty ?? []);
    return { device, ports: new Map(ports.map((port, at) => [ttys[at] ?? '', port])) };
  }

  async plug({ device, ports }: Stick): Promise<void> {
    this.system.plug(device);
    for (const [tty, port] of ports) this.fleet.plug(this.path(tty), port);
    await this.source.read();
  }

  /** It is gone; with `silently` no driver says so to whoever has its ports open. */
  async unplug({ device, ports }: Stick, silently = false): Promise<void> {
    this.system.unplug(device);
    if (!silently) for (const tty of ports.keys()) this.fleet.unplug(this.path(tty));
    await this.source.read();
  }

  start(): void {
    this.discovery.start();
  }

  /** Serves a port as a person named it. */
  serveNamed(tty: string): void {
    const { discovery } = this;
    const path = this.path(tty);
    this.fleet.fleet.add({
      path,
      get usb() {
        return discovery.placeOf(path);
      },
      baudRate: 115_200,
      emulated: false,
      open: this.discovery.opening.openAtAnyRate,
      hints: { number: undefined, pin: undefined },
      found: false,
    });
  }

  /** Turns the clock, and lets what reads from the disk come to its end at every turn. */
  async advance(ms: number): Promise<void> {
    await diskIsRead();
    for (let passedMs = 0; passedMs < ms; ) {
      passedMs += await this.clock.step(ms - passedMs);
      await diskIsRead();
    }
  }

  #log(): Logger {
    const log = silentLog.child({});
    const warn = (details: { code?: string }, message: string) => {
      if (!details.code) this.warnings.push(message);
    };
    return Object.assign(log, { warn });
  }

  async ready(tty: string, limitMs = 60_000): Promise<ModemFacts> {
    const ready = () => this.fleet.fleet.members.some((member) => isReady(member.facts, this.path(tty)));
    for (let passedMs = 0; !ready(); passedMs += 100) {
      if (passedMs >= limitMs) throw new Error(`${tty} ready: not within ${limitMs} ms of the clock`);
      await this.advance(100); // and lets the disk be read: the clock must not run ahead of it
    }
    return this.facts(tty);
  }
}

function isReady({ port, state }: ModemFacts, path: string): boolean {
  return port === path && state === 'ready';
}

/** Class, subclass and protocol as an EC25 shows them by interface. */
const quectelCodes: Readonly<Record<number, string>> = { 0: 'ffffff', 1: 'ff0000', 2: 'ff0000', 3: 'ff0000' };

/** As a Huawei stick marks them: data, diagnostics, commands. */
export const huaweiCodes: Readonly<Record<number, string>> = { 0: 'ff0101', 1: 'ff0103', 2: 'ff0102' };

/** Reads of the disk wait in line: when so many of ours are done, those that came before are. */
async function diskIsRead(): Promise<void> {
  for (let turn = 0; turn < 16; turn++) await stat('/');
}
