import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { defaultSimSettings } from '../contract/sim-settings.ts';
import type { Logger } from '../log.ts';
import { Admission } from '../messages/admission.ts';
import { BatchCourse } from '../messages/batch-course.ts';
import { BatchOutbox } from '../messages/batch-outbox.ts';
import { DeliveryReports } from '../messages/delivery-reports.ts';
import { Inbox, type InboundArrival } from '../messages/inbox.ts';
import { MessageControl } from '../messages/message-control.ts';
import { OptOut } from '../messages/opt-out.ts';
import { type OutboundLedger, OutboundLife } from '../messages/outbound-life.ts';
import { Outbox } from '../messages/outbox.ts';
import { RestoreHold } from '../messages/restore-hold.ts';
import { Retention } from '../messages/retention.ts';
import { Router, type SendingObstacle, type SimTroubled } from '../messages/router.ts';
import { SendingRules } from '../messages/sending-rules.ts';
import { Settlement } from '../messages/settlement.ts';
import { SteadyClock } from '../messages/steady-clock.ts';
import { UnwrittenArrivals } from '../messages/unwritten-arrivals.ts';
import { SetAside } from '../store/backup/set-aside.ts';
import { toMessage } from '../store/message-row.ts';
import { inboundRules } from './inbound-rules.ts';
import { noSigns, sendingStop } from './sending-stop.ts';
import type { Stores } from './stores.ts';
import { WaitReasons } from './wait-reasons.ts';

/** What the life of messages needs to know of the modems, and tells them. */
export interface SendingSide {
  isOurs(number: string): boolean;
  /** What a person must do before texts of this number can leave. */
  obstacleOf(number: string): SendingObstacle | undefined;
  /** Whether a SIM's modem has told of something that was not read yet. */
  hasUnread(simId: number): boolean;
  /** No text of a SIM can leave, or with no sentence they leave again. */
  refuse: SimTroubled;
}

export interface MessagingSurroundings {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly stores: Stores;
  readonly modems: SendingSide;
  /** Why no text can be taken just now, in a sentence; undefined when one can. */
  readonly notReady: () => string | undefined;
  /** Whether a restore is under way: what is written now goes with the database. */
  readonly isReplaced: () => boolean;
  /** Called when what may leave has changed. */
  readonly rulesChanged: () => void;
  /** Called, in a transaction, when the wall clock is believed again, with how far it moved in milliseconds. */
  readonly clockMoved: (byMs: number) => void;
  /** Called when the disk no longer takes what arrives, and when it does again. */
  readonly arrivalsHeldUp: () => void;
  /** Called with a message that is about to be erased, while its PDUs are still there. */
  readonly forgetTraces: (seq: number) => void;
}

/** The life of messages, out and in: all that stands between the ways in and the modems. */
export class Messaging {
  readonly steady: SteadyClock;
  readonly hold: RestoreHold;
  readonly rules: SendingRules;
  readonly settlement: Settlement;
  readonly router: Router;
  readonly inbox: Inbox;
  /** What arrives on its way into the inbox. */
  readonly arrivals: UnwrittenArrivals;
  readonly outbox: Outbox;
  readonly control: MessageControl;
  readonly batches: BatchCourse;
  readonly batchOutbox: BatchOutbox;
  readonly waits: WaitReasons;
  readonly #stores: Stores;
  readonly #log: Logger;
  readonly #retention: Retention;
  readonly #setAside: SetAside<InboundArrival>;

  constructor({ config, clock, log, stores, modems, ...heard }: MessagingSurroundings) {
    const { notReady, isReplaced, rulesChanged, clockMoved, arrivalsHeldUp, forgetTraces } = heard;
    this.#stores = stores;
    this.#log = log;
    const { outbound, segments, idempotency, batches, retained } = stores;
    const settings = () => stores.settings.all();
    const wake = (number: string) => this.router.wake(number);
    const admission = new Admission(stores.lists, settings);
    const ledger = outboundLedger(stores, admission);
    const steady = new SteadyClock(clock, stores.database, log, (byMs) => {
      outbound.moveWaits(byMs);
      clockMoved(byMs);
      stores.database.afterCommit(rulesChanged);
    });
    this.steady = steady;
    this.hold = new RestoreHold(ledger, stores.restores, steady, log, rulesChanged);
    const rules = new SendingRules((simId) => stores.sims.settings(simId), segments, steady);
    this.rules = rules;
    const evidenceMs = config.evidenceSeconds * 1_000;
    const life = new OutboundLife(ledger, steady, evidenceMs, wake, Math.random, rules);
    const reports = new DeliveryReports(ledger, life);
    this.settlement = new Settlement(ledger, life, reports, steady, log, (simId) => modems.hasUnread(simId));
    this.router = new Router(
      ledger,
      life,
      steady,
      log,
      rules,
      () => this.settlement.check(),
      (number) => modems.obstacleOf(number),
      (...trouble) => modems.refuse(...trouble),
      stores.blames,
    );
    const inboundLedger = {
      database: stores.database,
      inbound: stores.inbound,
      events: stores.events,
      toMessage,
      numberOf: (simId: number) => stores.sims.get(simId)?.number,
      rules: inboundRules(rules, stores.settings, admission, new OptOut(stores.lists, settings, clock, log)),
    };
    const inbox = new Inbox(inboundLedger, reports, steady, log);
    this.inbox = inbox;
    const setAside = new SetAside<InboundArrival>(
      `${stores.database.file}.arrivals`,
      stores.sims,
      clock,
      log,
    );
    this.#setAside = setAside;
    const keep = (arrival: InboundArrival) => (isReplaced() ? setAside.keep(arrival) : inbox.take(arrival));
    this.arrivals = new UnwrittenArrivals(keep, clock, log, arrivalsHeldUp);
    const numbers = {
      isOurs: (number: string) => modems.isOurs(number),
      canSendNow: (number: string) => this.router.canSendNow(number),
      queueLimit: (number: string) => this.#queueLimit(number),
      refusalOf: (recipient: string) => admission.refusalOf(recipient),
    };
    const outbox = new Outbox(ledger, idempotency, numbers, steady, wake, notReady);
    this.outbox = outbox;
    this.control = new MessageControl(ledger, outbox, clock, forgetTraces);
    this.batches = new BatchCourse({ ledger, store: batches, control: this.control, clock, wake });
    this.batchOutbox = new BatchOutbox({ ledger, store: batches, idempotency, outbox, clock });
    this.waits = new WaitReasons({
      ...{ outbound, segments, rules, clock: steady, router: this.router },
      stop: (simId) => this.#stopOf(simId),
      simOf: (number) => stores.sims.byNumber(number)?.simId,
      obstacle: (number) => modems.obstacleOf(number)?.sentence,
    });
    this.#retention = new Retention(retained, settings, () => steady.doubt === undefined, clock, log);
  }

  start(): void {
    this.steady.start(this.#stores.retained.newestAt());
    this.hold.start();
    this.settlement.start();
    this.router.start();
    this.inbox.start();
    this.takeSetAside();
    this.#retention.start();
    this.batches.start().catch((error: unknown) => {
      this.#log.error(
        { err: error },
        'batches that a stop cut short stay as they are until they are told again',
      );
    });
  }

  /** What arrived while a restore was under way is taken in: it has ended, or came to nothing. */
  takeSetAside(): void {
    this.#setAside.handOver((arrival) => this.inbox.take(arrival));
  }

  /** Hands nothing over any more; resolves when what is in hand has its result. */
  stopSending(): Promise<void> {
    this.steady.stop();
    return this.router.stop();
  }

  /** To be called when nothing arrives any more. */
  stop(): void {
    this.#retention.stop();
    this.arrivals.stop();
    this.inbox.stop();
    this.settlement.stop();
  }

  /** Whether nothing may leave a SIM, whatever its modem can do. */
  isStopped(simId: number): boolean {
    return this.#stopOf(simId) !== undefined;
  }

  #stopOf(simId: number | undefined): ReturnType<typeof sendingStop> {
    if (this.#stores.database.damage) return sendingStop({ ...noSigns, damaged: true });
    return sendingStop({
      ...noSigns,
      held: this.hold.held !== undefined,
      unwritten: this.arrivals.any,
      allPaused: this.#stores.settings.all().sending_paused,
      simPaused: simId !== undefined && (this.#stores.sims.get(simId)?.paused ?? false),
    });
  }

  #queueLimit(number: string): number {
    const sim = this.#stores.sims.byNumber(number);
    return (sim ? this.rules.of(sim.simId) : defaultSimSettings).limits.queue;
  }
}

function outboundLedger(stores: Stores, admission: Admission): OutboundLedger {
  const { database, outbound, segments, reports, timeline, events } = stores;
  const hasOptedOut = (recipient: string) => admission.hasOptedOut(recipient);
  return { database, outbound, segments, reports, timeline, events, toMessage, hasOptedOut };
}
