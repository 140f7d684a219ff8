import { randomBytes } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  EmulatedModem,
  EmulatedNetwork,
  type EmulatedSim,
  emulatedTransport,
  type ModemOptions,
  type ModemPort,
  type NetworkOptions,
  type SimOptions,
} from '../../src/emulator/index.ts';
import { encodeSubmit } from '../../src/gsm/pdu/index.ts';
import { type Logger, silentLog } from '../../src/log.ts';
import type { SubmitOutcome } from '../../src/modem/at-channel.ts';
import { Fleet, type FleetMember } from '../../src/modem/fleet.ts';
import type { ModemFacts, ModemState } from '../../src/modem/modem-facts.ts';
import type { UsbPlace } from '../../src/modem/profiles/index.ts';
import type { SimArrival } from '../../src/modem/session-context.ts';
import { type OpenTransport, type Transport, TransportError } from '../../src/modem/transport.ts';
import { SimBook } from '../../src/sims/sim-book.ts';
import type { Database } from '../../src/store/database.ts';
import { ModemCareStore } from '../../src/store/modem-care-store.ts';
import { ModemStore } from '../../src/store/modem-store.ts';
import { SecretBox } from '../../src/store/secret-box.ts';
import { SimStore } from '../../src/store/sim-store.ts';
import { UssdStore } from '../../src/store/ussd-store.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryDatabase, temporaryFolder } from '../store/temporary-database.ts';
import { settled, until } from './eventually.ts';

export interface FleetBenchOptions {
  readonly network?: Omit<NetworkOptions, 'clock'>;
  /** POSTERN_PIN: tried on a SIM that has no PIN of its own. */
  readonly fallbackPin?: string;
  /** Takes arrivals in; without it they are only written down. */
  readonly keep?: (arrival: SimArrival) => boolean;
  readonly deleted?: (place: DeletedPlace) => void;
  /** Put around the opening of every port. */
  readonly watched?: (open: OpenTransport) => OpenTransport;
  readonly log?: Logger;
}

type DeletedPlace = { storage: string; index: number; simId: number };

export interface StationOptions extends Partial<Omit<ModemOptions, 'clock' | 'network' | 'sim'>> {
  readonly sim?: EmulatedSim | Partial<SimOptions> | null;
  /** What the specification of its port says. */
  readonly number?: string;
  readonly pin?: string;
}

const ours = '+15550001111';

/** A fleet on a table with emulated modems, the SIMs in a real database, and all that it told. */
export class FleetBench {
  readonly clock = new ManualClock();
  readonly network: EmulatedNetwork;
  #folder = temporaryFolder();
  readonly #dataKey = randomBytes(32);
  readonly #options: FleetBenchOptions;
  readonly #sockets = new Map<string, ModemPort>();
  readonly #held = new Set<string>();
  /** What was kept, in order. */
  readonly kept: SimArrival[] = [];
  /** Places that the modem confirmed as empty. */
  readonly deleted: DeletedPlace[] = [];
  /** Each time that a port was opened. */
  readonly opened: string[] = [];
  /** What each command of a port was, in order, without carriage returns. */
  readonly written: string[] = [];
  readonly states: string[] = [];
  /** Each time that something new stood in the way of a modem, or stood no longer. */
  readonly obstacles: string[] = [];
  readonly lateSubmits: [number, number][] = [];
  /** Does something to each transport that is opened from now on. */
  spoil: ((transport: Transport) => void) | undefined;
  /** Thrown instead of keeping, as a full disk does. */
  diskError: Error | undefined;
  database!: Database;
  sims!: SimStore;
  book!: SimBook;
  fleet!: Fleet;

  constructor(options: FleetBenchOptions = {}) {
    this.#options = options;
    this.network = new EmulatedNetwork({ clock: this.clock, random: () => 0, ...options.network });
    this.restart();
  }

  /** The program ends and starts again over the same database. */
  restart(specNumbers: readonly string[] = []): void {
    const { clock } = this;
    const { fallbackPin, keep, deleted } = this.#options;
    this.database = temporaryDatabase(join(this.#folder, 'postern.db'));
    this.sims = new SimStore(this.database, new SecretBox(this.#dataKey));
    this.book = new SimBook(this.sims, specNumbers, fallbackPin, clock, silentLog);
    const modems = new ModemStore(this.database);
    const care = new ModemCareStore(this.database);
    const fleet = new Fleet({
      clock,
      log: this.#options.log ?? silentLog,
      sims: this.book,
      imeis: modems,
      restarts: care,
      bearers: care,
      reportStores: care,
      ussd: new UssdStore(this.database),
      isDisabled: (id) => modems.isDisabled(id),
      keep: (arrival) => {
        if (this.diskError) throw this.diskError;
        const kept = keep?.(arrival) ?? true;
        if (kept) this.kept.push(arrival);
        return kept;
      },
      deleted: (place) => {
        deleted?.(place);
        this.deleted.push(place);
      },
    });
    fleet.on('changed', ({ facts }, before) => {
      if (facts.state !== before.state) this.states.push(`${facts.port} ${facts.state}`);
      const code = facts.obstacle?.code;
      if (code !== before.obstacle?.code) this.obstacles.push(`${facts.port} ${code ?? 'none'}`);
    });
    fleet.on('lateSubmit', (...late) => this.lateSubmits.push(late));
    this.fleet = fleet;
    onTestFinished(() => fleet.stop());
  }

  /** From now on the database is what a power cut at this moment would have left of it. */
  copyDatabase(): void {
    const copy = temporaryFolder();
    for (const name of ['postern.db', 'postern.db-wal'])
      copyFileSync(join(this.#folder, name), join(copy, name));
    this.#folder = copy;
  }

  /** A modem with a SIM of its own, `null` for none; off until it is plugged in. */
  modem({ sim, number: _number, pin: _pin, ...options }: StationOptions = {}): EmulatedModem {
    const { clock, network } = this;
    const card = sim === null ? {} : { sim: this.sim(sim) };
    return new EmulatedModem({ clock, network, ...card, ...options });
  }

  sim(options: EmulatedSim | Partial<SimOptions> = {}): EmulatedSim {
    if ('messages' in options) return options;
    return this.network.addSim({ number: ours, ...options });
  }

  plug(path: string, modem: ModemPort): void {
    this.#sockets.set(path, modem);
    modem.powerOn();
  }

  modemAt(path: string): EmulatedModem | undefined {
    const port = this.#sockets.get(path);
    return port instanceof EmulatedModem ? port : undefined;
  }

  unplug(path: string): void {
    this.#sockets.get(path)?.powerOff();
    this.#sockets.delete(path);
  }

  /** Another program has this port open, until the returned function is called. */
  hold(path: string): () => void {
    this.#held.add(path);
    return () => this.#held.delete(path);
  }

  /** Serves a port from now on. */
  serve(path: string, hints: { number?: string; pin?: string; socket?: string | undefined } = {}): void {
    this.fleet.add({
      path,
      baudRate: 115_200,
      emulated: true,
      ...(hints.socket !== undefined && { usb: usbAt(hints.socket) }),
      open: this.#options.watched?.(this.open) ?? this.open,
      hints: { number: hints.number, pin: hints.pin },
      found: false,
    });
  }

  /** A modem plugged in and served at once. */
  station(path: string, options: StationOptions = {}): EmulatedModem {
    const modem = this.modem(options);
    this.plug(path, modem);
    this.serve(path, options);
    return modem;
  }

  member(path: string): FleetMember {
    const member = this.fleet.members.find(({ modem }) => modem.port.path === path);
    if (!member) throw new Error(`${path} is not served`);
    return member;
  }

  facts(path: string): ModemFacts {
    return this.member(path).facts;
  }

  /** Waits until a modem is in this state. */
  async reaches(path: string, state: ModemState, limitMs = 120_000): Promise<ModemFacts> {
    await until(this.clock, `${path} ${state}`, () => this.facts(path).state === state, limitMs).catch(
      (error) => {
        const { state: present, obstacle } = this.facts(path);
        throw new Error(`${(error as Error).message}; it is ${present} (${obstacle?.message})`);
      },
    );
    return this.facts(path);
  }

  /** Hands a text over at a port. */
  async send(path: string, to = '+15557654321', text = 'Hello'): Promise<SubmitOutcome> {
    const { pdu, tpduLength } = encodeSubmit({ to, text, statusReport: true });
    return settled(
      this.clock,
      this.member(path).modem.submit(pdu, tpduLength, () => undefined),
    );
  }

  /** The commands that were written since this was last asked. */
  commands(): string[] {
    return this.written.splice(0);
  }

  /** Opens a port as the system does: one program at a time. */
  readonly open: OpenTransport = async (path, { baudRate }) => {
    const modem = this.#sockets.get(path);
    if (!modem?.powered) throw new TransportError('absent', `${path} is not plugged in`);
    if (this.#held.has(path)) throw new TransportError('busy', `${path} is held by another program`);
    this.#held.add(path);
    this.opened.push(path);
    const transport = emulatedTransport(modem, path, baudRate);
    transport.once('close', () => this.#held.delete(path));
    const write = transport.write.bind(transport);
    transport.write = (octets) => {
      this.written.push(octets.replace(/\r$/, ''));
      return write(octets);
    };
    this.spoil?.(transport);
    return transport;
  };
}

function usbAt(socket: string): UsbPlace {
  return { socket, vendorId: undefined, productId: undefined, interfaceNumber: undefined };
}
