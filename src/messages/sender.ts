import type { Clock } from '../clock.ts';
import { type EncodedMessage, encodeMessage } from '../gsm/pdu/index.ts';
import type { Logger } from '../log.ts';
import type { SubmitOutcome } from '../modem/at-channel.ts';
import type { OutboundRow } from '../store/outbound-store.ts';
import type { NewAttempt, SegmentRow } from '../store/segment-store.ts';
import type { OutboundLedger, OutboundLife } from './outbound-life.ts';
import type { QueueHold } from './queue-hold.ts';
import type { Judgement, Refusal } from './refusal-judgement.ts';
import type { SendingRules } from './sending-rules.ts';
import { blameSentence, type SimBlame, speaksOfSim } from './sim-blame.ts';

/** The modem in which a SIM sits, as far as sending needs it. */
export interface SendingModem {
  readonly id: string;
  readonly port: string;
  submit(pdu: string, tpduLength: number, beforePayload: () => void): Promise<SubmitOutcome>;
  /** Brings the modem up anew. */
  repair(): void;
  /** Looks at once whether the modem is registered and has kept its settings. */
  check(): void;
  /** How it stands now, in plain words; undefined where it cannot be asked. */
  circumstances(): Promise<string | undefined>;
}

/** A SIM that can send now, and its modem. */
export interface SendingSim {
  readonly simId: number;
  readonly number: string;
  readonly modem: SendingModem;
}

/** What is known of a SIM for longer than one sender lives. */
export interface SimStanding {
  readonly hold: QueueHold;
  readonly blame: SimBlame;
  /** Called when the SIM is blamed, with a sentence for people, and with nothing when a text was taken again. */
  readonly blamed: (sentence: string | undefined) => void;
  /** What a person has set for it. */
  readonly rules: SendingRules;
  /** Called when its texts begin to wait for a limit or a window, and when they leave again. */
  readonly limited: () => void;
}

/** After a time in which nothing could be written to the port or the disk. */
const troublePauseMs = 2_000;
const longestTimerMs = 3_600_000;

/** What the sender does next: another text at once, or a rest that new work may cut short, or may not. */
type Rest = { readonly ms: number; readonly untilWoken: boolean };
const atOnce: Rest = { ms: 0, untilWoken: true };
const pause = (ms: number): Rest => ({ ms, untilWoken: false });

/** Thrown before the PDU is written when the text does not wait any more. */
class NoLongerWaiting extends Error {}

/** A segment that was handed over, and what came of it. */
interface Result {
  readonly segmentId: number;
  readonly outcome: SubmitOutcome;
  readonly attempt: Omit<NewAttempt, 'at'>;
}

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
  readonly #standing: SimStanding;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #random: () => number;
  readonly #settlementDue: () => void;
  #encoded: Encoded | undefined;
  #lastReference: number | undefined;
  #stopped = false;
  #cutShort: { readonly untilWoken: boolean; readonly finish: () => void } | undefined;
  #inHand: number | undefined;
  /** What could not be written down yet: nothing else is sent before it is. */
  #unrecorded: Result | undefined;
  #running: Promise<void> | undefined;

  constructor(
    sim: SendingSim,
    ledger: OutboundLedger,
    life: OutboundLife,
    standing: SimStanding,
    clock: Clock,
    log: Logger,
    /** Called when a text waits for evidence. */
    settlementDue: () => void,
    random: () => number = Math.random,
  ) {
    this.#sim = sim;
    this.#ledger = ledger;
    this.#life = life;
    this.#standing = standing;
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
    if (this.#unrecorded) return this.#record(this.#unrecorded);
    const restMs = Math.max(this.#standing.hold.remainingMs, this.#standing.blame.remainingMs);
    if (restMs > 0) return pause(restMs);
    const now = this.#clock.now();
    const row = this.#probe(now) ?? this.#unfinishedText(now) ?? this.#next(now);
    if (!row) return this.#untilDue(now);
    const waiting = this.#ledger.segments.ofMessage(row.seq).filter(({ state }) => state === 'waiting');
    const [segment] = waiting;
    if (!segment) throw new Error(`message ${row.message_id} waits with no segment to send`);
    const limitMs = row.started === 1 ? 0 : this.#limitMs(row, waiting.length, now);
    if (limitMs > 0) return { ms: Math.min(limitMs, longestTimerMs), untilWoken: true };
    const encoded = this.#encode(row).segments[segment.position - 1];
    if (!encoded) throw new Error(`message ${row.message_id} has no part ${segment.position}`);
    const attempt = this.#attempt(row, segment, encoded.pdu);
    this.#inHand = row.seq;
    return this.#handOver(row, segment, encoded.tpduLength, attempt);
  }

  /** Where enough different numbers had a text today, only those can have another. */
  #next(now: number): OutboundRow | undefined {
    const { outbound } = this.#ledger;
    const left = this.#standing.rules.recipients(this.#sim.simId);
    return left ? outbound.nextAmong(this.#sim.number, now, left.only) : outbound.next(this.#sim.number, now);
  }

  /** How long a text of which nothing has left must wait for the limits and windows of its SIM. */
  #limitMs(row: OutboundRow, segments: number, now: number): number {
    const { at, reason } = this.#standing.rules.permission(this.#sim.simId, row, segments);
    this.#standing.limited();
    if (at > now)
      this.#log.debug({ number: this.#sim.number, reason, waitMs: at - now }, 'texts wait for a limit');
    return at - now;
  }

  /** A blamed SIM is tried with a text to a number that did not fail, where one waits. */
  #probe(now: number): OutboundRow | undefined {
    const { blamed, numbers } = this.#standing.blame;
    return blamed ? this.#ledger.outbound.nextToOthers(this.#sim.number, now, numbers) : undefined;
  }

  /** The parts of one text leave together, whatever became more urgent meanwhile. */
  #unfinishedText(now: number): OutboundRow | undefined {
    const row = this.#inHand === undefined ? undefined : this.#ledger.outbound.get(this.#inHand);
    const mayGoOn = row?.status === 'dispatched' && row.started === 1;
    return mayGoOn && row.due_at <= now && row.expires_at > now ? row : undefined;
  }

  async #handOver(
    row: OutboundRow,
    segment: SegmentRow,
    tpduLength: number,
    attempt: Omit<NewAttempt, 'at'>,
  ): Promise<Rest> {
    const begin = () => {
      if (!this.#life.begin(row.seq, attempt, segment.position)) throw new NoLongerWaiting();
      this.#standing.rules.handedOver(this.#sim.simId, row.to_number);
    };
    try {
      const outcome = await this.#sim.modem.submit(attempt.pdu, tpduLength, begin);
      return this.#record({ segmentId: segment.segment_id, outcome, attempt });
    } catch (error) {
      if (error instanceof NoLongerWaiting) return atOnce;
      throw error;
    }
  }

  /** A result is known only here until it is on disk: what fails to be written is written before all else. */
  #record(result: Result): Rest {
    this.#unrecorded = result;
    const rest = this.#conclude(result);
    this.#unrecorded = undefined;
    return rest;
  }

  #conclude({ segmentId, outcome, attempt }: Result): Rest {
    switch (outcome.kind) {
      case 'accepted':
        this.#life.accepted(segmentId, outcome.reference);
        this.#lastReference = outcome.reference;
        this.#standing.hold.end();
        if (this.#standing.blame.succeeded()) this.#standing.blamed(undefined);
        return this.#goOn();
      case 'unknown':
        this.#life.ambiguous(segmentId, `no result (${outcome.cause})`);
        return this.#goOn();
      case 'refused':
        return this.#refused(segmentId, outcome.refusal, outcome.afterMs, attempt);
      case 'not-submitted': {
        const { refusal, code } = outcome.error;
        if (refusal) return this.#refused(segmentId, refusal, undefined, attempt);
        return code === 'timeout' ? this.#holdQueue('the modem gives no prompt') : pause(troublePauseMs);
      }
    }
  }

  /** What became of this text may decide about one that waits for evidence. */
  #goOn(): Rest {
    this.#settlementDue();
    return atOnce;
  }

  #refused(
    segmentId: number,
    refusal: Refusal,
    afterMs: number | undefined,
    attempt: Omit<NewAttempt, 'at'>,
  ): Rest {
    this.#encoded = undefined;
    const verdict = this.#life.refused(segmentId, refusal, afterMs, attempt);
    if (verdict.next === 'hold') return this.#holdQueue(verdict.judgement.sentence);
    void this.#noteCircumstances(segmentId);
    if (verdict.judgement && speaksOfSim(refusal, verdict.judgement))
      this.#blame(attempt.recipient, refusal, verdict.judgement);
    return this.#goOn();
  }

  /** The modem is asked before it is given the next text, while its answers still speak of this one. */
  async #noteCircumstances(segmentId: number): Promise<void> {
    const told = await this.#sim.modem.circumstances();
    if (told === undefined) return;
    try {
      this.#life.explained(segmentId, told);
    } catch (error) {
      this.#log.warn({ err: error }, 'the circumstances of a refusal cannot be written down');
    }
  }

  #blame(recipient: string, refusal: Refusal, judgement: Judgement): void {
    const { blame, blamed } = this.#standing;
    if (!blame.failed(recipient)) return;
    const sentence = blameSentence(refusal, judgement);
    this.#log.warn(
      { number: this.#sim.number, why: sentence, pauseMs: blame.remainingMs },
      'a SIM is blamed for its failures',
    );
    blamed(sentence);
    this.#sim.modem.check();
  }

  #holdQueue(why: string): Rest {
    this.#standing.hold.begin();
    const pauseMs = this.#standing.hold.remainingMs;
    this.#log.warn({ number: this.#sim.number, why, pauseMs }, 'the queue of a SIM is held');
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

  #untilDue(now: number): Rest {
    const dueAt = this.#dueAt(now);
    return {
      ms: dueAt === undefined ? longestTimerMs : Math.min(Math.max(dueAt - now, 1), longestTimerMs),
      untilWoken: true,
    };
  }

  #dueAt(now: number): number | undefined {
    const dueAt = this.#ledger.outbound.nextDueAt(this.#sim.number, now);
    const left = this.#standing.rules.recipients(this.#sim.simId);
    return left ? Math.min(left.until, dueAt ?? left.until) : dueAt;
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
