import { onTestFinished } from 'vitest';
import type { EventType } from '../../src/contract/event.ts';
import type { AcceptedMessage, Message, SendRequest } from '../../src/contract/message.ts';
import type { EmulatedModem, NetworkOptions } from '../../src/emulator/index.ts';
import { inboundRules } from '../../src/gateway/inbound-rules.ts';
import { encodeStatusReport } from '../../src/gsm/pdu/index.ts';
import { silentLog } from '../../src/log.ts';
import { Admission } from '../../src/messages/admission.ts';
import { BatchCourse } from '../../src/messages/batch-course.ts';
import { BatchOutbox } from '../../src/messages/batch-outbox.ts';
import { DeliveryReports } from '../../src/messages/delivery-reports.ts';
import { Inbox } from '../../src/messages/inbox.ts';
import { MessageControl } from '../../src/messages/message-control.ts';
import { OptOut } from '../../src/messages/opt-out.ts';
import { type OutboundLedger, OutboundLife } from '../../src/messages/outbound-life.ts';
import { type Origin, Outbox } from '../../src/messages/outbox.ts';
import { PersonErasure } from '../../src/messages/person-erasure.ts';
import { Retention } from '../../src/messages/retention.ts';
import { Router, type SendingObstacle } from '../../src/messages/router.ts';
import type { SendingModem, SendingSim } from '../../src/messages/sender.ts';
import { SendingRules } from '../../src/messages/sending-rules.ts';
import { Settlement } from '../../src/messages/settlement.ts';
import { AtLog } from '../../src/modem/at-log/at-log.ts';
import type { FleetMember } from '../../src/modem/fleet.ts';
import type { SimArrival } from '../../src/modem/session-context.ts';
import { BatchStore } from '../../src/store/batch-store.ts';
import { BlameStore } from '../../src/store/blame-store.ts';
import { EventLog } from '../../src/store/event-log.ts';
import { IdempotencyStore } from '../../src/store/idempotency-store.ts';
import { InboundStore } from '../../src/store/inbound-store.ts';
import { MessageLog } from '../../src/store/message-log.ts';
import { toMessage } from '../../src/store/message-row.ts';
import { NumberListStore } from '../../src/store/number-list-store.ts';
import { OutboundStore } from '../../src/store/outbound-store.ts';
import { PersonStore } from '../../src/store/person-store.ts';
import { ReportStore } from '../../src/store/report-store.ts';
import { RetentionStore } from '../../src/store/retention-store.ts';
import { type SegmentRow, SegmentStore } from '../../src/store/segment-store.ts';
import { SettingsStore } from '../../src/store/settings-store.ts';
import type { SimSettingsChange } from '../../src/store/sim-store.ts';
import { type TimelineRow, TimelineStore } from '../../src/store/timeline-store.ts';
import { settled, until } from '../modem/eventually.ts';
import { FleetBench, type StationOptions } from '../modem/fleet-bench.ts';

export const ours = '+15550001111';
export const friend = '+15557654321';
export const port = '/dev/ttyUSB0';

export interface Told {
  readonly type: EventType;
  readonly data: Partial<Message>;
}

/**
 * The whole path of a text, from acceptance to its last report and from the wire to the log, joined as in the
 * gateway: emulated modems, the real database, and a clock that the test turns.
 */
export class GatewayBench {
  readonly table: FleetBench;
  /** What was recorded for webhooks and the event stream, in order. */
  readonly told: Told[] = [];
  /** Each status that a message was shown with, in order, by its id. */
  readonly shown = new Map<string, string[]>();
  specNumbers: string[] = [ours];
  obstacle: SendingObstacle | undefined;
  /** Why no text can be taken just now. */
  notReady: string | undefined;
  isTimeSteady = true;
  outbox!: Outbox;
  control!: MessageControl;
  batchOutbox!: BatchOutbox;
  batches!: BatchCourse;
  rules!: SendingRules;
  inbox!: Inbox;
  reports!: DeliveryReports;
  ledger!: OutboundLedger;
  life!: OutboundLife;
  outbound!: OutboundStore;
  segments!: SegmentStore;
  router!: Router;
  settlement!: Settlement;
  events!: EventLog;
  #messages!: MessageLog;
  #timeline!: TimelineStore;
  /** What passed over the ports. */
  readonly atLog: AtLog;
  persons!: PersonErasure;
  retention!: Retention;
  settings!: SettingsStore;
  lists!: NumberListStore;
  readonly #handles = new WeakMap<FleetMember['modem'], SendingModem>();

  constructor(network: Omit<NetworkOptions, 'clock'> = {}) {
    this.table = new FleetBench({
      network: { latencyMs: 500, reportDelayMs: 2_000, ...network },
      keep: (arrival: SimArrival) => this.inbox.take(arrival),
      deleted: (place) => this.inbox.deleted(place),
      watched: (open) => this.atLog.recorded(open),
    });
    this.atLog = new AtLog(this.clock);
    this.#build();
    onTestFinished(() => this.stop());
  }

  /** With a modem that is ready. */
  static async ready(network: Omit<NetworkOptions, 'clock'> = {}, station: StationOptions = {}) {
    const bench = new GatewayBench(network);
    const modem = bench.table.station(port, { number: ours, ...station });
    await bench.table.reaches(port, 'ready');
    return { bench, modem, clock: bench.clock, network: bench.table.network };
  }

  get clock() {
    return this.table.clock;
  }

  /** Sets something for our SIM, as a person does. */
  set(change: SimSettingsChange): void {
    this.table.sims.changeSettings(this.simId, change);
    this.router.rulesChanged();
  }

  /** Pauses our SIM or lets it send again. */
  pause(paused: boolean): void {
    this.table.sims.setPaused(this.simId, paused ? this.clock.now() : null);
    this.router.update(this.#sendingSims());
  }

  get simId(): number {
    return this.table.sims.byNumber(ours)?.simId ?? 0;
  }

  #build(): void {
    const { clock } = this;
    const { database, book, sims, fleet } = this.table;
    this.lists = new NumberListStore(database);
    this.settings = new SettingsStore(database);
    const settingsNow = () => this.settings.all();
    const admission = new Admission(this.lists, settingsNow);
    const events = new EventLog(database, clock, silentLog);
    this.events = events;
    const outbound = new OutboundStore(database);
    const segments = new SegmentStore(database);
    const timeline = new TimelineStore(database);
    const ledger = {
      database,
      outbound,
      segments,
      reports: new ReportStore(database),
      timeline,
      events,
      toMessage,
      hasOptedOut: (recipient: string) => admission.hasOptedOut(recipient),
    };
    this.ledger = ledger;
    const numberOf = (simId: number) => sims.get(simId)?.number;
    this.rules = new SendingRules(
      (simId) => sims.settings(simId),
      segments,
      clock,
      () => 0.5,
    );
    this.life = new OutboundLife(
      ledger,
      clock,
      undefined,
      (number) => this.router.wake(number),
      () => 0.5,
      this.rules,
    );
    this.reports = new DeliveryReports(ledger, this.life);
    this.settlement = new Settlement(ledger, this.life, this.reports, clock, silentLog, (simId) =>
      fleet.hasUnread(simId),
    );
    this.router = new Router(
      ledger,
      this.life,
      clock,
      silentLog,
      this.rules,
      () => this.settlement.check(),
      () => this.obstacle,
      (...trouble) => fleet.refuse(...trouble),
      new BlameStore(database),
    );
    this.inbox = new Inbox(
      {
        database,
        inbound: new InboundStore(database),
        events,
        toMessage,
        numberOf,
        rules: inboundRules(
          this.rules,
          this.settings,
          admission,
          new OptOut(this.lists, settingsNow, clock, silentLog),
        ),
      },
      this.reports,
      clock,
      silentLog,
    );
    const numbers = {
      isOurs: (number: string) => book.isOurs(number),
      canSendNow: (number: string) => this.router.canSendNow(number),
      refusalOf: (recipient: string) => admission.refusalOf(recipient),
      queueLimit: (number: string) => this.rules.of(sims.byNumber(number)?.simId ?? 0).limits.queue,
    };
    const idempotency = new IdempotencyStore(database);
    const wake = (number: string) => this.router.wake(number);
    this.outbox = new Outbox(ledger, idempotency, numbers, clock, wake, () => this.notReady);
    const persons = new PersonStore(database);
    this.control = new MessageControl(ledger, this.outbox, clock, (seq) =>
      this.atLog.forgetPdus(persons.pdus(seq, this.atLog.since)),
    );
    this.persons = new PersonErasure(database, persons, this.control, this.atLog);
    this.retention = new Retention(
      new RetentionStore(database),
      settingsNow,
      () => this.isTimeSteady,
      clock,
      silentLog,
    );
    const store = new BatchStore(database);
    this.batchOutbox = new BatchOutbox({ ledger, store, idempotency, outbox: this.outbox, clock });
    this.batches = new BatchCourse({ ledger, store, control: this.control, clock, wake });
    this.outbound = outbound;
    this.segments = segments;
    this.#messages = new MessageLog(database);
    this.#timeline = timeline;
    events.subscribe((announcement) => {
      if ('event_type' in announcement) {
        this.told.push({ type: announcement.event_type, data: announcement.data as Partial<Message> });
      } else if (announcement.type === 'message.changed') {
        const { message_id, status } = announcement.data;
        this.shown.set(message_id, [...(this.shown.get(message_id) ?? []), status]);
      }
    });
    this.settlement.start();
    this.router.start();
    this.inbox.start();
    this.retention.start();
    fleet.on('changed', () => this.router.update(this.#sendingSims()));
    fleet.on('lateSubmit', (simId, reference) => this.settlement.lateSubmit(simId, reference));
    fleet.on('lateRefusal', (...late) => this.settlement.lateRefusal(...late));
  }

  #sendingSims(): SendingSim[] {
    return this.table.fleet.members.flatMap(({ modem, facts, canSend }) => {
      if (!canSend || !facts.sim?.number || this.table.sims.get(facts.sim.simId)?.paused) return [];
      const handle = this.#handles.get(modem) ?? {
        id: facts.id,
        port: facts.port,
        submit: (...text: Parameters<SendingModem['submit']>) => modem.submit(...text),
        repair: () => modem.repair(),
        check: () => modem.check(),
        circumstances: () => modem.circumstances(),
      };
      this.#handles.set(modem, handle);
      return [{ simId: facts.sim.simId, number: facts.sim.number, modem: handle }];
    });
  }

  /** Ends as the gateway does when it is told to. */
  async stop(): Promise<void> {
    const senders = this.router.stop();
    await settled(this.clock, this.table.fleet.stop());
    await settled(this.clock, senders);
    this.inbox.stop();
    this.retention.stop();
    this.settlement.stop();
  }

  /** Starts again over the same database, its modems as they stand. */
  async restart(): Promise<void> {
    await this.stop();
    this.table.restart(this.specNumbers);
    this.#build();
  }

  /** The power is cut: nothing of what is under way gets on disk any more. */
  async crash(): Promise<void> {
    this.table.copyDatabase();
    await this.restart();
  }

  // Texts out ----------------------------------------------------------------------------------------------------

  accept(request: Partial<SendRequest> = {}, origin: Partial<Origin> = {}): Promise<AcceptedMessage> {
    const accepted = this.outbox.accept(
      { from: ours, to: friend, body: 'Hello', ...request },
      { keyId: 'key', ...origin },
    );
    return settled(this.clock, accepted);
  }

  /** Accepts a text; its id. */
  async send(request: Partial<SendRequest> = {}): Promise<string> {
    return (await this.accept(request)).message_id;
  }

  find(id: string): Message | undefined {
    return this.#messages.find(id);
  }

  message(id: string): Message {
    const found = this.find(id);
    if (!found) throw new Error(`there is no message ${id}`);
    return found;
  }

  status(id: string): string {
    const { status, failure_reason } = this.message(id);
    return failure_reason === null ? status : `${status}: ${failure_reason.split(':')[0]}`;
  }

  async reaches(id: string, status: string, limitMs = 600_000): Promise<Message> {
    await until(this.clock, status, () => this.status(id) === status, limitMs).catch((error: Error) => {
      throw new Error(`${error.message}; it is ${this.status(id)} (${this.story(id).join(', ')})`);
    });
    return this.message(id);
  }

  segmentsOf(id: string): SegmentRow[] {
    return this.segments.ofMessage(this.outbound.any(id)?.seq ?? 0);
  }

  timeline(id: string): TimelineRow[] {
    return this.#timeline.of(this.outbound.any(id)?.seq ?? 0);
  }

  /** The timeline as words. */
  story(id: string): string[] {
    return this.timeline(id).map(({ entry, position }) =>
      position === null ? entry : `${entry} ${position}`,
    );
  }

  /** Types of the events that were recorded for a message. */
  toldOf(id: string): string[] {
    return this.told.filter(({ data }) => data.message_id === id).map(({ type }) => type);
  }

  /** Makes a status report arrive at the SIM, as the network would. */
  report(given: { to?: string; reference: number; status?: number; sentAt?: number }): void {
    const { to = friend, reference, status = 0, sentAt = this.clock.now() } = given;
    const time = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`;
    const { pdu } = encodeStatusReport({
      recipient: to,
      smsc: '+15550000000',
      mr: reference,
      scts: time(sentAt),
      discharge: time(this.clock.now()),
      status,
    });
    this.table.network.deliver({ from: to, to: ours, pdus: [pdu] });
  }

  /** Texts that arrived, oldest first, as they are shown. */
  received(): Message[] {
    const page = this.#messages.page({ page: 1, per_page: 100, direction: 'inbound' });
    return (page?.data ?? []).toReversed();
  }
}

/** Makes the modem silent about the fate of the next text. */
export function losesNextResult({ faults }: EmulatedModem): void {
  faults.loseNextSendResults = 1;
}
