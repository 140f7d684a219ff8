import { type EncodedMessage, encodeMessage } from '../gsm/pdu/index.ts';
import type { Logger } from '../log.ts';
import type { OutboundRow, Which } from '../store/outbound-store.ts';
import type { NewAttempt, SegmentRow } from '../store/segment-store.ts';
import type { OutboundLedger } from './outbound-life.ts';
import type { SendingSim, SimStanding } from './sender.ts';
import type { DoubtedClock } from './steady-clock.ts';

/** A segment that can leave now, and the attempt to hand it over. */
export interface Handover {
  readonly row: OutboundRow;
  readonly segment: SegmentRow;
  readonly tpduLength: number;
  readonly attempt: Omit<NewAttempt, 'at'>;
}

/** Nothing can leave: how long to rest, if nothing new comes meanwhile. */
export interface NothingDue {
  readonly waitMs: number;
}

const longestWaitMs = 3_600_000;

/** What was chosen ahead of its turn, and the state of the store for which that choice holds. */
interface Prepared {
  readonly handover: Handover;
  readonly version: string;
}

/** The text that is being handed over, encoded once for all its segments. */
interface Encoded {
  readonly seq: number;
  readonly message: EncodedMessage;
}

/**
 * Chooses which segment of a SIM's texts leaves next, and makes its PDU: by priority, then by age, the segments of a
 * text in order, within what a person has set for the SIM.
 */
export class SegmentChoice {
  readonly #sim: SendingSim;
  readonly #ledger: OutboundLedger;
  readonly #standing: SimStanding;
  readonly #clock: DoubtedClock;
  readonly #log: Logger;
  readonly #random: () => number;
  #encoded: Encoded | undefined;
  #prepared: Prepared | undefined;
  #inHand: number | undefined;
  /** The reference that the network gave last. */
  lastReference: number | undefined;

  constructor(
    sim: SendingSim,
    ledger: OutboundLedger,
    standing: SimStanding,
    clock: DoubtedClock,
    log: Logger,
    random: () => number,
  ) {
    this.#sim = sim;
    this.#ledger = ledger;
    this.#standing = standing;
    this.#clock = clock;
    this.#log = log;
    this.#random = random;
  }

  /** Makes the choice while the network has the segment before, for `next()` to find if nothing changes meanwhile. */
  prepare(): void {
    const next = this.next();
    if (!('waitMs' in next)) this.#prepared = { handover: next, version: this.#ledger.database.version() };
  }

  /** What leaves next. A segment that is in the modem's hands is never chosen again. */
  next(): Handover | NothingDue {
    return this.#takePrepared() ?? this.#choose();
  }

  #takePrepared(): Handover | undefined {
    const prepared = this.#prepared;
    this.#prepared = undefined;
    if (!prepared || prepared.version !== this.#ledger.database.version()) return undefined;
    const { row, attempt } = prepared.handover;
    if (row.expires_at <= this.#clock.now()) return undefined;
    return { ...prepared.handover, attempt: { ...attempt, expectedReference: this.#expectedReference() } };
  }

  #choose(): Handover | NothingDue {
    const now = this.#clock.now();
    const row = this.#probe(now) ?? this.#unfinishedText(now) ?? this.#nextText(now);
    if (!row) return this.#untilDue(now);
    const waiting = this.#waiting(row);
    const [segment] = waiting;
    if (!segment) throw new Error(`message ${row.message_id} waits with no segment to send`);
    const limitMs = row.started === 1 ? 0 : this.#limitMs(row, waiting.length, now);
    if (limitMs > 0) return { waitMs: Math.min(limitMs, longestWaitMs) };
    const encoded = this.#encode(row).segments[segment.position - 1];
    if (!encoded) throw new Error(`message ${row.message_id} has no part ${segment.position}`);
    this.#inHand = row.seq;
    const attempt = this.#attempt(row, segment, encoded.pdu);
    return { row, segment, tpduLength: encoded.tpduLength, attempt };
  }

  /** What was refused is encoded anew when it is tried again: its validity has become shorter. */
  forget(): void {
    this.#encoded = undefined;
  }

  #waiting(row: OutboundRow): SegmentRow[] {
    return this.#ledger.segments.ofMessage(row.seq).filter(({ state }) => state === 'waiting');
  }

  /**
   * Where enough different numbers had a text today, only those can have another. While the clock is doubted nobody
   * knows when a scheduled text is due.
   */
  #nextText(now: number): OutboundRow | undefined {
    const { outbound } = this.#ledger;
    const left = this.#standing.rules.recipients(this.#sim.simId);
    if (left) return outbound.nextAmong(this.#sim.number, now, left.only, this.#which);
    return outbound.next(this.#sim.number, now, this.#which);
  }

  get #which(): Which {
    return this.#clock.doubt ? 'unscheduled' : 'all';
  }

  /** How long a text of which nothing has left must wait for the limits and windows of its SIM. */
  #limitMs(row: OutboundRow, segments: number, now: number): number {
    const { at, reason } = this.#standing.rules.permission(this.#sim.simId, row, segments);
    this.#standing.limited();
    if (at > now)
      this.#log.debug({ number: this.#sim.number, reason, waitMs: at - now }, 'texts wait for a limit');
    return at - now;
  }

  /** A blamed SIM is tried with a text to a number that did not fail, where one waits and may have a text today. */
  #probe(now: number): OutboundRow | undefined {
    const { blamed, numbers } = this.#standing.blame;
    if (!blamed || this.#standing.rules.recipients(this.#sim.simId)) return undefined;
    return this.#ledger.outbound.nextToOthers(this.#sim.number, now, numbers, this.#which);
  }

  /**
   * The parts of one text leave together, whatever became more urgent meanwhile. Of a text whose last part is in the
   * modem's hands nothing is left to choose.
   */
  #unfinishedText(now: number): OutboundRow | undefined {
    const row = this.#inHand === undefined ? undefined : this.#ledger.outbound.get(this.#inHand);
    const mayGoOn = row?.status === 'dispatched' && row.started === 1;
    if (!mayGoOn || row.due_at > now || row.expires_at <= now) return undefined;
    return this.#waiting(row).length > 0 ? row : undefined;
  }

  #attempt(row: OutboundRow, segment: SegmentRow, pdu: string): Omit<NewAttempt, 'at'> {
    const { simId, modem } = this.#sim;
    return {
      segmentId: segment.segment_id,
      simId,
      recipient: row.to_number,
      modemId: modem.id,
      port: modem.port,
      pdu,
      expectedReference: this.#expectedReference(),
    };
  }

  #expectedReference(): number | undefined {
    return this.lastReference === undefined ? undefined : (this.lastReference + 1) % 256;
  }

  /** The reference is chosen once, when the first segment is about to leave, and kept for all tries. */
  #encode(row: OutboundRow): EncodedMessage {
    if (this.#encoded?.seq === row.seq) return this.#encoded.message;
    const message = encodeMessage({
      to: row.to_number,
      text: row.body,
      ref: row.segment_count > 1 ? this.#concatReference(row) : 0,
      statusReport: this.#standing.rules.of(this.#sim.simId).reports,
      validityMinutes: Math.max(5, Math.ceil((row.expires_at - this.#clock.now()) / 60_000)),
      flash: row.flash === 1,
    });
    this.#encoded = { seq: row.seq, message };
    return message;
  }

  #concatReference(row: OutboundRow): number {
    if (row.concat_ref !== null) return row.concat_ref;
    const start = Math.floor(this.#random() * 256);
    return this.#ledger.database.transaction(() => {
      const reference = this.#ledger.outbound.nextConcatReference(this.#sim.simId, row.to_number, start);
      this.#ledger.outbound.setConcatReference(row.seq, reference);
      return reference;
    });
  }

  #untilDue(now: number): NothingDue {
    const dueAt = this.#dueAt(now);
    return {
      waitMs: dueAt === undefined ? longestWaitMs : Math.min(Math.max(dueAt - now, 1), longestWaitMs),
    };
  }

  #dueAt(now: number): number | undefined {
    const dueAt = this.#ledger.outbound.nextDueAt(this.#sim.number, now);
    const left = this.#standing.rules.recipients(this.#sim.simId);
    return left ? Math.min(left.until, dueAt ?? left.until) : dueAt;
  }
}
