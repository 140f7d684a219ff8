import type { Clock } from '../clock.ts';
import { type EncodedMessage, encodeMessage } from '../gsm/pdu/index.ts';
import type { Logger } from '../log.ts';
import type { SubmitOutcome } from '../modem/at-channel.ts';
import type { OutboundRow } from '../store/outbound-store.ts';
import type { NewAttempt, SegmentRow } from '../store/segment-store.ts';
import type { OutboundLedger, OutboundLife, Verdict } from './outbound-life.ts';
import type { Judgement } from './refusal-judgement.ts';

/** The modem in which a SIM sits, as far as sending needs it. */
export interface SendingModem {
  readonly id: string;
  readonly port: string;
  submit(pdu: string, tpduLength: number, beforePayload: () => void): Promise<SubmitOutcome>;
  /** Brings the modem up anew. */
  repair(): void;
}

/** A SIM that can send now, and its modem. */
export interface SendingSim {
  readonly simId: number;
  readonly number: string;
  readonly modem: SendingModem;
}

/** Pauses after refusals that blame SIM or modem, growing while they come one after another. Milliseconds. */
const holdPausesMs = [5_000, 15_000, 60_000, 300_000];
/** After a time in which nothing could be written to the port or the disk. */
const troublePauseMs = 2_000;
const longestTimerMs = 3_600_000;

/** What the sender does next: another text at once, or a rest that new work may cut short, or may not. */
type Rest = { readonly ms: number; readonly untilWoken: boolean };
const atOnce: Rest = { ms: 0, untilWoken: true };
const pause = (ms: number): Rest => ({ ms, untilWoken: false });

/** Thrown before the PDU is written when the text does not wait any more. */
class NoLongerWaiting extends Error {}

/** The text that is being handed over, encoded once for all its segments. */
interface Encoded {
  readonly seq: number;
  readonly message: EncodedMessage;
}

/**
 * Hands the texts of one SIM to its modem, one segment after another, for as long as it can send: by priority,
 * then by age, the segments of a text in order. It never sleeps with a text in hand: what must wait goes back with
 * a due time.
 */
export class Sender {
  readonly #sim: SendingSim;
  readonly #ledger: OutboundLedger;
  readonly #life: OutboundLife;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #random: () => number;
  readonly #settlementDue: () => void;
  #encoded: Encoded | undefined;
  #lastReference: number | undefined;
  #stopped = false;
  #cutShort: { readonly untilWoken: boolean; readonly finish: () => void } | undefined;
  #inHand: number | undefined;
  #holds = 0;
  #running: Promise<void> | undefined;

  constructor(
    sim: SendingSim,
    ledger: OutboundLedger,
    life: OutboundLife,
    clock: Clock,
    log: Logger,
    /** Called when a text waits for evidence. */
    settlementDue: () => void,
    random: () => number = Math.random,
  ) {
    this.#sim = sim;
    this.#ledger = ledger;
    this.#life = life;
    this.#clock = clock;
    this.#log = log;
    this.#settlementDue = settlementDue;
    this.#random = random;
  }

  start(): void {
    this.#lastReference = this.#ledger.segments.lastReference(this.#sim.simId);
    this.#running ??= this.#run();
  }

  /** Begins nothing new; resolves when the segment in hand has its result. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cutShort?.finish();
    await this.#running;
  }

  /** Something new may wait. */
  wake(): void {
    if (this.#cutShort?.untilWoken) this.#cutShort.finish();
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#rest(await this.#sendNext());
      } catch (error) {
        this.#log.error({ err: error, number: this.#sim.number }, 'sending is held up');
        await this.#rest(pause(troublePauseMs));
      }
    }
  }

  /** Sends one segment; answers how long to wait before the next. */
  async #sendNext(): Promise<Rest> {
    const now = this.#clock.now();
    const row = this.#unfinishedText(now) ?? this.#ledger.outbound.next(this.#sim.number, now);
    if (!row) return this.#untilDue(now);
    const segment = this.#ledger.segments.ofMessage(row.seq).find(({ state }) => state === 'waiting');
    if (!segment) throw new Error(`message ${row.message_id} waits with no segment to send`);
    const encoded = this.#encode(row).segments[segment.position - 1];
    if (!encoded) throw new Error(`message ${row.message_id} has no part ${segment.position}`);
    const attempt = this.#attempt(row, segment, encoded.pdu);
    this.#inHand = row.seq;
    return this.#handOver(row, segment, encoded.tpduLength, attempt);
  }

  /** The parts of one text leave together, whatever became more urgent meanwhile. */
  #unfinishedText(now: number): OutboundRow | undefined {
    const row = this.#inHand === undefined ? undefined : this.#ledger.outbound.get(this.#inHand);
    return row?.status === 'dispatched' && row.started === 1 && row.due_at <= now ? row : undefined;
  }

  async #handOver(
    row: OutboundRow,
    segment: SegmentRow,
    tpduLength: number,
    attempt: Omit<NewAttempt, 'at'>,
  ): Promise<Rest> {
    const begin = () => {
      if (!this.#life.begin(row.seq, attempt, segment.position)) throw new NoLongerWaiting();
    };
    try {
      const outcome = await this.#sim.modem.submit(attempt.pdu, tpduLength, begin);
      return this.#conclude(segment.segment_id, outcome, attempt);
    } catch (error) {
      if (error instanceof NoLongerWaiting) return atOnce;
      throw error;
    }
  }

  #conclude(segmentId: number, outcome: SubmitOutcome, attempt: Omit<NewAttempt, 'at'>): Rest {
    switch (outcome.kind) {
      case 'accepted':
        this.#holds = 0;
        this.#lastReference = outcome.reference;
        this.#life.accepted(segmentId, outcome.reference);
        return atOnce;
      case 'unknown':
        this.#life.ambiguous(segmentId, `no result (${outcome.cause})`);
        this.#settlementDue();
        return atOnce;
      case 'refused':
        return this.#afterRefusal(this.#life.refused(segmentId, outcome.refusal, outcome.afterMs, attempt));
      case 'not-submitted': {
        const { refusal, code } = outcome.error;
        if (refusal) return this.#afterRefusal(this.#life.refused(segmentId, refusal, undefined, attempt));
        if (code === 'timeout') this.#log.warn({ number: this.#sim.number }, 'the modem gave no prompt');
        return pause(troublePauseMs);
      }
    }
  }

  #afterRefusal(verdict: Verdict): Rest {
    if (verdict.next === 'go-on') {
      this.#settlementDue();
      return atOnce;
    }
    return this.#hold(verdict.judgement);
  }

  #hold(judgement: Judgement): Rest {
    const pauseMs = holdPausesMs[Math.min(this.#holds, holdPausesMs.length - 1)] ?? 0;
    this.#holds++;
    this.#log.warn(
      { number: this.#sim.number, why: judgement.sentence, pauseMs },
      'the queue of a SIM is held',
    );
    this.#sim.modem.repair();
    return pause(pauseMs);
  }

  #attempt(row: OutboundRow, segment: SegmentRow, pdu: string): Omit<NewAttempt, 'at'> {
    const { simId, modem } = this.#sim;
    const expectedReference = this.#lastReference === undefined ? undefined : (this.#lastReference + 1) % 256;
    return {
      segmentId: segment.segment_id,
      simId,
      recipient: row.to_number,
      modemId: modem.id,
      port: modem.port,
      pdu,
      expectedReference,
    };
  }

  /** The reference is chosen once, when the first segment is about to leave, and kept for all tries. */
  #encode(row: OutboundRow): EncodedMessage {
    if (this.#encoded?.seq === row.seq) return this.#encoded.message;
    const message = encodeMessage({
      to: row.to_number,
      text: row.body,
      ref: row.segment_count > 1 ? this.#concatReference(row) : 0,
      statusReport: true,
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

  #untilDue(now: number): Rest {
    const dueAt = this.#ledger.outbound.nextDueAt(this.#sim.number, now);
    return {
      ms: dueAt === undefined ? longestTimerMs : Math.min(Math.max(dueAt - now, 1), longestTimerMs),
      untilWoken: true,
    };
  }

  #rest({ ms, untilWoken }: Rest): Promise<void> {
    if (this.#stopped || ms === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = () => {
        timer.cancel();
        this.#cutShort = undefined;
        resolve();
      };
      const timer = this.#clock.after(ms, finish);
      this.#cutShort = { untilWoken, finish };
    });
  }
}
