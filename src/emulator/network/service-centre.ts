import type { EventEmitter } from 'node:events';
import type { Agenda } from './agenda.ts';
import { forwardedDeliver, statusReport } from './arrivals.ts';
import type { Directory, Line } from './directory.ts';
import type { EmulatedSim } from './emulated-sim.ts';
import type { NetworkEvents, NetworkOptions } from './network-options.ts';
import type { OutgoingText } from './outgoing-text.ts';
import type { Phone } from './phone.ts';
import type { Submission, Submissions } from './submissions.ts';
import type { Arrival } from './subscriber.ts';

/** The network's answer to a text: accepted, or the +CMS ERROR of a refusal. */
export type SubmitAnswer = { readonly reference: number } | { readonly refused: number };

/** How the network's holding of a text ended. */
type Ending = 'delivered' | 'expired';

interface ServiceCentreOptions {
  readonly network: NetworkOptions;
  readonly directory: Directory;
  readonly agenda: Agenda;
  readonly submissions: Submissions;
  readonly events: EventEmitter<NetworkEvents>;
  /** Sends a phone's answer back. */
  readonly reply: (phone: Phone, to: EmulatedSim, text: string) => void;
}

const longestHeldMs = 72 * 3_600_000;
const received = 0x00;
const validityExpired = 0x46;

/** Takes texts from modems, brings them to SIMs and phones, and reports what became of them (23.040 clause 3). */
export class ServiceCentre {
  readonly #options: ServiceCentreOptions;

  constructor(options: ServiceCentreOptions) {
    this.#options = options;
  }

  /** Takes a text. `reportFirst` lets the report overtake the answer, as fast networks do. */
  submit(sim: EmulatedSim, text: OutgoingText, reportFirst: boolean): SubmitAnswer | Promise<SubmitAnswer> {
    const reference = sim.takeReference();
    const { latencyMs = 0 } = this.#options.network;
    if (latencyMs === 0) return this.#accept(sim, text, reference, reportFirst);
    return new Promise((resolve) => {
      this.#options.agenda.later(latencyMs, () => resolve(this.#accept(sim, text, reference, reportFirst)));
    });
  }

  /** Holds something for a SIM until its modem takes it. */
  hold(
    line: Line,
    make: (more: boolean) => Arrival,
    ended: (how: Ending) => void = () => undefined,
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
        if (how === 'delivered' && sent?.kind === 'deliver') this.#tellDelivered(line, sent);
      },
      expiresAt: this.#options.network.clock.now() + validityMs,
    });
  }

  #tellDelivered(line: Line, { pdu }: Arrival): void {
    this.#options.events.emit('delivered', { to: line.sim.number, pdu });
  }

  #accept(sim: EmulatedSim, text: OutgoingText, reference: number, reportFirst: boolean): SubmitAnswer {
    const { agenda, directory, events, network, submissions } = this.#options;
    const phone = directory.phoneOf(text.to);
    if (phone.refusal !== undefined) return { refused: phone.refusal };
    const { fields: _fields, hasServiceCentre: _own, validityMs: _validity, ...told } = text;
    const submission = submissions.add({ ...told, at: network.clock.now(), from: sim.number, reference });
    const line = directory.lineOf(text.to);
    if (reportFirst) this.#report(sim, submission, phone.reports[0] ?? received);
    agenda.later(network.deliveryDelayMs ?? 0, () => {
      if (line) this.#forward(sim, text, submission, line, reportFirst);
      else this.#deliverToPhone(sim, text, submission, phone, reportFirst);
    });
    events.emit('submitted', submission);
    return { reference };
  }

  #forward(
    sim: EmulatedSim,
    text: OutgoingText,
    submission: Submission,
    line: Line,
    reported: boolean,
  ): void {
    const { at } = submission;
    const make = (more: boolean) =>
      forwardedDeliver(text, { from: sim.number, smsc: line.sim.smsc, at, more });
    const ended = (how: Ending) => {
      if (!reported) this.#reportAll(sim, submission, [how === 'delivered' ? received : validityExpired]);
    };
    this.hold(line, make, ended, text.validityMs);
  }

  #deliverToPhone(
    sim: EmulatedSim,
    text: OutgoingText,
    submission: Submission,
    phone: Phone,
    reported: boolean,
  ): void {
    this.#reportAll(sim, submission, phone.reports.slice(reported ? 1 : 0));
    const answer = phone.receive(sim.number, text.text ?? '', text.concatenation);
    if (answer === undefined) return;
    const { agenda, network, reply } = this.#options;
    agenda.later(network.replyDelayMs ?? 0, () => reply(phone, sim, answer));
  }

  #reportAll(sim: EmulatedSim, submission: Submission, statuses: readonly number[]): void {
    const { reportDelayMs = 0 } = this.#options.network;
    statuses.forEach((status, index) => {
      this.#options.agenda.later(reportDelayMs * (index + 1), () => this.#report(sim, submission, status));
    });
  }

  #report(sim: EmulatedSim, submission: Submission, status: number): void {
    const line = this.#options.directory.lineOf(sim.number);
    if (!line || !submission.reportWanted) return;
    const dischargedAt = this.#options.network.clock.now();
    const { reference } = submission;
    const make = (more: boolean) => statusReport(submission, { smsc: sim.smsc, dischargedAt, status, more });
    this.hold(line, make, (how) => {
      if (how === 'delivered') this.#options.events.emit('reported', { to: sim.number, reference, status });
    });
  }
}
