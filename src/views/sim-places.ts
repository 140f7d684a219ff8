import type { Fleet, FleetMember } from '../modem/fleet.ts';
import type { ModemFacts } from '../modem/modem-facts.ts';

/** The modem that a SIM is in. */
export interface SimPlace {
  readonly member: FleetMember;
  /** It is locked and does not tell which card it has: this SIM was the last that was read in it. */
  readonly presumed: boolean;
}

/** In which modem each SIM is, also where that is only to be presumed. */
export class SimPlaces {
  readonly #fleet: Pick<Fleet, 'members'>;
  readonly #lastSim: (modemId: string) => number | undefined;

  constructor(
    fleet: Pick<Fleet, 'members'>,
    /** The SIM that was read last in a modem, before this start of the program too. */
    lastSim: (modemId: string) => number | undefined = () => undefined,
  ) {
    this.#fleet = fleet;
    this.#lastSim = lastSim;
  }

  of(simId: number): SimPlace | undefined {
    const { members } = this.#fleet;
    const sure = members.find(({ facts }) => facts.sim?.simId === simId && tellsItsCard(facts));
    if (sure) return { member: sure, presumed: false };
    const presumed = members.find(({ facts }) => this.presumedIn(facts) === simId);
    return presumed && { member: presumed, presumed: true };
  }

  /** The SIM that was read last in a modem that hides now which it has; undefined for every other modem. */
  presumedIn(facts: ModemFacts): number | undefined {
    if (facts.state !== 'locked' || facts.iccid !== undefined) return undefined;
    return facts.sim?.simId ?? this.#lastSim(facts.id);
  }
}

/** Whether a modem is there, and the SIM in it is what was read last. */
export function isPresent({ state }: ModemFacts): boolean {
  return state === 'ready' || state === 'registering' || state === 'setting_up';
}

function tellsItsCard(facts: ModemFacts): boolean {
  return isPresent(facts) || (facts.state === 'locked' && facts.iccid !== undefined);
}
