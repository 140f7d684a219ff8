import type { FlapGuard } from './flap-guard.ts';
import type { Modem } from './modem.ts';
import type { ModemFacts, ModemState } from './modem-facts.ts';
import { Obstacle } from './obstacle.ts';
import { isOrdered } from './recovery-ladder.ts';
import type { PresentModem } from './shared-imeis.ts';

/** A modem of the fleet with what the fleet knows beyond the modem itself. */
export interface FleetMember {
  readonly modem: Modem;
  readonly found: boolean;
  /** The number that a person named with the port. */
  readonly namedNumber?: string | undefined;
  /** What the modem tells, and what only comparing modems shows. */
  readonly facts: ModemFacts;
  readonly canSend: boolean;
}

/** States in which a modem has its SIM in hand. */
export const holding: ReadonlySet<ModemState> = new Set<ModemState>(['setting_up', 'registering', 'ready']);
/** States in which a modem answers. */
export const there: ReadonlySet<ModemState> = new Set<ModemState>([...holding, 'locked']);

const noNumber = new Obstacle('number_missing', 'The SIM has no number yet, so nothing can be sent from it.');
const noServiceCentre = new Obstacle(
  'smsc_missing',
  'The SIM has no service centre, without which networks refuse its texts. Ask the operator for the number, and give it to the SIM: postern sims set ICCID --smsc NUMBER.',
);

/** A `FleetMember` as the fleet sees it. */
export class Member implements FleetMember {
  readonly modem: Modem;
  readonly found: boolean;
  readonly namedNumber: string | undefined;
  readonly #refusals: ReadonlyMap<number, Obstacle>;
  readonly #flaps: FlapGuard;
  /** Since when it has its SIM in hand, among all members a smaller number for an earlier one. */
  claimedAs: number | undefined;
  /** Set while another modem claims the same SIM. */
  rival: Obstacle | undefined;
  /** Set while another name of its port, or another port of it, was given another number. */
  contradiction: Obstacle | undefined;
  /** Set while another modem has the same IMEI: both serve. */
  twin: Obstacle | undefined;
  /** The facts as they were told last. */
  told: ModemFacts;
  /** The SIM that it could send from when that was looked at last. */
  #servedSim: number | undefined;

  constructor(
    modem: Modem,
    port: { readonly found: boolean; readonly hints: { readonly number: string | undefined } },
    refusals: ReadonlyMap<number, Obstacle>,
    flaps: FlapGuard,
  ) {
    this.modem = modem;
    this.found = port.found;
    this.namedNumber = port.hints.number;
    this.#refusals = refusals;
    this.#flaps = flaps;
    this.told = modem.facts;
  }

  get facts(): ModemFacts {
    const { facts } = this.modem;
    const obstacle = this.rival ?? facts.obstacle ?? this.#simObstacle() ?? this.twin;
    return obstacle === facts.obstacle
      ? facts
      : { ...facts, obstacle, state: this.rival ? 'attention' : facts.state };
  }

  get canSend(): boolean {
    const { sim } = this.modem.facts;
    return this.#servesSim && sim !== undefined && !this.#flaps.holds(sim.simId);
  }

  /** Whether it has its SIM in hand. */
  get claims(): boolean {
    return this.modem.facts.sim !== undefined && holding.has(this.modem.facts.state);
  }

  /** Tells the guard when its SIM comes and goes. */
  watchFlapping(): void {
    const simId = this.#servesSim ? this.modem.facts.sim?.simId : undefined;
    if (simId === this.#servedSim) return;
    if (this.#servedSim !== undefined) this.#flaps.went(this.#servedSim, this.#isAwayByOrder);
    if (simId !== undefined) this.#flaps.came(simId);
    this.#servedSim = simId;
  }

  /** A person had it restarted, or let it go: that is no sign of a bad contact. */
  get #isAwayByOrder(): boolean {
    const { state, recovery } = this.modem.facts;
    return state === 'disabled' || isOrdered(recovery);
  }

  get #servesSim(): boolean {
    const { state, sim } = this.modem.facts;
    const inTheWay = this.rival ?? this.contradiction ?? sim?.conflict;
    return state === 'ready' && sim?.number !== undefined && inTheWay === undefined;
  }

  #simObstacle(): Obstacle | undefined {
    const { sim, serviceCentreMissing } = this.modem.facts;
    if (!sim || !this.claims) return undefined;
    if (sim.conflict) return new Obstacle('number_conflict', sim.conflict);
    if (this.contradiction) return this.contradiction;
    if (!sim.number) return noNumber;
    return this.#refusals.get(sim.simId) ?? (serviceCentreMissing ? noServiceCentre : undefined);
  }
}

/** A member as a modem that is there; undefined where it is not. */
export function presentModem({ modem }: Member): PresentModem | undefined {
  const { imei, sim, state } = modem.facts;
  if (imei === undefined || !there.has(state)) return undefined;
  const simId = holding.has(state) ? sim?.simId : undefined;
  return { imei, port: modem.port.path, socket: modem.port.usb?.socket, simId };
}

/** What is told of a modem that shares its IMEI with the one at `port`. */
export function twinObstacle(port: string): Obstacle {
  return new Obstacle(
    'imei_duplicate',
    `The modem at ${port} has the same IMEI. Both are served, but a network may refuse them; plug them always into the same sockets.`,
  );
}
