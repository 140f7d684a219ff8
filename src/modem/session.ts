import { type Clock, delay, type Timer } from '../clock.ts';
import {
  action,
  echoOff,
  fullFunctionality,
  keepLink,
  messageService,
  numberedErrors,
  pduMode,
  readFirmware,
  readFunctionality,
  readImei,
  readImeiByGsn,
  readImsi,
  readIndications,
  readManufacturer,
  readMessageFormat,
  readModel,
  verboseResults,
} from '../gsm/at/commands.ts';
import type { Unsolicited } from '../gsm/at/unsolicited.ts';
import type { Logger } from '../log.ts';
import type { AtChannel } from './at-channel.ts';
import { acknowledgeArrival, type Indications, negotiateIndications } from './indications.ts';
import { type Arrival, MessageStores } from './message-stores.ts';
import { ModemError } from './modem-error.ts';
import type { ModemFacts } from './modem-facts.ts';
import { sampleNetwork, watchRegistration } from './network.ts';
import { Obstacle } from './obstacle.ts';
import { optional, readProposedNumber, readSimIdentity, unlockSim } from './sim-access.ts';
import type { KnownSim, SimDirectory, SimHints } from './sim-directory.ts';

/** An arrival with the SIM that it came to; `imported` when it lay there before this gateway knew the SIM. */
export interface SimArrival extends Arrival {
  readonly simId: number;
  readonly imported: boolean;
}

/** What a session needs from outside. */
export interface SessionContext {
  /** Stands for the modem until its IMEI is read. */
  readonly port: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly sims: SimDirectory;
  readonly hints: Pick<SimHints, 'number' | 'pin'>;
  /** Puts an arrival on disk before it returns; throws when it cannot. */
  readonly keep: (arrival: SimArrival) => boolean;
  /** Called when the modem has confirmed that a place is empty. */
  readonly deleted: (place: { simId: number; storage: string; index: number }) => void;
  /** Called with what became known. */
  readonly learn: (facts: Partial<ModemFacts>) => void;
}

const healthEveryMs = 30_000;
const registeringEveryMs = 2_000;
const sweepEveryMs = 60_000;
/** A modem that tells of nothing is asked more often. */
const sweepWithoutNoticeMs = 10_000;

/** A message service that is not up yet after a start or a PIN answers with errors; this long it is only waited for. */
const serviceRetryMs = 1_000;
const serviceTries = 30;

/** More texts and reports than can come in the second or two before the SIM is known. */
const mostEarly = 1_000;

/** Boot texts come in one go; a modem that goes on restarting is another trouble. */
const mostPreparations = 5;

/** A modem that echoes all the same is told not to at this pace. */
const echoPauseMs = 30_000;

/** So long without a network before a person is told. */
const unregisteredPatienceMs = 60_000;

/**
 * One modem on one open port, from the first command to the loss of the port:
 *
 *     identify ─► unlock the SIM ─► set up messages ─► take in what is stored ─► serve
 *
 * It ends by an exception: an `Obstacle` for what a person must clear, a `ModemError` for what a new start may.
 */
export class ModemSession {
  readonly #channel: AtChannel;
  readonly #context: SessionContext;
  readonly #timers = new Set<Timer>();
  readonly #announced = new Set<string>();
  readonly #early: { readonly pdu: string; readonly tpduLength: number }[] = [];
  readonly #lifetime = new AbortController();
  #stores: MessageStores | undefined;
  #indications: Indications | undefined;
  #sim: KnownSim | undefined;
  #imsi: string | undefined;
  #modemId: string;
  #draining = true;
  #booted = false;
  #up = false;
  #sampling = false;
  #sampleAgain = false;
  #echoStoppedAt = Number.NEGATIVE_INFINITY;
  #unregisteredSince: number | undefined;

  constructor(channel: AtChannel, context: SessionContext) {
    this.#channel = channel;
    this.#context = context;
    this.#modemId = context.port;
  }

  /** Brings the modem up and serves until the channel is lost or something stands in the way. */
  async run(): Promise<never> {
    const ended = this.#untilEnd();
    const listener = (event: Unsolicited) => this.#onUnsolicited(event);
    this.#channel.on('unsolicited', listener);
    try {
      await Promise.race([this.#bringUp(), ended]);
      return await ended;
    } finally {
      this.#lifetime.abort();
      this.#channel.off('unsolicited', listener);
      for (const timer of this.#timers) timer.cancel();
    }
  }

  /** Looks the SIM up again: its number or PIN may have been set by a person meanwhile. */
  async recognise(): Promise<void> {
    const identity = await readSimIdentity(this.#channel);
    const proposedNumber = await readProposedNumber(this.#channel);
    this.#sim = this.#context.sims.recognise(
      identity,
      { ...this.#context.hints, proposedNumber },
      this.#modemId,
    );
    this.#imsi = identity.imsi;
    this.#context.learn({ ...identity, sim: this.#sim });
    for (const { pdu, tpduLength } of this.#early.splice(0)) await this.#takeDirect(pdu, tpduLength);
  }

  // Coming up ----------------------------------------------------------------------------------------------------

  async #bringUp(): Promise<void> {
    await this.#channel.start();
    this.#context.learn({ state: 'starting', lastSeenAt: this.#context.clock.now() });
    await this.#prepare();
    this.#up = true;
    await this.#drain();
    this.#unregisteredSince = this.#context.clock.monotonic();
    await this.#sample();
    this.#every(
      () => (this.#indications?.values ? sweepEveryMs : sweepWithoutNoticeMs),
      () => this.#sweep(),
    );
    this.#every(
      () => (this.#unregisteredSince === undefined ? healthEveryMs : registeringEveryMs),
      () => this.#checkHealth(),
    );
    this.#channel.on('echo', () => this.#onEcho());
  }

  /** A modem that is only just starting loses the first settings again: they are made until no boot text comes between. */
  async #prepare(): Promise<void> {
    const { clock, sims, hints } = this.#context;
    let tries = 0;
    do {
      this.#booted = false;
      await this.#identify();
      await this.#reachFullFunctionality();
      const unlocking = { pin: hints.pin, modemId: this.#modemId };
      await unlockSim(this.#channel, clock, sims, unlocking, this.#lifetime.signal);
      await this.recognise();
      this.#context.learn({ state: 'setting_up' });
      await this.#setUpMessages();
      await watchRegistration(this.#channel);
      tries++;
    } while (this.#booted && tries < mostPreparations);
  }

  async #identify(): Promise<void> {
    await this.#channel.run(echoOff, 'control');
    await optional(this.#channel, verboseResults);
    await optional(this.#channel, numberedErrors);
    const imei = (await optional(this.#channel, readImei)) ?? (await optional(this.#channel, readImeiByGsn));
    this.#modemId = imei ?? this.#modemId;
    this.#context.learn({
      id: this.#modemId,
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

  async #setUpMessages(): Promise<void> {
    await this.#whenServiceIsUp(() => this.#channel.run(pduMode, 'control'));
    await optional(this.#channel, messageService(0));
    this.#stores = await this.#whenServiceIsUp(() =>
      MessageStores.negotiate(this.#channel, (place) => this.#deleted(place)),
    );
    this.#indications = await negotiateIndications(this.#channel);
    await optional(this.#channel, keepLink);
    await optional(this.#channel, action('AT+CLIP=1'));
  }

  /** Errors right after a start or a PIN mean "not yet": they are waited out, not counted as faults. */
  async #whenServiceIsUp<Result>(attempt: () => Promise<Result>): Promise<Result> {
    for (let tries = 1; ; tries++) {
      try {
        return await attempt();
      } catch (error) {
        const notYet = error instanceof Obstacle || (error instanceof ModemError && error.code === 'refused');
        if (!notYet) throw error;
        if (tries >= serviceTries)
          throw new Obstacle('sms_not_ready', `The modem refuses its text service (${error.message}).`);
        await delay(this.#context.clock, serviceRetryMs, this.#lifetime.signal);
      }
    }
  }

  /** What was told of meanwhile may have come to a store that was read already. */
  async #drain(): Promise<void> {
    await this.#sweep().catch(explainDisk);
    this.#draining = false;
    if (this.#sim?.undrained) this.#context.sims.drained(this.#sim.simId);
    for (const place of this.#announced) this.#takeInSoon(place);
  }

  // Serving ------------------------------------------------------------------------------------------------------

  /** Rejects when the channel is lost: nothing that was being done on it can go on. */
  #untilEnd(): Promise<never> {
    return new Promise((_, reject) => {
      this.#channel.once('closed', (cause) => reject(cause ?? new ModemError('closed', '')));
      this.#channel.once('stalled', () => reject(new ModemError('timeout', 'AT')));
      this.#lifetime.signal.addEventListener('abort', () => reject(this.#lifetime.signal.reason));
    });
  }

  #end(reason: Error): void {
    this.#channel.abandon('restarted');
    this.#lifetime.abort(reason);
  }

  #every(intervalMs: () => number, work: () => Promise<void>): void {
    const timer = this.#context.clock.after(intervalMs(), () => {
      this.#timers.delete(timer);
      this.#inBackground(work).then(() => {
        if (!this.#lifetime.signal.aborted) this.#every(intervalMs, work);
      });
    });
    this.#timers.add(timer);
  }

  /** What fails here is not lost: the next sweep or sample does it again, and a dead channel ends the session. */
  #inBackground(work: () => Promise<void>): Promise<void> {
    return work().catch((error: unknown) => {
      if (error instanceof Obstacle) return this.#end(error);
      if (!this.#lifetime.signal.aborted) this.#context.log.warn({ err: error }, 'modem chore failed');
    });
  }

  #onUnsolicited(event: Unsolicited): void {
    switch (event.type) {
      case 'message-stored':
      case 'report-stored':
        this.#announced.add(`${event.storage}:${event.index}`);
        if (!this.#draining) this.#takeInSoon(`${event.storage}:${event.index}`);
        return;
      case 'message':
      case 'report':
        this.#inBackground(() => this.#takeDirect(event.pdu, event.tpduLength));
        return;
      case 'registration':
        if (!this.#draining) this.#inBackground(() => this.#sample());
        return;
      case 'storage-full':
        if (!this.#draining) this.#inBackground(() => this.#sweep());
        return;
      case 'boot':
        this.#booted = true;
        if (this.#up) this.#end(new ModemError('restarted', ''));
        return;
      case 'sim':
        if (!this.#draining && event.state !== 'READY') this.#end(new ModemError('restarted', 'AT+CPIN?'));
    }
  }

  #takeInSoon(place: string): void {
    const [storage = '', index = ''] = place.split(':');
    this.#inBackground(() =>
      this.#takeIn(storage, Number(index)).finally(() => this.#announced.delete(place)),
    );
  }

  /** A report may lie elsewhere than its notice says (field failure 6): then all stores are looked through. */
  async #takeIn(storage: string, index: number): Promise<void> {
    const found = await this.#stores?.take(storage, index, (arrival) => this.#keep(arrival));
    if (found === false) await this.#sweep();
  }

  /** What comes before the SIM is known waits for it: a modem that was set up before a crash goes on talking. */
  async #takeDirect(pdu: string, tpduLength: number): Promise<void> {
    if (!this.#sim) {
      if (this.#early.length < mostEarly) this.#early.push({ pdu, tpduLength });
      return;
    }
    this.#keep({ pdu, tpduLength, storage: '', index: 0, occupied: undefined });
    if (this.#indications?.acknowledged) await acknowledgeArrival(this.#channel);
  }

  async #sweep(): Promise<void> {
    await this.#stores?.sweep((arrival) => this.#keep(arrival));
  }

  #deleted(place: { storage: string; index: number }): void {
    if (this.#sim) this.#context.deleted({ ...place, simId: this.#sim.simId });
  }

  #keep(arrival: Arrival): boolean {
    if (!this.#sim) throw new ModemError('cancelled', '');
    const place = `${arrival.storage}:${arrival.index}`;
    const imported =
      this.#draining && this.#sim.undrained && arrival.storage !== '' && !this.#announced.has(place);
    const kept = this.#context.keep({ ...arrival, simId: this.#sim.simId, imported });
    this.#announced.delete(place);
    return kept;
  }

  // Health -------------------------------------------------------------------------------------------------------

  async #checkHealth(): Promise<void> {
    await this.#sample();
    await this.#checkSettings();
  }

  /** Echo that is back shows a reset. What a modem that always echoes is told against it does no good: hence the pause. */
  #onEcho(): void {
    const now = this.#context.clock.monotonic();
    if (now - this.#echoStoppedAt < echoPauseMs) return;
    this.#echoStoppedAt = now;
    this.#inBackground(async () => {
      await this.#channel.run(echoOff, 'control');
      await this.#checkSettings();
    });
  }

  /** A reset without a word loses PDU mode, indications and echo: they are read back and set again. */
  async #checkSettings(): Promise<void> {
    const format = await optional(this.#channel, readMessageFormat);
    const indications = await optional(this.#channel, readIndications);
    const wanted = this.#indications?.values;
    const kept =
      !wanted || !indications || wanted.slice(0, 4).every((value, at) => Number(indications[at]) === value);
    if ((format === undefined || format === 0) && kept) return;
    this.#context.log.warn('the modem lost its settings; setting it up again');
    await this.#channel.run(echoOff, 'control');
    await optional(this.#channel, numberedErrors);
    await this.#setUpMessages();
    await watchRegistration(this.#channel);
    await this.#sweep();
  }

  async #sample(): Promise<void> {
    this.#sampleAgain = this.#sampling;
    if (this.#sampling) return;
    this.#sampling = true;
    try {
      do {
        this.#sampleAgain = false;
        await this.#sampleOnce();
      } while (this.#sampleAgain);
    } finally {
      this.#sampling = false;
    }
  }

  async #sampleOnce(): Promise<void> {
    await this.#checkSim();
    const { registered, ...facts } = await sampleNetwork(this.#channel);
    const now = this.#context.clock.monotonic();
    if (registered) this.#unregisteredSince = undefined;
    else this.#unregisteredSince ??= now;
    this.#context.learn({
      ...facts,
      state: registered ? 'ready' : 'registering',
      obstacle: registered ? undefined : this.#registrationObstacle(facts.registration === 'denied', now),
      lastSeenAt: this.#context.clock.now(),
    });
  }

  /** A card may be changed while the modem has power, and then another number would send: many modems do not tell. */
  async #checkSim(): Promise<void> {
    if (this.#imsi === undefined) return;
    const imsi = await optional(this.#channel, readImsi);
    if (imsi !== this.#imsi) this.#end(new ModemError('restarted', readImsi.text));
  }

  #registrationObstacle(denied: boolean, now: number): Obstacle | undefined {
    if (denied) {
      return new Obstacle(
        'registration_denied',
        'The network refuses this SIM. Ask the operator whether it is active.',
      );
    }
    if (now - (this.#unregisteredSince ?? now) < unregisteredPatienceMs) return undefined;
    return new Obstacle(
      'not_registered',
      'The modem finds no network. Check the aerial, or move it to a window.',
    );
  }
}

/** What is neither the modem's fault nor the SIM's came from writing to the disk. */
function explainDisk(error: unknown): never {
  if (error instanceof ModemError || error instanceof Obstacle) throw error;
  throw new Obstacle('disk_failure', `What lies on the modem cannot be stored: ${(error as Error).message}`);
}
