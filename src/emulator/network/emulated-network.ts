import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../../clock.ts';
import { ArrivalQueue } from './arrival-queue.ts';
import { balanceMenu } from './balance-menu.ts';
import { EmulatedSim, type SimOptions } from './emulated-sim.ts';
import { Phone, type PhoneBehaviour } from './phone.ts';
import { type Submission, Submissions } from './submissions.ts';
import type { Arrival, Subscriber } from './subscriber.ts';
import { forwardedDeliver, rawArrival, type Submit, statusReport, textDelivers } from './tpdu.ts';

export interface NetworkOptions {
  readonly clock: Clock;
  /** From the modem's handing over of a text to the network's answer. 0 answers at once. */
  readonly latencyMs?: number;
  /** From acceptance to arrival at the other side. */
  readonly deliveryDelayMs?: number;
  /** From arrival, or the attempt at it, to the delivery report; also between one report and the next. */
  readonly reportDelayMs?: number;
  /** How long a phone takes to answer. */
  readonly replyDelayMs?: number;
  /** When a modem that did not take a text is tried again. */
  readonly retryMs?: number;
  /** Source of chance between 0 and 1: where SIM references and concatenation references begin. */
  readonly random?: () => number;
}

/** What a network tells of. */
export interface NetworkEvents {
  submitted: [submission: Submission];
  /** A text reached a SIM's modem. */
  delivered: [arrival: { readonly to: string; readonly pdu: string }];
  /** A status report reached the SIM that had asked for it. */
  reported: [report: { readonly to: string; readonly reference: number; readonly status: number }];
}

/** The network's answer to a text: accepted, or the +CMS ERROR of a refusal. */
export type SubmitAnswer = { readonly reference: number } | { readonly refused: number };

/** A text from the outside world to one of the SIMs. */
export type Delivery = {
  /** Any sender, a name of up to eleven characters included. */
  readonly from: string;
  /** Number of one of the SIMs. */
  readonly to: string;
} & (
  | {
      readonly text: string;
      /** Which parts arrive, in which order, counted from 1: `[2, 1, 1]` turns two round and doubles the first. */
      readonly order?: readonly number[];
      /** Concatenation reference of a long text. */
      readonly reference?: number;
      /** Message class, 0 for a text that flashes up. */
      readonly messageClass?: 0 | 1 | 2 | 3;
    }
  /** Made elsewhere: the service centre's address and the TPDU in hexadecimal, as +CMT shows them. */
  | { readonly pdus: readonly string[] }
);

interface Line {
  readonly sim: EmulatedSim;
  readonly queue: ArrivalQueue;
  inDialogue: boolean;
}

const longestHeldMs = 72 * 3_600_000;

/** A small mobile network: SIMs that can text each other, phones that answer, a service centre that reports. */
export class EmulatedNetwork {
  readonly events = new EventEmitter<NetworkEvents>();
  readonly submissions = new Submissions();
  readonly #clock: Clock;
  readonly #options: NetworkOptions;
  readonly #random: () => number;
  readonly #lines = new Map<string, Line>();
  readonly #phones = new Map<string, Phone>();
  readonly #timers = new Set<Timer>();
  #concatenation: number;

  constructor(options: NetworkOptions) {
    this.#clock = options.clock;
    this.#options = options;
    this.#random = options.random ?? Math.random;
    this.#concatenation = Math.floor(this.#random() * 256);
  }

  get sims(): readonly EmulatedSim[] {
    return [...this.#lines.values()].map((line) => line.sim);
  }

  addSim(options: SimOptions): EmulatedSim {
    const key = digits(options.number);
    if (this.#lines.has(key))
      throw new Error(`The network has a SIM with the number ${options.number} already.`);
    const sim = new EmulatedSim(options, Math.floor(this.#random() * 256));
    const queue = new ArrivalQueue(this.#clock, this.#options.retryMs ?? 30_000);
    this.#lines.set(key, { sim, queue, inDialogue: false });
    return sim;
  }

  /** Any number that was not added is a phone that receives and confirms. */
  addPhone(number: string, behaviour: PhoneBehaviour): void {
    this.#phones.set(digits(number), new Phone(number, behaviour));
  }

  /** A modem with this SIM has registered: what was held for it comes. */
  attach(sim: EmulatedSim, subscriber: Subscriber): void {
    this.#lineOf(sim.number)?.queue.attach(subscriber);
  }

  detach(sim: EmulatedSim, subscriber: Subscriber): void {
    this.#lineOf(sim.number)?.queue.detach(subscriber);
  }

  /** The SIM's modem has room for texts again (RP-SMMA). */
  memoryAvailable(sim: EmulatedSim): void {
    this.#lineOf(sim.number)?.queue.memoryAvailable();
  }

  /** How many texts and reports are held for a SIM. */
  heldFor(number: string): number {
    return this.#lineOf(number)?.queue.length ?? 0;
  }

  /** Takes a text from a modem. `reportFirst` lets the report overtake the answer, as fast networks do. */
  submit(sim: EmulatedSim, submit: Submit, reportFirst = false): SubmitAnswer | Promise<SubmitAnswer> {
    const reference = sim.takeReference();
    const { latencyMs = 0 } = this.#options;
    if (latencyMs === 0) return this.#accept(sim, submit, reference, reportFirst);
    return new Promise((resolve) => {
      this.#later(latencyMs, () => resolve(this.#accept(sim, submit, reference, reportFirst)));
    });
  }

  /** Sends a text to one of the SIMs at once, whatever the network's delays; the PDUs that go on their way. */
  deliver(delivery: Delivery): readonly string[] {
    const line = this.#lineOf(delivery.to);
    if (!line) throw new Error(`The network has no SIM with the number ${delivery.to}.`);
    const arrivals = this.#arrivalsOf(delivery, line.sim);
    for (const arrival of arrivals) this.#hold(line, () => arrival);
    return arrivals.map((arrival) => arrival.pdu);
  }

  /** Lets a call ring at a SIM; a call without `from` hides its number. False when the SIM is away. */
  call(to: string, from?: string): boolean {
    const subscriber = this.#lineOf(to)?.queue.subscriber;
    subscriber?.ring(from);
    return subscriber !== undefined;
  }

  hangUp(to: string): void {
    this.#lineOf(to)?.queue.subscriber?.callEnded();
  }

  /** A USSD string from a SIM; undefined ends the dialogue. */
  ussd(sim: EmulatedSim, input: string | undefined): void {
    const line = this.#lineOf(sim.number);
    if (!line) return;
    const wasInDialogue = line.inDialogue;
    line.inDialogue = false;
    if (input === undefined) return;
    this.#later(this.#options.latencyMs ?? 0, () => {
      const reply = balanceMenu(input, wasInDialogue);
      line.inDialogue = reply.status === 1;
      line.queue.subscriber?.ussd(reply.status, reply.text);
    });
  }

  /** Ends everything that is under way. */
  stop(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
    for (const { queue } of this.#lines.values()) queue.close();
  }

  #accept(sim: EmulatedSim, submit: Submit, reference: number, reportFirst: boolean): SubmitAnswer {
    const phone = this.#phoneOf(submit.to);
    if (phone.refusal !== undefined) return { refused: phone.refusal };
    const { to, text, concatenation, reportWanted, pdu } = submit;
    const at = this.#clock.now();
    const submission = this.submissions.add({
      at,
      from: sim.number,
      to,
      reference,
      text,
      concatenation,
      reportWanted,
      pdu,
    });
    const line = this.#lineOf(to);
    if (reportFirst) this.#report(sim, submission, phone.reports[0] ?? 0);
    this.#later(this.#options.deliveryDelayMs ?? 0, () => {
      if (line) this.#forward(sim, submit, submission, line, reportFirst);
      else this.#deliverToPhone(sim, submit, submission, phone, reportFirst ? 1 : 0);
    });
    this.events.emit('submitted', submission);
    return { reference };
  }

  #forward(sim: EmulatedSim, submit: Submit, submission: Submission, line: Line, reported: boolean): void {
    const at = submission.at;
    const arrival = (more: boolean) =>
      forwardedDeliver(submit, { from: sim.number, smsc: line.sim.smsc, at, more });
    const ended = (how: 'delivered' | 'expired') => {
      if (!reported) this.#reportAll(sim, submission, how === 'delivered' ? [0x00] : [0x46]);
    };
    this.#hold(line, arrival, ended, submit.validityMs);
  }

  #deliverToPhone(
    sim: EmulatedSim,
    submit: Submit,
    submission: Submission,
    phone: Phone,
    reported: number,
  ): void {
    this.#reportAll(sim, submission, phone.reports.slice(reported));
    const answer = phone.receive(sim.number, submit.text ?? '', submit.concatenation);
    if (answer === undefined) return;
    this.#later(this.#options.replyDelayMs ?? 0, () =>
      this.deliver({ from: phone.number, to: sim.number, text: answer }),
    );
  }

  #reportAll(sim: EmulatedSim, submission: Submission, statuses: readonly number[]): void {
    const { reportDelayMs = 0 } = this.#options;
    statuses.forEach((status, index) => {
      this.#later(reportDelayMs * (index + 1), () => this.#report(sim, submission, status));
    });
  }

  #report(sim: EmulatedSim, submission: Submission, status: number): void {
    const line = this.#lineOf(sim.number);
    if (!line || !submission.reportWanted) return;
    const dischargedAt = this.#clock.now();
    const { reference } = submission;
    const arrival = (more: boolean) =>
      statusReport(submission, { smsc: sim.smsc, dischargedAt, status, more });
    const ended = (how: 'delivered' | 'expired') => {
      if (how === 'delivered') this.events.emit('reported', { to: sim.number, reference, status });
    };
    this.#hold(line, arrival, ended);
  }

  #hold(
    line: Line,
    make: (more: boolean) => Arrival,
    ended: (how: 'delivered' | 'expired') => void = () => undefined,
    validityMs = longestHeldMs,
  ): void {
    let sent: Arrival | undefined;
    line.queue.add({
      arrival: (more) => {
        sent = make(more);
        return sent;
      },
      ended: (how) => {
        ended(how);
        if (how === 'delivered' && sent?.kind === 'deliver') {
          this.events.emit('delivered', { to: line.sim.number, pdu: sent.pdu });
        }
      },
      expiresAt: this.#clock.now() + validityMs,
    });
  }

  #arrivalsOf(delivery: Delivery, sim: EmulatedSim): readonly Arrival[] {
    if ('pdus' in delivery) return delivery.pdus.map(rawArrival);
    const reference = delivery.reference ?? this.#nextConcatenation();
    const { from, text, messageClass } = delivery;
    const parts = textDelivers({
      from,
      text,
      messageClass,
      reference,
      smsc: sim.smsc,
      at: this.#clock.now(),
    });
    const order = delivery.order ?? parts.map((_part, index) => index + 1);
    return order.map((number) => {
      const part = parts[number - 1];
      if (!part) throw new Error(`The text has ${parts.length} parts, and none is number ${number}.`);
      return part;
    });
  }

  #nextConcatenation(): number {
    this.#concatenation = (this.#concatenation + 1) % 256;
    return this.#concatenation;
  }

  #phoneOf(number: string): Phone {
    return this.#phones.get(digits(number)) ?? new Phone(number, 'silent');
  }

  #lineOf(number: string): Line | undefined {
    return this.#lines.get(digits(number));
  }

  /** Always by the clock, even with no delay: nothing overtakes the answer to the text that caused it. */
  #later(delayMs: number, action: () => void): void {
    const timer = this.#clock.after(delayMs, () => {
      this.#timers.delete(timer);
      action();
    });
    this.#timers.add(timer);
  }
}

function digits(number: string): string {
  return number.replace(/\D/g, '') || number;
}
