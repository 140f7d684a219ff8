import { EventEmitter } from 'node:events';
import { Agenda } from './agenda.ts';
import { ArrivalQueue } from './arrival-queue.ts';
import { rawArrival, textDelivers } from './arrivals.ts';
import { balanceMenu } from './balance-menu.ts';
import { Directory } from './directory.ts';
import { EmulatedSim, type SimOptions } from './emulated-sim.ts';
import type { NetworkEvents, NetworkOptions } from './network-options.ts';
import type { OutgoingText } from './outgoing-text.ts';
import type { PhoneBehaviour } from './phone.ts';
import { ServiceCentre, type SubmitAnswer } from './service-centre.ts';
import { Submissions } from './submissions.ts';
import type { Arrival, Subscriber } from './subscriber.ts';

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

/** A small mobile network: SIMs that can text each other, phones that answer, a service centre that reports. */
export class EmulatedNetwork {
  readonly events = new EventEmitter<NetworkEvents>();
  /** Every segment that the network accepted, in order. */
  readonly submissions = new Submissions();
  readonly #options: NetworkOptions;
  readonly #random: () => number;
  readonly #directory = new Directory();
  readonly #agenda: Agenda;
  readonly #serviceCentre: ServiceCentre;
  #concatenation: number;

  constructor(options: NetworkOptions) {
    this.#options = options;
    this.#random = options.random ?? Math.random;
    this.#concatenation = this.#octet();
    this.#agenda = new Agenda(options.clock);
    this.#serviceCentre = new ServiceCentre({
      network: options,
      directory: this.#directory,
      agenda: this.#agenda,
      submissions: this.submissions,
      events: this.events,
      reply: (phone, to, text) => this.deliver({ from: phone.number, to: to.number, text }),
    });
  }

  get sims(): readonly EmulatedSim[] {
    return this.#directory.lines.map((line) => line.sim);
  }

  addSim(options: SimOptions): EmulatedSim {
    const sim = new EmulatedSim(options, this.#octet());
    const queue = new ArrivalQueue(this.#options.clock, this.#options.retryMs ?? 30_000);
    this.#directory.addLine({ sim, queue, inDialogue: false });
    return sim;
  }

  /** Any number that was not added is a phone that receives and confirms. */
  addPhone(number: string, behaviour: PhoneBehaviour): void {
    this.#directory.addPhone(number, behaviour);
  }

  /** A modem with this SIM has registered: what was held for it comes. */
  attach(sim: EmulatedSim, subscriber: Subscriber): void {
    this.#directory.lineOf(sim.number)?.queue.attach(subscriber);
  }

  detach(sim: EmulatedSim, subscriber: Subscriber): void {
    this.#directory.lineOf(sim.number)?.queue.detach(subscriber);
  }

  /** The SIM's modem has room for texts again (RP-SMMA). */
  memoryAvailable(sim: EmulatedSim): void {
    this.#directory.lineOf(sim.number)?.queue.memoryAvailable();
  }

  /** How many texts and reports are held for a SIM. */
  heldFor(number: string): number {
    return this.#directory.lineOf(number)?.queue.length ?? 0;
  }

  /** Takes a text from a modem. `reportFirst` lets the report overtake the answer, as fast networks do. */
  submit(sim: EmulatedSim, text: OutgoingText, reportFirst = false): SubmitAnswer | Promise<SubmitAnswer> {
    return this.#serviceCentre.submit(sim, text, reportFirst);
  }

  /** Sends a text to one of the SIMs at once, whatever the network's delays; the PDUs that go on their way. */
  deliver(delivery: Delivery): readonly string[] {
    const line = this.#directory.lineOf(delivery.to);
    if (!line) throw new Error(`The network has no SIM with the number ${delivery.to}.`);
    const arrivals = this.#arrivalsOf(delivery, line.sim);
    for (const arrival of arrivals) this.#serviceCentre.hold(line, () => arrival);
    return arrivals.map((arrival) => arrival.pdu);
  }

  /** Lets a call ring at a SIM; a call without `from` hides its number. False when the SIM is away. */
  call(to: string, from?: string): boolean {
    const subscriber = this.#directory.lineOf(to)?.queue.subscriber;
    subscriber?.ring(from);
    return subscriber !== undefined;
  }

  hangUp(to: string): void {
    this.#directory.lineOf(to)?.queue.subscriber?.callEnded();
  }

  /** A USSD string from a SIM; undefined ends the dialogue. */
  ussd(sim: EmulatedSim, input: string | undefined): void {
    const line = this.#directory.lineOf(sim.number);
    if (!line) return;
    const wasInDialogue = line.inDialogue;
    line.inDialogue = false;
    if (input === undefined) return;
    this.#agenda.later(this.#options.latencyMs ?? 0, () => {
      const reply = balanceMenu(input, wasInDialogue);
      line.inDialogue = reply.status === 1;
      line.queue.subscriber?.ussd(reply.status, reply.text);
    });
  }

  /** Ends everything that is under way. */
  stop(): void {
    this.#agenda.clear();
    for (const { queue } of this.#directory.lines) queue.close();
  }

  #arrivalsOf(delivery: Delivery, sim: EmulatedSim): readonly Arrival[] {
    if ('pdus' in delivery) return delivery.pdus.map(rawArrival);
    const reference = delivery.reference ?? this.#nextConcatenation();
    const { from, text, messageClass } = delivery;
    const at = this.#options.clock.now();
    const parts = textDelivers({ from, text, messageClass, reference, smsc: sim.smsc, at });
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

  #octet(): number {
    return Math.floor(this.#random() * 256);
  }
}
