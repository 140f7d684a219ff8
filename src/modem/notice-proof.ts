import { type Clock, delay } from '../clock.ts';
import { action, readIndications } from '../gsm/at/commands.ts';
import type { AtChannel } from './at-channel.ts';
import type { Indications } from './indications.ts';
import type { ModemIdentity } from './modem-identity.ts';
import { optional } from './optional.ts';

/** A notice may be on its way while the text that it tells of is being read. */
const lateNoticeMs = 3_000;

/**
 * Whether this port tells of what arrives. A stick with several ports tells it on one of them, and nothing else shows
 * which: a text that a sweep finds, though nothing was told since the sweep before and the modem confirms that it
 * would tell, is the proof that this one is deaf.
 */
export class NoticeProof {
  readonly #channel: AtChannel;
  readonly #clock: Clock;
  readonly #identity: ModemIdentity;
  readonly #learned: (deaf: boolean) => void;
  /** Places whose text was taken in and could not be deleted: it is found again at each sweep. */
  readonly #kept = new Set<string>();
  #deaf: boolean;
  #told = false;
  #texts = 0;
  #reports = 0;
  #unmuted = false;

  /** @param deaf what was found of this port before */
  constructor(
    channel: AtChannel,
    clock: Clock,
    identity: ModemIdentity,
    deaf: boolean,
    learned: (deaf: boolean) => void,
  ) {
    this.#channel = channel;
    this.#clock = clock;
    this.#identity = identity;
    this.#deaf = deaf;
    this.#learned = learned;
  }

  get deaf(): boolean {
    return this.#deaf;
  }

  /** The modem told of something: a text, a report, a store that is full. */
  noteTold(): void {
    this.#told = true;
    this.#set(false);
  }

  /** From now on there may be proof. */
  begin(): void {
    this.#told = false;
  }

  /** The modem was set up anew: it may have told nothing because it had lost its settings. */
  noteSetUp(): void {
    this.#told = true;
  }

  /** Something was taken in from a place of a store. */
  noteKept(place: string, pdu: string): void {
    if (!this.#kept.has(place)) {
      if (isReport(pdu)) this.#reports++;
      else this.#texts++;
    }
    this.#kept.add(place);
  }

  noteDeleted(place: string): void {
    this.#kept.delete(place);
  }

  /** Does a sweep of which nobody told, and draws the conclusion. */
  async sweep(
    work: () => Promise<void>,
    indications: Indications | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    this.#texts = 0;
    this.#reports = 0;
    await work();
    const suspicious = !this.#told && this.#untold(indications?.values);
    if (suspicious) await delay(this.#clock, lateNoticeMs, signal);
    const silent = suspicious && !this.#told && !signal.aborted;
    this.#told = false;
    if (!silent || !(await this.#wouldTell(indications))) return;
    if (await this.#unmute()) return;
    this.#set(true);
  }

  /** Whether something was found of which the modem had promised to tell: ds=0 promises nothing of reports. */
  #untold(values: readonly number[] | undefined): boolean {
    if (!values) return false;
    return this.#texts > 0 || (this.#reports > 0 && values[3] !== 0);
  }

  #set(deaf: boolean): void {
    if (this.#deaf === deaf) return;
    this.#deaf = deaf;
    this.#learned(deaf);
  }

  /** Settings that were lost in a reset are another trouble, which a health check mends. */
  async #wouldTell(indications: Indications | undefined): Promise<boolean> {
    const present = await optional(this.#channel, readIndications);
    const wanted = indications?.values?.slice(0, 4) ?? [];
    return wanted.every((value, at) => present === undefined || Number(present[at]) === value);
  }

  /** What was turned off to have peace may have been the notices as well: once, it is turned on again. */
  async #unmute(): Promise<boolean> {
    const commands = this.#identity.profile.initial.flatMap(({ undo }) => undo ?? []);
    if (this.#unmuted || commands.length === 0) return false;
    this.#unmuted = true;
    for (const command of commands) await optional(this.#channel, action(command));
    return true;
  }
}

/** Whether a PDU is a status report, by its TP-MTI behind the number of the service centre (TS 23.040 9.2.3.1). */
export function isReport(pdu: string): boolean {
  const centreOctets = Number.parseInt(pdu.slice(0, 2), 16);
  return (Number.parseInt(pdu.slice(2 * centreOctets + 2, 2 * centreOctets + 4), 16) & 0b11) === 0b10;
}
