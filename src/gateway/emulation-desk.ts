import type { Clock } from '../clock.ts';
import type { EmulationView } from '../contract/emulation.ts';
import { type Emulation, type StationOptions, startEmulation } from '../emulator/emulation.ts';
import type { FleetMember, FleetPort } from '../modem/fleet.ts';
import type { OpenTransport } from '../modem/transport.ts';
import { defaultBaudRate } from '../modem-spec.ts';
import { PanelError } from '../panel/panel-error.ts';
import type { SimBook } from '../sims/sim-book.ts';
import type { EmulationStore } from '../store/emulation-store.ts';
import type { SimStore } from '../store/sim-store.ts';

/** How long the network takes, as a quick real one does. */
const pace = { latencyMs: 700, reportDelayMs: 1_500 };

/** What the desk needs of the gateway. */
export interface EmulationDeskContext {
  readonly clock: Clock;
  readonly fleet: {
    readonly members: readonly FleetMember[];
    add(port: FleetPort): void;
    remove(path: string): Promise<void>;
  };
  readonly book: Pick<SimBook, 'expect' | 'expectNoMore' | 'isOurs'>;
  readonly sims: Pick<SimStore, 'forget'>;
  readonly store: EmulationStore;
  /** What sets single modems apart, by their place. */
  readonly stations: readonly StationOptions[];
  /** Keeps what passes over a port that is opened. */
  readonly watched: (open: OpenTransport) => OpenTransport;
}

/** Plugs emulated modems in to try things out with, and takes them away again. */
export class EmulationDesk {
  readonly #context: EmulationDeskContext;
  #emulation: Emulation | undefined;
  /** Numbers that are ours only since these modems are there. */
  #own: ReadonlySet<string> = new Set();

  constructor(context: EmulationDeskContext) {
    this.#context = context;
  }

  /** The emulated network, when modems are emulated. */
  get emulation(): Emulation | undefined {
    return this.#emulation;
  }

  /** With as many modems as the gateway was started with, or else as a person asked for before. */
  begin(wanted: number): void {
    const count = wanted > 0 ? wanted : this.#context.store.count();
    if (count > 0) this.#plugIn(count);
  }

  /** Cuts the power, after all ports were let go. */
  end(): void {
    this.#emulation?.stop();
  }

  view(): EmulationView {
    const { modems = [], phones = [] } = this.#emulation ?? {};
    return {
      modems: modems.length,
      phones: phones.flatMap(({ number, behaviour }) => (isNamed(behaviour) ? [{ number, behaviour }] : [])),
    };
  }

  /** Throws a `PanelError` when some run already. */
  start(count: number): EmulationView {
    if (this.#emulation)
      throw new PanelError('IN_USE', 'Emulated modems are plugged in already. Stop them first.');
    this.#context.store.keep(count);
    this.#plugIn(count);
    return this.view();
  }

  /** Takes them away with their SIMs; what was sent and received stays in the log. */
  async stop(): Promise<EmulationView> {
    const emulation = this.#emulation;
    this.#emulation = undefined;
    this.#context.store.keep(0);
    if (emulation) await this.#unplug(emulation);
    return this.view();
  }

  #plugIn(count: number): void {
    const { clock, fleet, book, stations, watched } = this.#context;
    const emulation = startEmulation({ clock, count, stations, ...pace });
    this.#emulation = emulation;
    const numbers = emulation.modems.map(({ number }) => number);
    this.#own = new Set(numbers.filter((number) => !book.isOurs(number)));
    const open = watched(emulation.open);
    for (const { path, number } of emulation.modems) {
      book.expect(number);
      const hints = { number, pin: undefined };
      fleet.add({ path, baudRate: defaultBaudRate, emulated: true, open, hints, found: false });
    }
  }

  async #unplug(emulation: Emulation): Promise<void> {
    const { fleet, book, sims, clock } = this.#context;
    for (const { path, number } of emulation.modems) {
      const simId = fleet.members.find(({ modem }) => modem.port.path === path)?.facts.sim?.simId;
      await fleet.remove(path);
      if (this.#own.has(number)) book.expectNoMore(number);
      const isElsewhere = fleet.members.some(({ facts }) => facts.sim?.simId === simId);
      if (simId !== undefined && !isElsewhere) sims.forget(simId, clock.now());
    }
    emulation.stop();
  }
}

function isNamed(behaviour: unknown): behaviour is EmulationView['phones'][number]['behaviour'] {
  return typeof behaviour === 'string';
}
