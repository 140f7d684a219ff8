import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type {
  KnownSim,
  PinChoice,
  ServiceCentre,
  SimDirectory,
  SimHints,
  SimIdentity,
} from '../modem/sim-directory.ts';
import type { SimStore, StoredSim } from '../store/sim-store.ts';

/**
 * Who is who: a number and a PIN belong to a SIM. What a modem's specification says applies to the SIM found there
 * only if that has none of its own; where the two contradict each other nothing is sent, because two sticks that
 * swapped their ports must not swap their numbers.
 */
export class SimBook implements SimDirectory {
  readonly #sims: SimStore;
  readonly #specNumbers: Set<string>;
  readonly #fallbackPin: string | undefined;
  readonly #clock: Clock;
  readonly #log: Logger;
  /** What was said last of the number of a SIM: a stick that comes and goes has it looked up each time. */
  readonly #conflicts = new Map<number, string>();

  constructor(
    sims: SimStore,
    /** Numbers that specifications name: ours at once, even with their SIM never yet seen. */
    specNumbers: Iterable<string>,
    fallbackPin: string | undefined,
    clock: Clock,
    log: Logger,
  ) {
    this.#sims = sims;
    this.#specNumbers = new Set(specNumbers);
    this.#fallbackPin = fallbackPin;
    this.#clock = clock;
    this.#log = log;
  }

  /** Texts can be taken for this number from now on, before its SIM was ever seen. */
  expect(number: string): void {
    this.#specNumbers.add(number);
  }

  /** What the SIM store does not know of this number either, is not ours from now on. */
  expectNoMore(number: string): void {
    this.#specNumbers.delete(number);
  }

  isOurs(number: string): boolean {
    return this.#specNumbers.has(number) || this.#sims.byNumber(number) !== undefined;
  }

  /** Every number that texts can be sent from, now or later. */
  numbers(): string[] {
    const kept = this.#sims.list().flatMap(({ number }) => number ?? []);
    return [...new Set([...kept, ...this.#specNumbers])];
  }

  recognise(identity: SimIdentity, hints: SimHints, modemId: string): KnownSim {
    const sim = this.#sims.findOrCreate({ ...identity, modemId }, this.#clock.now());
    const conflict = this.#settleNumber(sim, hints, modemId);
    this.#logConflict(sim, conflict);
    return knownAs(this.#sims.get(sim.simId) ?? sim, conflict);
  }

  known(iccid: string): KnownSim | undefined {
    const sim = this.#sims.find({ iccid, imsi: undefined, modemId: '' });
    return sim && knownAs(sim, undefined);
  }

  serviceCentreRead(simId: number, number: string): void {
    const sim = this.#sims.get(simId);
    if (!sim || sim.serviceCentreSource === 'person' || sim.serviceCentre === number) return;
    this.#sims.setServiceCentre(simId, number, 'sim');
  }

  drained(simId: number): void {
    this.#sims.setDrained(simId, this.#clock.now());
  }

  pinFor(identity: SimIdentity, hint: string | undefined, modemId: string): PinChoice {
    const given = hint ?? this.#fallbackPin;
    if (isUnnamed(identity)) return this.#pinForUnnamed(given, modemId);
    const sim = this.#sims.find({ ...identity, modemId });
    const pin = (sim && this.#sims.pin(sim.simId)) ?? given;
    if (pin === undefined) return { kind: 'none' };
    if (sim && this.#sims.hasRefused(sim.simId, pin)) return { kind: 'refused-before' };
    return { kind: 'pin', pin };
  }

  /** The card is remembered with its refusal even if it was never seen before, so that a restart does not try again. */
  pinRefused(identity: SimIdentity, pin: string, modemId: string): void {
    if (isUnnamed(identity)) return this.#sims.keepUnnamedCardTry(modemId, 'refused', this.#clock.now());
    const sim = this.#sims.findOrCreate({ ...identity, modemId }, this.#clock.now());
    this.#sims.addRefusal(sim.simId, pin);
  }

  pinUndecided(identity: SimIdentity, pin: string, modemId: string): void {
    if (isUnnamed(identity)) return this.#sims.forgetUnnamedCardTry(modemId);
    const sim = this.#sims.find({ ...identity, modemId });
    if (sim) this.#sims.removeRefusal(sim.simId, pin);
  }

  /** A PIN that opened a SIM with none of its own is kept for it: it follows the card to any port. */
  pinAccepted(identity: SimIdentity, pin: string, modemId: string): void {
    if (isUnnamed(identity)) return this.#sims.keepUnnamedCardTry(modemId, 'tried', this.#clock.now());
    const sim = this.#sims.findOrCreate({ ...identity, modemId }, this.#clock.now());
    this.#sims.removeRefusal(sim.simId, pin);
    if (!sim.hasPin) this.#sims.setPin(sim.simId, pin);
  }

  pinChanged(identity: SimIdentity, pin: string, modemId: string): void {
    if (isUnnamed(identity)) return this.#sims.keepUnnamedCardTry(modemId, 'tried', this.#clock.now());
    const sim = this.#sims.findOrCreate({ ...identity, modemId }, this.#clock.now());
    this.#sims.setPin(sim.simId, pin);
  }

  #pinForUnnamed(given: string | undefined, modemId: string): PinChoice {
    if (given === undefined) return { kind: 'none' };
    const before = this.#sims.unnamedCardTry(modemId);
    if (before === undefined) return { kind: 'pin', pin: given };
    return { kind: before === 'refused' ? 'refused-before' : 'unknown-card' };
  }

  /** Gives the SIM its number where that is sure; answers why nothing may be sent where it is not. */
  #settleNumber(sim: StoredSim, { number, proposedNumber }: SimHints, modemId: string): string | undefined {
    const own = sim.numberSource === 'sim' ? undefined : sim.number;
    if (number === undefined) {
      if (own === undefined && proposedNumber) this.#propose(sim, proposedNumber);
      return undefined;
    }
    if (own === number) return undefined;
    if (own !== undefined) {
      return `This port is named with the number ${number}, but the SIM in it has ${own}. Put the right SIM in, or correct one of the two.`;
    }
    const owner = this.#sims.byNumber(number);
    if (owner && owner.simId === this.#unread(modemId)?.simId)
      this.#sims.setNumber(owner.simId, null, 'spec');
    else if (owner && owner.simId !== sim.simId && owner.numberSource !== 'sim') {
      return `This port is named with the number ${number}, but that belongs to another SIM${nameOf(owner)}.`;
    }
    this.#sims.setNumber(sim.simId, number, 'spec');
    return undefined;
  }

  /** What was kept for the card of this modem while neither of its ids could be read. */
  #unread(modemId: string): StoredSim | undefined {
    return this.#sims.find({ iccid: undefined, imsi: undefined, modemId });
  }

  #logConflict({ simId, iccid }: StoredSim, conflict: string | undefined): void {
    if (conflict && this.#conflicts.get(simId) !== conflict) this.#log.warn({ iccid }, conflict);
    if (conflict) this.#conflicts.set(simId, conflict);
    else this.#conflicts.delete(simId);
  }

  #propose(sim: StoredSim, proposed: string): void {
    if (sim.number === proposed || this.#specNumbers.has(proposed) || this.#sims.byNumber(proposed)) return;
    this.#sims.setNumber(sim.simId, proposed, 'sim');
  }
}

function knownAs(sim: StoredSim, conflict: string | undefined): KnownSim {
  const { simId, number, label, drained } = sim;
  return { simId, number, label, conflict, serviceCentre: serviceCentreOf(sim), undrained: !drained };
}

/** The modem tells nothing of the card, or not before its PIN. */
function isUnnamed({ iccid, imsi }: SimIdentity): boolean {
  return iccid === undefined && imsi === undefined;
}

function nameOf({ iccid, imsi }: StoredSim): string {
  const id = iccid ?? imsi;
  return id === undefined ? ' whose modem does not tell its ICCID' : ` (${id})`;
}

function serviceCentreOf({ serviceCentre, serviceCentreSource }: StoredSim): ServiceCentre | undefined {
  if (serviceCentre === undefined) return undefined;
  return { number: serviceCentre, byPerson: serviceCentreSource === 'person' };
}
