import type { SendingObstacle } from '../messages/router.ts';
import type { SendingSim } from '../messages/sender.ts';
import type { SubmitOutcome } from '../modem/at-channel.ts';
import type { Fleet, FleetMember } from '../modem/fleet.ts';
import type { ModemFacts } from '../modem/modem-facts.ts';
import type { SimPlaces } from '../views/sim-places.ts';

/** Hands a segment over, noting how long that takes. */
export type Timed = (submit: () => Promise<SubmitOutcome>) => Promise<SubmitOutcome>;

/** Tells whether a person has paused a SIM, or all sending. */
export type IsPaused = (simId: number) => boolean;

/** The SIMs that can send now, as sending sees them, and what keeps the others. */
export class SendingSims {
  readonly #fleet: Pick<Fleet, 'members'>;
  readonly #places: Pick<SimPlaces, 'of'>;
  readonly #simOf: (number: string) => number | undefined;
  readonly #isPaused: IsPaused;
  readonly #timed: Timed;
  readonly #handles = new WeakMap<FleetMember['modem'], SendingSim['modem']>();

  constructor(
    fleet: Pick<Fleet, 'members'>,
    places: Pick<SimPlaces, 'of'>,
    /** The SIM that has a number, wherever it is. */
    simOf: (number: string) => number | undefined,
    isPaused: IsPaused,
    timed: Timed = (submit) => submit(),
  ) {
    this.#fleet = fleet;
    this.#places = places;
    this.#simOf = simOf;
    this.#isPaused = isPaused;
    this.#timed = timed;
  }

  list(): SendingSim[] {
    return this.#fleet.members.flatMap(({ modem, facts, canSend }) => {
      const { simId, number } = facts.sim ?? {};
      if (!canSend || simId === undefined || !number || this.#isPaused(simId)) return [];
      return [{ simId, number, modem: this.#handle(modem, facts) }];
    });
  }

  /** What a person must do before texts of this number can leave. */
  obstacleOf(number: string): SendingObstacle | undefined {
    const simId = this.#simOf(number);
    const place = simId === undefined ? undefined : this.#places.of(simId);
    const member = place?.member ?? this.#fleet.members.find(({ facts }) => facts.sim?.number === number);
    const { id, obstacle } = member?.facts ?? {};
    if (!obstacle) return undefined;
    const ofSim = /^(?:pin_|puk_|no_sim|sim_|number_|registration_)/.test(obstacle.code);
    const presumption = place?.presumed
      ? `Its SIM was last read in the modem ${id}, and is presumably still there. `
      : '';
    return {
      word: ofSim ? 'sim_failure' : 'modem_failure',
      sentence: `${presumption}${obstacle.message}`,
    };
  }

  /** One handle a modem, so that the router sees the same modem as the same. */
  #handle(modem: FleetMember['modem'], facts: ModemFacts): SendingSim['modem'] {
    const known = this.#handles.get(modem);
    if (known?.id === facts.id) return known;
    const handle: SendingSim['modem'] = {
      id: facts.id,
      port: modem.port.path,
      submit: (pdu, tpduLength, beforePayload) =>
        this.#timed(() => modem.submit(pdu, tpduLength, beforePayload)),
      repair: () => modem.repair(),
      check: () => modem.check(),
      circumstances: () => modem.circumstances(),
    };
    this.#handles.set(modem, handle);
    return handle;
  }
}
