import type { Clock } from '../clock.ts';
import type { SimChange, SimView } from '../contract/sim.ts';
import type { SimSettingsChange, SimStore, StoredSim } from '../store/sim-store.ts';

export type SimControlErrorCode = 'SIM_NOT_FOUND' | 'NUMBER_TAKEN' | 'IN_USE';

/** What a person asked for cannot be done to this SIM. */
export class SimControlError extends Error {
  readonly code: SimControlErrorCode;

  constructor(code: SimControlErrorCode, message: string) {
    super(message);
    this.name = 'SimControlError';
    this.code = code;
  }
}

/** What a person sets for a SIM, whether it is in a modem now or not. */
export class SimControl {
  readonly #sims: SimStore;
  readonly #clock: Clock;
  readonly #rulesChanged: () => void;
  readonly #identityChanged: () => void;
  readonly #waitingFor: (number: string) => number;

  constructor(
    sims: SimStore,
    clock: Clock,
    /** Called when what may be sent has changed. */
    rulesChanged: () => void,
    /** Called when a number, label, PIN or service centre has changed. */
    identityChanged: () => void,
    /** How many texts wait to leave from a number. */
    waitingFor: (number: string) => number = () => 0,
  ) {
    this.#sims = sims;
    this.#clock = clock;
    this.#rulesChanged = rulesChanged;
    this.#identityChanged = identityChanged;
    this.#waitingFor = waitingFor;
  }

  /** Changes what is named; a `null` takes number, label, PIN or service centre away. `id` is an ICCID as it is shown, or an IMSI. */
  change(id: string, change: SimChange): void {
    const sim = this.#find(id);
    const { number, label, pin, smsc, ...settings } = change;
    if (typeof number === 'string') this.#checkOwner(sim, number);
    if (number !== undefined) this.#sims.setNumber(sim.simId, number, 'person');
    if (label !== undefined) this.#sims.setLabel(sim.simId, label);
    if (pin !== undefined) this.#sims.setPin(sim.simId, pin);
    if (smsc !== undefined) this.#sims.setServiceCentre(sim.simId, smsc, 'person');
    if (Object.keys(settings).length > 0) this.#sims.changeSettings(sim.simId, settings as SimSettingsChange);
    if ([number, label, pin, smsc].some((value) => value !== undefined)) this.#identityChanged();
    this.#rulesChanged();
  }

  /** Lets nothing leave from a SIM, or lets it send again; what waits keeps waiting. */
  pause(id: string, paused: boolean): void {
    const sim = this.#find(id);
    if (sim.paused !== paused) this.#sims.setPaused(sim.simId, paused ? this.#clock.now() : null);
    this.#rulesChanged();
  }

  /** A SIM that is gone for good: its number is free, its PIN gone. `modem_id` names the modem that holds it, if any. */
  forget(id: string, { modem_id: modemId }: Pick<SimView, 'modem_id'>): void {
    const sim = this.#find(id);
    if (modemId !== null)
      throw new SimControlError('IN_USE', 'This SIM is in a modem. Only one that is gone can be forgotten.');
    const waiting = sim.number === undefined ? 0 : this.#waitingFor(sim.number);
    if (waiting > 0) {
      const words = waiting === 1 ? '1 text waits' : `${waiting} texts wait`;
      throw new SimControlError('IN_USE', `${words} to leave from this SIM. Cancel what waits first.`);
    }
    this.#sims.forget(sim.simId, this.#clock.now());
    this.#identityChanged();
    this.#rulesChanged();
  }

  #find(id: string): StoredSim {
    const sim = this.#sims.list().find(({ iccid, imsi }) => iccid === id || imsi === id);
    if (!sim) throw new SimControlError('SIM_NOT_FOUND', 'There is no SIM with this ICCID.');
    return sim;
  }

  #checkOwner(sim: StoredSim, number: string): void {
    const owner = this.#sims.byNumber(number);
    if (!owner || owner.simId === sim.simId || owner.numberSource === 'sim') return;
    throw new SimControlError(
      'NUMBER_TAKEN',
      `${number} belongs to the SIM ${owner.iccid ?? owner.imsi}. Give that one another number first.`,
    );
  }
}
