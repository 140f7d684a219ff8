import { listTextServices, readTextService, setTextService } from '../gsm/at/commands.ts';
import type { Refusal } from '../gsm/at/final-result.ts';
import type { RegistrationStates } from '../gsm/at/registration.ts';
import type { AtChannel, SubmitOutcome } from './at-channel.ts';
import { ModemError } from './modem-error.ts';
import type { ModemIdentity } from './modem-identity.ts';
import { optional } from './optional.ts';
import type { SessionContext } from './session-context.ts';
import type { SimSeat } from './sim-seat.ts';

/** Where it is remembered over which side of the network the texts of a SIM leave from a modem. */
export interface BearerMemory {
  bearerOf(modemId: string, simId: number): number | undefined;
  keepBearer(modemId: string, simId: number, bearer: number): void;
}

/** The network as texts meet it. */
export interface TextNetwork {
  readonly registrations: RegistrationStates;
  /** Registered for data alone, as far as it can tell. */
  readonly dataAlone: boolean;
  /** It has refused a text over all sides of it. */
  textsRefused(): void;
}

/** The values of AT+CGSMS, TS 27.007 10.1.21: 0 packets, 1 circuits, 2 packets first, 3 circuits first. */
const circuitsFirst: readonly number[] = [3, 1, 2, 0];
const packetsFirst: readonly number[] = [2, 0, 3, 1];

/** When none of the others helped, they are tried again after this. */
const restMs = 3_600_000;

/** An error so late may hide a text that was sent: it is not handed over again. Milliseconds. */
const sureWithinMs = 20_000;

/** The network has no such service for this SIM, on the side that was taken. */
const noServiceCodes: ReadonlySet<string> = new Set(['cms 50', 'cms 69', 'cms 331', 'cme 30']);
/** What many modems say instead, where only one side is registered. */
const vagueCodes: ReadonlySet<string> = new Set(['cms 38', 'cms 41', 'cms 47', 'cms 500']);

/**
 * Chooses the side of the network that texts leave over. Where they are refused for want of a service, the same text is
 * handed over once more with the other setting of AT+CGSMS; what helped is remembered for this SIM in this modem, and
 * what did not is taken back.
 */
export class TextBearer {
  readonly #channel: AtChannel;
  readonly #context: Pick<SessionContext, 'clock' | 'log' | 'bearers'>;
  readonly #identity: ModemIdentity;
  readonly #seat: SimSeat;
  readonly #network: TextNetwork;
  readonly #tried = new Set<number>();
  #restsUntil = Number.NEGATIVE_INFINITY;

  constructor(
    channel: AtChannel,
    context: Pick<SessionContext, 'clock' | 'log' | 'bearers'>,
    identity: ModemIdentity,
    seat: SimSeat,
    network: TextNetwork,
  ) {
    this.#channel = channel;
    this.#context = context;
    this.#identity = identity;
    this.#seat = seat;
    this.#network = network;
  }

  /** Sets again what helped before: most modems forget it when they are restarted. */
  async restore(): Promise<void> {
    const { sim } = this.#seat;
    const kept = sim && this.#context.bearers.bearerOf(this.#identity.id, sim.simId);
    if (kept !== undefined) await optional(this.#channel, setTextService(kept));
  }

  /** Hands a TPDU over; see `AtChannel.submit`. */
  async submit(pdu: string, tpduLength: number, beforePayload: () => void): Promise<SubmitOutcome> {
    const first = await this.#channel.submit(pdu, tpduLength, beforePayload);
    if (!this.#wantsService(first)) return first;
    const begin = first.kind === 'not-submitted' ? beforePayload : () => undefined;
    const again = () => this.#channel.submit(pdu, tpduLength, begin);
    const second = await this.#overAnother(again).catch((error: unknown) => {
      if (!(error instanceof ModemError)) throw error;
    });
    const outcome = second ?? first;
    if (!this.#network.dataAlone || !this.#wantsService(outcome)) return outcome;
    this.#network.textsRefused();
    return withoutNetwork(outcome);
  }

  /** The outcome over another bearer; undefined where there is none, or it is refused for the same want. */
  async #overAnother(submit: () => Promise<SubmitOutcome>): Promise<SubmitOutcome | undefined> {
    if (this.#context.clock.monotonic() < this.#restsUntil) return undefined;
    const present = await optional(this.#channel, readTextService);
    const other = present === undefined ? undefined : await this.#choose(present);
    if (present === undefined || other === undefined) return undefined;
    this.#context.log.info({ from: present, to: other }, 'trying texts over another side of the network');
    if (!(await this.#set(other))) return undefined;
    const outcome = await submit();
    if (outcome.kind === 'unknown') return outcome;
    if (outcome.kind !== 'not-submitted' && !this.#wantsService(outcome)) {
      this.#remember(other);
      return outcome;
    }
    await this.#set(present);
    return undefined;
  }

  async #choose(present: number): Promise<number | undefined> {
    const listed = await optional(this.#channel, listTextServices);
    const offered = new Set(listed?.size ? listed : this.#identity.profile.textServices);
    const { circuit } = this.#network.registrations;
    const order = circuit === 'home' || circuit === 'roaming' ? circuitsFirst : packetsFirst;
    const left = order.filter((one) => offered.has(one) && one !== present && !this.#tried.has(one));
    const [next] = left;
    if (left.length <= 1) this.#rest();
    else if (next !== undefined) this.#tried.add(next);
    return next;
  }

  /** All were tried, or the last one is tried now. */
  #rest(): void {
    this.#tried.clear();
    this.#restsUntil = this.#context.clock.monotonic() + restMs;
  }

  async #set(service: number): Promise<boolean> {
    const set = await optional(this.#channel, { ...setTextService(service), parse: () => true });
    return set ?? false;
  }

  #remember(service: number): void {
    this.#tried.clear();
    this.#restsUntil = Number.NEGATIVE_INFINITY;
    const { sim } = this.#seat;
    if (!sim) return;
    try {
      this.#context.bearers.keepBearer(this.#identity.id, sim.simId, service);
    } catch (error) {
      this.#context.log.warn(
        { err: error },
        'the side of the network that takes texts cannot be written down',
      );
    }
  }

  #wantsService(outcome: SubmitOutcome): boolean {
    const refusal = refusalOf(outcome);
    if (!refusal) return false;
    const word = `${refusal.kind} ${refusal.code}`;
    if (noServiceCodes.has(word)) return true;
    return (refusal.code === undefined || vagueCodes.has(word)) && this.#isOneSided;
  }

  /** Registered on one side of the network alone. */
  get #isOneSided(): boolean {
    const { circuit, packet, evolved } = this.#network.registrations;
    const on = (state: typeof circuit) => state === 'home' || state === 'roaming';
    return on(circuit) !== (on(packet) || on(evolved));
  }
}

/** A text that met no network for texts is not to blame, whatever code it was refused with: it waits for one. */
function withoutNetwork(outcome: SubmitOutcome): SubmitOutcome {
  const refusal = refusalOf(outcome);
  if (!refusal) return outcome;
  const noNetwork: Refusal = { ...refusal, kind: 'cms', code: 331 };
  if (outcome.kind === 'refused') return { ...outcome, refusal: noNetwork };
  return { kind: 'not-submitted', error: new ModemError('refused', 'AT+CMGS', noNetwork) };
}

function refusalOf(outcome: SubmitOutcome): Refusal | undefined {
  if (outcome.kind === 'refused') return outcome.afterMs < sureWithinMs ? outcome.refusal : undefined;
  return outcome.kind === 'not-submitted' ? outcome.error.refusal : undefined;
}
