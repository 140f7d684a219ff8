import {
  echoOff,
  fullFunctionality,
  numberedErrors,
  readFirmware,
  readFunctionality,
  readImei,
  readImeiByGsn,
  readManufacturer,
  readModel,
  verboseResults,
} from '../gsm/at/commands.ts';
import type { ArrivalsWatch } from './arrivals-watch.ts';
import type { AtChannel } from './at-channel.ts';
import { watchRegistration } from './network.ts';
import type { SessionContext } from './session-context.ts';
import { optional, unlockSim } from './sim-access.ts';
import type { SimSeat } from './sim-seat.ts';

/** Boot texts come in one go; a modem that goes on restarting is another trouble. */
const mostPreparations = 5;

/** Brings a modem from the first command to where it can serve. */
export class BringUp {
  readonly #channel: AtChannel;
  readonly #context: SessionContext;
  readonly #seat: SimSeat;
  readonly #arrivals: ArrivalsWatch;
  #booted = false;

  constructor(channel: AtChannel, context: SessionContext, seat: SimSeat, arrivals: ArrivalsWatch) {
    this.#channel = channel;
    this.#context = context;
    this.#seat = seat;
    this.#arrivals = arrivals;
  }

  /** The modem has said that it is starting. */
  noteBoot(): void {
    this.#booted = true;
  }

  /**
   * Identifies the modem, unlocks its SIM and sets up messages. A modem that is only just starting loses the first
   * settings again: they are made until no boot text comes between.
   */
  async prepare(signal: AbortSignal): Promise<void> {
    const { clock, sims, hints } = this.#context;
    let tries = 0;
    do {
      this.#booted = false;
      await this.#identify();
      await this.#reachFullFunctionality();
      const unlocking = { pin: hints.pin, modemId: this.#seat.modemId };
      await unlockSim(this.#channel, clock, sims, unlocking, signal);
      await this.#seat.recognise();
      await this.#arrivals.takeEarly();
      this.#context.learn({ state: 'setting_up' });
      await this.#arrivals.setUp();
      await watchRegistration(this.#channel);
      tries++;
    } while (this.#booted && tries < mostPreparations);
  }

  async #identify(): Promise<void> {
    await this.#channel.run(echoOff, 'control');
    await optional(this.#channel, verboseResults);
    await optional(this.#channel, numberedErrors);
    const imei = (await optional(this.#channel, readImei)) ?? (await optional(this.#channel, readImeiByGsn));
    this.#seat.modemId = imei ?? this.#seat.modemId;
    this.#context.learn({
      id: this.#seat.modemId,
      imei,
      manufacturer: await optional(this.#channel, readManufacturer),
      model: await optional(this.#channel, readModel),
      firmware: await optional(this.#channel, readFirmware),
    });
  }

  /** A radio that was left off hears nothing; on some makes turning it on is a restart, so it is not done unasked. */
  async #reachFullFunctionality(): Promise<void> {
    const level = await optional(this.#channel, readFunctionality);
    if (level === 0 || level === 4) await optional(this.#channel, fullFunctionality);
  }
}
