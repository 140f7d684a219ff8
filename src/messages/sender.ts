import type { Timer } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { SubmitOutcome } from '../modem/at-channel.ts';
import type { NewAttempt } from '../store/segment-store.ts';
import type { OutboundLedger, OutboundLife } from './outbound-life.ts';
import { type HeldTrouble, heldTrouble, type QueueHold } from './queue-hold.ts';
import type { Judgement, Refusal } from './refusal-judgement.ts';
import { type Handover, type NothingDue, SegmentChoice } from './segment-choice.ts';
import type { SendingRules } from './sending-rules.ts';
import { blameSentence, type SimBlame, speaksOfSim } from './sim-blame.ts';
import type { DoubtedClock } from './steady-clock.ts';

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
  /** What came of texts that a sender handed over, and that the disk had not taken when it ended. */
  readonly unrecorded: SendingResult[];
  /** Called when the SIM is blamed, with a sentence for people, and with nothing when a text was taken again. */
  readonly blamed: (sentence: string | undefined) => void;
  /** Called when its queue is held again and again, and with nothing when a text was taken again. */
  readonly held: (trouble: HeldTrouble | undefined) => void;
  /** What a person has set for it. */
  readonly rules: SendingRules;
  /** Called when its texts begin to wait for a limit or a window, and when they leave again. */
  readonly limited: () => void;
}

/** After a time in which nothing could be written to the port or the disk. */
const troublePauseMs = 2_000;

/** So long after a text was handed over the next one is chosen, if the network has not answered before. */
const prepareAfterMs = 100;

/** How long the result of a text may wait for the prompt of the next one, to share its commit. */
const promptGraceMs = 2;

/** What the sender does next: another text at once, or a rest that new work may cut short, or may not. */
type Rest = { readonly ms: number; readonly untilWoken: boolean };
const atOnce: Rest = { ms: 0, untilWoken: true };
const pause = (ms: number): Rest => ({ ms, untilWoken: false });

/** Thrown before the PDU is written when the text does not wait any more, or nothing is to leave. */
class NoLongerWaiting extends Error {}

/** A segment that was handed over, and what came of it. */
export interface SendingResult {
  readonly segmentId: number;
  readonly outcome: SubmitOutcome;
  readonly attempt: Omit<NewAttempt, 'at'>;
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
  readonly #clock: DoubtedClock;
  readonly #log: Logger;
  readonly #settlementDue: () => void;
  readonly #choice: SegmentChoice;
  #stopped = false;
  #cutShort: { readonly untilWoken: boolean; readonly finish: () => void } | undefined;
  /** The text after the one whose result is being written down: the modem is making its prompt meanwhile. */
  #ahead: Promise<Rest> | undefined;
  /** What could not be written down yet: nothing else is sent before it is. */
  #unrecorded: SendingResult | undefined;
  /** What was written down last. */
  #recorded: SendingResult | undefined;
  #running: Promise<void> | undefined;

  constructor(
    sim: SendingSim,
    ledger: OutboundLedger,
    life: OutboundLife,
    standing: SimStanding,
    clock: DoubtedClock,
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
    this.#choice = new SegmentChoice(sim, ledger, standing, clock, log, random);
  }

  start(): void {
    this.#choice.lastReference = this.#ledger.segments.lastReference(this.#sim.simId);
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
    await this.#ahead?.catch(() => undefined);
    if (this.#unrecorded) this.#standing.unrecorded.push(this.#unrecorded);
  }

  /** Sends one segment; answers how long to wait before the next. */
  async #sendNext(): Promise<Rest> {
    if (this.#unrecorded) return this.#record(this.#unrecorded);
    const left = this.#standing.unrecorded.shift();
    if (left) return this.#record(left);
    const ahead = this.#ahead;
    this.#ahead = undefined;
    if (ahead) return ahead;
    const restMs = Math.max(this.#standing.hold.remainingMs, this.#standing.blame.remainingMs);
    if (restMs > 0) return pause(restMs);
    const next = this.#choice.next();
    return 'waitMs' in next ? { ms: next.waitMs, untilWoken: true } : this.#handOver(next);
  }

  async #handOver(handover: Handover, prompted: () => void = () => undefined): Promise<Rest> {
    const { segment, tpduLength, attempt } = handover;
    let preparing: Timer | undefined;
    const begin = () => {
      prompted();
      if (!this.#begin(handover)) throw new NoLongerWaiting();
      preparing = this.#clock.after(prepareAfterMs, () => this.#prepare());
    };
    try {
      const outcome = await this.#sim.modem.submit(attempt.pdu, tpduLength, begin);
      const result = { segmentId: segment.segment_id, outcome, attempt };
      if (outcome.kind === 'accepted') await this.#lookAhead(result, outcome.reference);
      return this.#record(result);
    } catch (error) {
      if (error instanceof NoLongerWaiting) return atOnce;
      throw error;
    } finally {
      preparing?.cancel();
    }
  }

  /**
   * Writes down, in one transaction, the result of the text before, where it still waits for that, and that this one
   * leaves now. What the disk does not take of it is still unrecorded. False when this text does not wait any more, or
   * nothing is to leave any more.
   */
  #begin({ row, segment, attempt }: Handover): boolean {
    const before = this.#unrecorded;
    try {
      const begun = this.#ledger.database.transactionToActUpon(() => {
        if (before) this.#record(before);
        if (this.#stopped) return false;
        return this.#life.begin(row.seq, attempt, segment.position);
      });
      if (begun) this.#standing.rules.handedOver(this.#sim.simId, row.to_number);
      return begun;
    } catch (error) {
      if (before) [this.#unrecorded, this.#recorded] = [before, undefined];
      throw error;
    }
  }

  /**
   * Lets the command of the next text go to the port before the result of this one goes to the disk: what the modem
   * takes to make its prompt costs no time of its own then, and where the prompt comes at once, one commit serves
   * both. Nothing of the next text's PDU leaves before that result is on disk.
   */
  async #lookAhead(result: SendingResult, reference: number): Promise<void> {
    this.#unrecorded = result;
    this.#choice.lastReference = reference;
    if (this.#stopped || this.#standing.blame.blamed || this.#standing.hold.remainingMs > 0) return;
    const next = this.#nextIfAny();
    if (!next || 'waitMs' in next) return;
    await new Promise<void>((resolve) => {
      const grace = this.#clock.after(promptGraceMs, resolve);
      const prompted = () => {
        grace.cancel();
        resolve();
      };
      this.#ahead = this.#handOver(next, prompted);
      this.#ahead.catch(prompted); // it is awaited when this result is written down
    });
  }

  /** A disk that cannot be read is found again, and told of, when it is this text's turn. */
  #nextIfAny(): Handover | NothingDue | undefined {
    try {
      return this.#choice.next();
    } catch {
      return undefined;
    }
  }

  /** Uses the wait for the network; a disk that cannot be read is told of when it is the next text's turn. */
  #prepare(): void {
    if (this.#stopped || this.#standing.blame.blamed) return;
    try {
      this.#choice.prepare();
    } catch {}
  }

  /** A result is known only here until it is on disk: what fails to be written is written before all else. */
  #record(result: SendingResult): Rest {
    if (this.#recorded === result) return atOnce;
    if (this.#unrecorded && this.#unrecorded !== result) this.#record(this.#unrecorded);
    this.#unrecorded = result;
    const rest = this.#conclude(result);
    this.#unrecorded = undefined;
    this.#recorded = result;
    return rest;
  }

  #conclude({ segmentId, outcome, attempt }: SendingResult): Rest {
    switch (outcome.kind) {
      case 'accepted':
        this.#life.accepted(segmentId, outcome.reference);
        this.#choice.lastReference = outcome.reference;
        if (this.#standing.hold.end()) this.#standing.held(undefined);
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
        return code === 'timeout'
          ? this.#holdQueue(false, 'the modem gives no prompt')
          : pause(troublePauseMs);
      }
    }
  }

  /** What became of this text may decide about one that waits for evidence: that has time until the next has left. */
  #goOn(): Rest {
    queueMicrotask(this.#settlementDue);
    return atOnce;
  }

  #refused(
    segmentId: number,
    refusal: Refusal,
    afterMs: number | undefined,
    attempt: Omit<NewAttempt, 'at'>,
  ): Rest {
    this.#choice.forget();
    const verdict = this.#life.refused(segmentId, refusal, afterMs, attempt);
    if (verdict.next === 'hold') {
      const { class: held, sentence } = verdict.judgement;
      return this.#holdQueue(held === 'hold-sim', `${sentence} (${refusal.text})`);
    }
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

  #holdQueue(ofSim: boolean, why: string): Rest {
    const { hold, held } = this.#standing;
    hold.begin();
    if (hold.lasts) held(heldTrouble(ofSim, why));
    const pauseMs = hold.remainingMs;
    this.#log.warn({ number: this.#sim.number, why, pauseMs }, 'the queue of a SIM is held');
    this.#sim.modem.repair();
    return pause(pauseMs);
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
