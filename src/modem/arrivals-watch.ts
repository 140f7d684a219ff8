import { delay } from '../clock.ts';
import type { Unsolicited } from '../gsm/at/unsolicited.ts';
import type { AtChannel } from './at-channel.ts';
import { setFamilyBasics } from './basic-settings.ts';
import { DirectArrivals } from './direct-arrivals.ts';
import type { Indications } from './indications.ts';
import type { Priority } from './job-queue.ts';
import { setUpMessages } from './message-setup.ts';
import type { Arrival, MessageStores } from './message-stores.ts';
import { ModemError } from './modem-error.ts';
import type { StoreState } from './modem-health.ts';
import type { ModemIdentity } from './modem-identity.ts';
import { isReport, NoticeProof } from './notice-proof.ts';
import { Obstacle } from './obstacle.ts';
import { ReportStores } from './report-stores.ts';
import type { SessionContext, SimArrival } from './session-context.ts';
import type { SessionLifetime } from './session-lifetime.ts';
import type { SimSeat } from './sim-seat.ts';

const sweepEveryMs = 60_000;
/** A modem that tells of nothing is asked more often. */
const sweepWithoutNoticeMs = 10_000;
/** After the disk did not take an arrival. */
const diskPauseMs = 5_000;

/** What a modem tells of what arrives. */
const toldTypes: ReadonlySet<Unsolicited['type']> = new Set([
  'message-stored',
  'report-stored',
  'message',
  'report',
  'storage-full',
]);

/** More texts and reports than can come in the second or two before the SIM is known. */
const mostEarly = 1_000;

/** Takes in what arrives: what the modem tells of, what it brings directly, and what a sweep of its stores finds. */
export class ArrivalsWatch {
  readonly #channel: AtChannel;
  readonly #context: SessionContext;
  readonly #lifetime: SessionLifetime;
  readonly #identity: ModemIdentity;
  readonly #seat: SimSeat;
  readonly #direct: DirectArrivals;
  readonly #proof: NoticeProof;
  /** Places of which was told, and what lies there by what was told. */
  readonly #announced = new Map<string, 'text' | 'report'>();
  #stores: MessageStores | undefined;
  #reportStores: ReportStores | undefined;
  #indications: Indications | undefined;
  #draining = true;
  #sweepsSoon = false;

  constructor(
    channel: AtChannel,
    context: SessionContext,
    lifetime: SessionLifetime,
    identity: ModemIdentity,
    seat: SimSeat,
  ) {
    this.#channel = channel;
    this.#context = context;
    this.#lifetime = lifetime;
    this.#identity = identity;
    this.#seat = seat;
    this.#direct = new DirectArrivals(channel, (arrival) => this.#keep(arrival));
    this.#proof = new NoticeProof(channel, context.clock, identity, context.deaf ?? false, (deaf) =>
      context.learn({ deaf }),
    );
  }

  /** Until it ends, what is told of is only noted: the stores are being read through for the first time. */
  get draining(): boolean {
    return this.#draining;
  }

  /** Whether the modem has told of something that was not read yet. */
  get unread(): boolean {
    return this.#announced.size > 0;
  }

  /** How the modem tells of what arrives, once that was agreed. */
  get indications(): Indications | undefined {
    return this.#indications;
  }

  /** Agrees with the modem on stores and indications. */
  async setUp(): Promise<void> {
    const { clock, usb } = this.#context;
    const { profile } = this.#identity;
    this.#reportStores ??= this.#rememberedStores();
    await setFamilyBasics(this.#channel, profile, usb);
    const { stores, indications } = await setUpMessages(
      this.#channel,
      clock,
      this.#lifetime.signal,
      profile,
      (place) => this.#deleted(place),
    );
    this.#stores = stores;
    this.#indications = indications;
    this.#proof.noteSetUp();
  }

  /**
   * Reads through all that came while nobody listened. What was told of meanwhile may have come to a store that was read
   * already.
   */
  async drain(): Promise<void> {
    await this.sweep().catch(explainDisk);
    this.#draining = false;
    const { sim } = this.#seat;
    if (sim?.undrained) this.#context.sims.drained(sim.simId);
    for (const [place, what] of this.#announced) this.#takeInSoon(place, what);
  }

  /** Sweeps from now on. */
  watch(): void {
    this.#proof.begin();
    this.#channel.on('unsolicited', ({ type }) => toldTypes.has(type) && this.#proof.noteTold());
    this.#lifetime.every(
      () => (this.#indications?.values && !this.#proof.deaf ? sweepEveryMs : sweepWithoutNoticeMs),
      () => this.#proof.sweep(() => this.sweep(), this.#indications, this.#lifetime.signal),
    );
  }

  /** Reads all stores through, with those for reports that the modem does not list. */
  async sweep(): Promise<void> {
    const beside = this.#reportStores?.list(this.#reportsAreStored);
    const refused = (await this.#stores?.sweep((arrival) => this.#keep(arrival), beside)) ?? [];
    for (const storage of refused) this.#reportStores?.noteRefused(storage);
  }

  /** How full the stores are; reports that are stored need room too. */
  get stores(): StoreState[] {
    return this.#stores?.states(this.#reportsAreStored ? ['SR'] : []) ?? [];
  }

  /** Looks how full the stores are, and takes out at once what fills them up. */
  async measureStores(priority: Priority): Promise<void> {
    await this.#stores?.measure(priority);
    if (!this.#stores?.relievable) return;
    await this.sweep();
    await this.#stores.measure(priority);
  }

  /** The modem has told of a text or report in one of its stores. */
  announce(what: 'text' | 'report', storage: string, index: number): void {
    const place = `${storage}:${index}`;
    this.#announced.set(place, what);
    if (!this.#draining) this.#takeInSoon(place, what);
  }

  /** What comes before the SIM is known waits for it: a modem that was set up before a crash goes on talking. */
  async takeDirect(pdu: string, tpduLength: number): Promise<void> {
    if (!this.#seat.sim) {
      if (this.#context.early.length < mostEarly) this.#context.early.push({ pdu, tpduLength });
      return;
    }
    await this.#direct.take(pdu, tpduLength, this.#indications?.acknowledged ?? false);
  }

  /** Takes in what came before the SIM was known. */
  async takeEarly(): Promise<void> {
    for (const { pdu, tpduLength } of this.#context.early.splice(0))
      await this.#lifetime.inBackground(() => this.takeDirect(pdu, tpduLength));
  }

  #takeInSoon(place: string, what: 'text' | 'report'): void {
    const [storage = '', index = ''] = place.split(':');
    if (what === 'report') this.#reportStores?.noteNamed(storage);
    this.#lifetime.inBackground(() =>
      this.#takeIn(storage, Number(index), what).finally(() => this.#announced.delete(place)),
    );
  }

  /** A report may lie elsewhere than its notice says, where nothing is or a text: then all stores are looked through. */
  async #takeIn(storage: string, index: number, what: 'text' | 'report'): Promise<void> {
    let fits = false;
    await this.#stores?.take(storage, index, (arrival) => {
      fits = what === 'text' || isReport(arrival.pdu);
      return this.#keep(arrival);
    });
    if (!fits) await this.sweep();
  }

  /** What this modem named before; what cannot be written down is remembered for this session. */
  #rememberedStores(): ReportStores {
    const { reportStores, log } = this.#context;
    const { id } = this.#identity;
    return new ReportStores(reportStores.reportStoresOf(id), (storage) => {
      try {
        reportStores.keepReportStore(id, storage);
      } catch (error) {
        log.warn({ err: error }, 'the store of status reports cannot be written down');
      }
    });
  }

  /** As `+CNMI` was agreed on: reports are announced by their place and not brought, TS 27.005 3.4.1. */
  get #reportsAreStored(): boolean {
    return this.#indications?.values?.[3] === 2;
  }

  #deleted(place: { storage: string; index: number }): void {
    const { sim } = this.#seat;
    this.#proof.noteDeleted(`${place.storage}:${place.index}`);
    if (sim) this.#context.deleted({ ...place, simId: sim.simId });
  }

  #keep(arrival: Arrival): boolean {
    const { sim } = this.#seat;
    if (!sim) throw new ModemError('cancelled', '');
    const place = `${arrival.storage}:${arrival.index}`;
    const imported = this.#draining && sim.undrained && arrival.storage !== '' && !this.#announced.has(place);
    const kept = this.#write({ ...arrival, simId: sim.simId, imported });
    this.#announced.delete(place);
    if (kept && arrival.storage !== '') this.#proof.noteKept(place, arrival.pdu);
    return kept;
  }

  /** What the disk does not take lies on the modem still, and is looked for again soon. */
  #write(arrival: SimArrival): boolean {
    try {
      return this.#context.keep(arrival);
    } catch (error) {
      this.#sweepSoon();
      throw error;
    }
  }

  #sweepSoon(): void {
    if (this.#draining || this.#sweepsSoon) return;
    this.#sweepsSoon = true;
    const { signal } = this.#lifetime;
    this.#lifetime.inBackground(async () => {
      await delay(this.#context.clock, diskPauseMs, signal);
      this.#sweepsSoon = false;
      if (!signal.aborted) await this.sweep();
    });
  }
}

/** What is neither the modem's fault nor the SIM's came from writing to the disk. */
function explainDisk(error: unknown): never {
  if (error instanceof ModemError || error instanceof Obstacle) throw error;
  throw new Obstacle('disk_failure', `What lies on the modem cannot be stored: ${(error as Error).message}`);
}
