import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { StationOptions } from '../emulator/emulation.ts';
import { type CareContext, ModemCare } from '../health/modem-care.ts';
import type { Logger } from '../log.ts';
import type { AtLog } from '../modem/at-log/at-log.ts';
import { Discovery } from '../modem/discovery/discovery.ts';
import type { PortSource } from '../modem/discovery/listed-port.ts';
import { thisUser } from '../modem/discovery/port-rights.ts';
import { systemFolders } from '../modem/discovery/system-folders.ts';
import { systemPorts } from '../modem/discovery/system-port.ts';
import { Fleet, type FleetContext } from '../modem/fleet.ts';
import { openSerialPort } from '../modem/serial-transport.ts';
import { traced } from '../modem/traced-transport.ts';
import type { OpenTransport } from '../modem/transport.ts';
import { defaultBaudRate } from '../modem-spec.ts';
import { ModemPanel } from '../panel/modem-panel.ts';
import { SimBook } from '../sims/sim-book.ts';
import { ModemViews } from '../views/modem-views.ts';
import { SimPlaces } from '../views/sim-places.ts';
import { EmulationDesk } from './emulation-desk.ts';
import type { SendingSide } from './messaging.ts';
import { type IsPaused, SendingSims, type Timed } from './sending-sims.ts';
import type { Stores } from './stores.ts';

export interface ModemSurroundings {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly stores: Stores;
  readonly atLog: AtLog;
  /** The serial ports of this machine; the system is asked where none are given. */
  readonly ports: PortSource | undefined;
  /** How ports are opened; as this machine's serial ports where nothing is given. */
  readonly open: OpenTransport | undefined;
  /** What sets single emulated modems apart, by their place. */
  readonly stations: readonly StationOptions[];
  /** Where texts and reports go that arrive. */
  readonly arrivals: Pick<FleetContext, 'keep' | 'deleted'>;
  readonly isPaused: IsPaused;
  /** What a SIM's modem brought and the disk did not take. */
  readonly unwritten: CareContext['unwritten'];
  readonly timed: Timed;
}

/** The modems: how they are found, served, looked after and shown. */
export class ModemSide {
  readonly book: SimBook;
  readonly fleet: Fleet;
  readonly sending: SendingSims;
  readonly discovery: Discovery;
  readonly views: ModemViews;
  readonly panel: ModemPanel;
  readonly care: ModemCare;
  readonly emulation: EmulationDesk;
  /** The serial ports of this machine. */
  readonly ports: PortSource;
  readonly #surroundings: ModemSurroundings;

  constructor(surroundings: ModemSurroundings) {
    this.#surroundings = surroundings;
    const { config, clock, log, stores, atLog, arrivals, isPaused, timed } = surroundings;
    const specNumbers = config.modems.flatMap(({ number }) => number ?? []);
    this.book = new SimBook(stores.sims, specNumbers, config.pin, clock, log);
    this.fleet = new Fleet({
      clock,
      log,
      sims: this.book,
      imeis: stores.modems,
      restarts: stores.modemCare,
      bearers: stores.modemCare,
      reportStores: stores.modemCare,
      ussd: stores.ussd,
      ...arrivals,
      isDisabled: (id) => stores.modems.isDisabled(id),
    });
    const places = new SimPlaces(this.fleet, (modemId) => stores.health.lastSim(modemId));
    const simOf = (number: string) => stores.sims.byNumber(number)?.simId;
    this.sending = new SendingSims(this.fleet, places, simOf, isPaused, timed);
    this.ports = surroundings.ports ?? systemPorts();
    const named = config.modems.map(({ path }) => path);
    this.discovery = new Discovery({
      clock,
      log,
      source: this.ports,
      folders: systemFolders,
      asker: thisUser(),
      open: this.#watched(surroundings.open ?? openSerialPort),
      fleet: this.fleet,
      named,
      neverTouch: config.neverTouch,
      find: config.discovery,
    });
    this.views = new ModemViews(
      this.fleet,
      stores.sims,
      stores.outbound,
      () => this.book.numbers(),
      (modemId) => this.care.warnings(modemId),
      () => this.discovery.plugged.list,
      {
        isWelcomed: (modemId) => stores.modems.isWelcomed(modemId),
        ussdWay: (modemId) => stores.ussd.ussdWay(modemId),
        lastSent: (simId) => stores.moments.lastSent(simId),
        lastReceived: (number) => stores.moments.lastReceived(number),
      },
      places,
    );
    this.panel = new ModemPanel({
      clock,
      log,
      atLog,
      modems: this.views,
      store: stores.modems,
      ussd: stores.ussd,
      ports: { named, remove: (path) => this.fleet.remove(path) },
    });
    this.emulation = new EmulationDesk({
      clock,
      fleet: this.fleet,
      book: this.book,
      sims: stores.sims,
      store: stores.emulation,
      stations: surroundings.stations,
      watched: (open) => this.#watched(open),
    });
    const { events, health, silence, sims } = stores;
    this.care = new ModemCare({
      clock,
      log,
      events,
      health,
      silence,
      sims,
      modems: this.views,
      settings: config,
      unwritten: surroundings.unwritten,
    });
  }

  /** The modems as sending sees them. */
  get sendingSide(): SendingSide {
    return {
      isOurs: (number) => this.book.isOurs(number),
      obstacleOf: (number) => this.sending.obstacleOf(number),
      hasUnread: (simId) => this.fleet.hasUnread(simId),
      refuse: (...trouble) => this.fleet.refuse(...trouble),
    };
  }

  /** Looks for modems, and serves those that are named. */
  start(): void {
    const { config } = this.#surroundings;
    this.discovery.start();
    this.#addNamed();
    this.emulation.begin(config.emulate);
  }

  /** To be called when the fleet has stopped. */
  stop(): void {
    this.care.stop();
    this.emulation.end();
  }

  #addNamed(): void {
    const { discovery } = this;
    const { openAtAnyRate, openAtNamedRate } = discovery.opening;
    for (const { path, baud, number, pin } of this.#surroundings.config.modems) {
      this.fleet.add({
        path,
        baudRate: baud ?? defaultBaudRate,
        emulated: false,
        open: baud === undefined ? openAtAnyRate : openAtNamedRate,
        get usb() {
          return discovery.placeOf(path);
        },
        hints: { number, pin },
        found: false,
      });
    }
  }

  /** What passes over a port is kept, and traced in the log where that is wanted. */
  #watched(open: OpenTransport): OpenTransport {
    const { atLog, log } = this.#surroundings;
    return atLog.recorded(traced(open, log));
  }
}
