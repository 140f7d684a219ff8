import type { Modem } from './modem.ts';
import type { ModemFacts } from './modem-facts.ts';
import { Obstacle } from './obstacle.ts';

/** A modem of the fleet with what the fleet knows beyond the modem itself. */
export interface FleetMember {
  readonly modem: Modem;
  readonly found: boolean;
  /** What the modem tells, and what only comparing modems shows. */
  readonly facts: ModemFacts;
  readonly canSend: boolean;
}

/** States in which a modem has its SIM in hand. */
export const holding: ReadonlySet<string> = new Set(['setting_up', 'registering', 'ready']);
/** States in which a modem answers. */
export const there: ReadonlySet<string> = new Set([...holding, 'locked']);

const noServiceCentre = new Obstacle(
  'smsc_missing',
  'The SIM has no service centre, without which networks refuse its texts. Ask the operator for the number, and give it to the SIM.',
);

/** A modem of the fleet, with what stands in its way beside what it tells itself. */
export class Member implements FleetMember {
  readonly modem: Modem;
  readonly found: boolean;
  readonly #refusals: ReadonlyMap<number, Obstacle>;
  /** Set while another modem claims the same SIM. */
  rival: Obstacle | undefined;
  /** Set while another modem has the same IMEI: both serve. */
  twin: Obstacle | undefined;
  /** The facts as they were told last. */
  told: ModemFacts;

  constructor(modem: Modem, found: boolean, refusals: ReadonlyMap<number, Obstacle>) {
    this.modem = modem;
    this.found = found;
    this.#refusals = refusals;
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
    const { state, sim } = this.modem.facts;
    return (
      state === 'ready' && sim?.number !== undefined && sim.conflict === undefined && this.rival === undefined
    );
  }

  #simObstacle(): Obstacle | undefined {
    const { sim, state } = this.modem.facts;
    if (!sim || !holding.has(state)) return undefined;
    if (sim.conflict) return new Obstacle('number_conflict', sim.conflict);
    if (!sim.number)
      return new Obstacle('number_missing', 'The SIM has no number yet, so nothing can be sent from it.');
    return (
      this.#refusals.get(sim.simId) ?? (this.modem.facts.serviceCentreMissing ? noServiceCentre : undefined)
    );
  }
}
