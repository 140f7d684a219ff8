import { delay } from '../clock.ts';
import { askServiceCentre, type ServiceCentreAnswer, setServiceCentre } from '../gsm/at/service-centre.ts';
import type { AtChannel } from './at-channel.ts';
import { ModemError } from './modem-error.ts';
import { optional } from './optional.ts';
import type { SessionContext } from './session-context.ts';
import type { SessionLifetime } from './session-lifetime.ts';
import type { ServiceCentre } from './sim-directory.ts';
import type { SimSeat } from './sim-seat.ts';
import { simBusyCodes } from './sim-settling.ts';

const lookEveryMs = 300_000;

/** Right after a PIN the card is busy: it is asked again at this pace, so often. */
const busyRetryMs = 2_000;
const busyTries = 15;

/**
 * Sees to it that the SIM has a service centre: without one no text leaves (+CMS ERROR: 330). One that a person set is
 * written onto the card; one that the card had and lost is put back; and where there is none, that is told.
 */
export class ServiceCentreWatch {
  readonly #channel: AtChannel;
  readonly #context: SessionContext;
  readonly #lifetime: SessionLifetime;
  readonly #seat: SimSeat;
  #unknown = false;
  /** As it was read off the card last. */
  #read: { readonly simId: number; readonly number: string } | undefined;
  /** What was written onto the card and not read back yet. */
  #wrote: string | undefined;

  constructor(channel: AtChannel, context: SessionContext, lifetime: SessionLifetime, seat: SimSeat) {
    this.#channel = channel;
    this.#context = context;
    this.#lifetime = lifetime;
    this.#seat = seat;
  }

  /** Looks now, and every few minutes: a reset may wipe it, and a modem need not tell of that. */
  watch(): void {
    this.#lifetime.inBackground(() => this.look());
    this.#lifetime.every(
      () => lookEveryMs,
      () => this.look(),
    );
  }

  /** Looks once, and puts right what can be. */
  async look(): Promise<void> {
    const { sim } = this.#seat;
    if (!sim || this.#unknown) return;
    const answer = await this.#ask();
    if (!answer) return;
    const kept = sim.serviceCentre ?? this.#readOf(sim.simId);
    if (answer.kind === 'set' && !kept?.byPerson) this.#note(sim.simId, answer.number);
    const wanted = wantedInstead(answer, kept);
    const written = wanted !== undefined && (await this.#write(wanted));
    if (wanted === undefined) this.#wrote = undefined;
    this.#context.learn({
      serviceCentre: answer.kind === 'set' && !written ? answer.number : wanted,
      serviceCentreMissing: answer.kind === 'empty' && !written,
    });
  }

  /** A card that does not keep what was written is not worn out by writing it again and again. */
  async #write(number: string): Promise<boolean> {
    if (this.#wrote === number) return false;
    this.#wrote = number;
    this.#context.log.warn({ serviceCentre: number }, 'writing the service centre onto the SIM');
    const written = await optional(this.#channel, { ...setServiceCentre(number), parse: () => true });
    return written ?? false;
  }

  #note(simId: number, number: string): void {
    this.#read = { simId, number };
    this.#context.sims.serviceCentreRead(simId, number);
  }

  #readOf(simId: number): ServiceCentre | undefined {
    return this.#read?.simId === simId ? { number: this.#read.number, byPerson: false } : undefined;
  }

  /** Undefined where the modem cannot say: then it is not asked again. */
  async #ask(): Promise<ServiceCentreAnswer | undefined> {
    for (let tries = 0; tries < busyTries && !this.#lifetime.signal.aborted; tries++) {
      try {
        return await this.#channel.run(askServiceCentre, 'health');
      } catch (error) {
        if (!(error instanceof ModemError) || error.code !== 'refused') throw error;
        this.#unknown = !simBusyCodes.has(error.refusal?.code);
        if (this.#unknown) return undefined;
        await delay(this.#context.clock, busyRetryMs, this.#lifetime.signal);
      }
    }
    return undefined;
  }
}

/** What is to be written onto the card, if anything. */
function wantedInstead(answer: ServiceCentreAnswer, kept: ServiceCentre | undefined): string | undefined {
  if (!kept) return undefined;
  if (answer.kind !== 'set') return kept.number;
  return kept.byPerson && digits(kept.number) !== digits(answer.number) ? kept.number : undefined;
}

function digits(number: string): string {
  return number.replace(/\D/g, '');
}
