import { join } from 'node:path';
import { ApiServer } from './api/server.ts';
import { type Clock, delay, systemClock, type Timer } from './clock.ts';
import { type Config, databaseFile } from './config.ts';
import { defaultSimSettings } from './contract/sim-settings.ts';
import { type Emulation, type StationOptions, startEmulation } from './emulator/emulation.ts';
import { type GatePorts, Gates } from './gateway/gates.ts';
import { inboundRules } from './gateway/inbound-rules.ts';
import { type GlanceListener, GlanceWatch } from './gateway/glance-watch.ts';
import { SendingSims } from './gateway/sending-sims.ts';
import { type WebhookDesk, webhookDesk } from './gateway/webhook-desk.ts';
import { DiskWatch } from './health/disk-watch.ts';
import { HealthReader } from './health/health-reader.ts';
import { ModemCare } from './health/modem-care.ts';
import { createLog, type Logger } from './log.ts';
import { Admission } from './messages/admission.ts';
import { BatchCourse } from './messages/batch-course.ts';
import { BatchOutbox } from './messages/batch-outbox.ts';
import { CostEstimate } from './messages/cost-estimate.ts';
import { DeliveryReports } from './messages/delivery-reports.ts';
import { Inbox } from './messages/inbox.ts';
import { MessageControl } from './messages/message-control.ts';
import { OptOut } from './messages/opt-out.ts';
import { OutboundLife } from './messages/outbound-life.ts';
import { Outbox } from './messages/outbox.ts';
import { PersonErasure } from './messages/person-erasure.ts';
import { QueueDesk } from './messages/queue-desk.ts';
import { RestoreHold } from './messages/restore-hold.ts';
import { Retention } from './messages/retention.ts';
import { Router } from './messages/router.ts';
import { SendingRules } from './messages/sending-rules.ts';
import { Settlement } from './messages/settlement.ts';
import { SteadyClock } from './messages/steady-clock.ts';
import { Metrics } from './metrics/metrics.ts';
import { AtLog } from './modem/at-log/at-log.ts';
import { Discovery } from './modem/discovery/discovery.ts';
import type { PortSource } from './modem/discovery/listed-port.ts';
import { thisUser } from './modem/discovery/port-rights.ts';
import { systemFolders } from './modem/discovery/system-folders.ts';
import { systemPorts } from './modem/discovery/system-port.ts';
import { Fleet, type FleetMember } from './modem/fleet.ts';
import type { ModemFacts } from './modem/modem-facts.ts';
import { openSerialPort } from './modem/serial-transport.ts';
import { SleepWatch } from './modem/sleep-watch.ts';
import { traced } from './modem/traced-transport.ts';
import type { OpenTransport } from './modem/transport.ts';
import { defaultBaudRate } from './modem-spec.ts';
import { ModemPanel } from './panel/modem-panel.ts';
import { keepPortWishes } from './port-wishes.ts';
import { SimBook } from './sims/sim-book.ts';
import { SimControl } from './sims/sim-control.ts';
import { AuditLog } from './store/audit-log.ts';
import { BatchStore } from './store/batch-store.ts';
import { BlameStore } from './store/blame-store.ts';
import { Database, lockForOneProcess } from './store/database.ts';
import { EventLog } from './store/event-log.ts';
import { HealthStore } from './store/health-store.ts';
import { IdempotencyStore } from './store/idempotency-store.ts';
import { InboundStore } from './store/inbound-store.ts';
import { KeyStore } from './store/key-store.ts';
import { MessageLog } from './store/message-log.ts';
import { toMessage } from './store/message-row.ts';
import { MessageStats } from './store/message-stats.ts';
import { MessageStory } from './store/message-story.ts';
import { ModemCareStore } from './store/modem-care-store.ts';
import { ModemStore } from './store/modem-store.ts';
import { NumberListStore } from './store/number-list-store.ts';
import { OutboundStore } from './store/outbound-store.ts';
import { PasswordStore } from './store/password-store.ts';
import { PersonStore } from './store/person-store.ts';
import { ReportStore } from './store/report-store.ts';
import { RestoreStore } from './store/restore-store.ts';
import { RetentionStore } from './store/retention-store.ts';
import { readKeyFile, SecretBox } from './store/secret-box.ts';
import { SegmentStore } from './store/segment-store.ts';
import { SessionStore } from './store/session-store.ts';
import { SettingsStore } from './store/settings-store.ts';
import { SilenceStore } from './store/silence-store.ts';
import { SimStore } from './store/sim-store.ts';
import { TimelineStore } from './store/timeline-store.ts';
import { TrafficCounts } from './store/traffic-counts.ts';
import type { TlsIdentity } from './tls/tls-identity.ts';
import { ModemViews } from './views/modem-views.ts';

/** Where a started gateway can be reached, and a link that signs one browser in. */
export interface GatewayAddress {
  readonly url: string;
  readonly signInUrl: string;
  /** The ports of the ways in beside HTTP that are open. */
  readonly gates: GatePorts;
}

/** What the surroundings of a gateway give it beside its configuration. */
export interface GatewaySurroundings {
  readonly version: string;
  /** The folder with the built pages, where there is one. */
  readonly rendererDir: string | undefined;
  readonly clock?: Clock;
  readonly log?: Logger;
  /** The serial ports of this machine; the system is asked where none are given. */
  readonly ports?: PortSource;
  /** How ports are opened; as this machine's serial ports where nothing is given. */
  readonly open?: OpenTransport;
  /** What sets single emulated modems apart, by their place. */
  readonly stations?: readonly StationOptions[];
  /** 32 octets that seal what must not lie readable on disk; a key file in the data directory where none is given. */
  readonly dataKey?: Buffer;
  /** Served over HTTPS with this; plain HTTP where there is none. */
  readonly tls?: TlsIdentity | undefined;
}

/** How long the segments in hand may take when the gateway stops, before their ports are closed on them. */
const exchangeGraceMs = 6_000;
/** The same when the machine is about to sleep, which does not wait for long. */
const suspendGraceMs = 2_000;
/** A machine that was about to sleep and then did not is served again after this. */
const longestWakefulRestMs = 60_000;
/** How soon is seen what the command line wrote into the database meanwhile. */
const foreignChangesEveryMs = 1_000;
const pruneEveryMs = 3_600_000;
/** While another program writes to the database everything else stands still: no longer than this. */
const longestLockMs = 1_000;

/**
 * The composition root: builds every part, joins them, and starts and stops them in order. What each of them does
 * stands in its own file.
 */
export class Gateway {
  readonly #config: Config;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #release: () => void;
  readonly #database: Database;
  readonly #sims: SimStore;
  readonly #modems: ModemStore;
  readonly #events: EventLog;
  readonly #hooks: WebhookDesk;
  readonly #idempotency: IdempotencyStore;
  readonly #keys: KeyStore;
  readonly #audit: AuditLog;
  readonly #sessions: SessionStore;
  readonly #book: SimBook;
  readonly #fleet: Fleet;
  readonly #views: ModemViews;
  readonly #atLog: AtLog;
  readonly #care: ModemCare;
  readonly #settlement: Settlement;
  readonly #router: Router;
  readonly #sending: SendingSims;
  readonly #settings: SettingsStore;
  readonly #inbox: Inbox;
  readonly #retention: Retention;
  readonly #discovery: Discovery;
  readonly #sleep: SleepWatch;
  readonly #disk: DiskWatch;
  readonly #batches: BatchCourse;
  readonly #metrics: Metrics;
  readonly #steady: SteadyClock;
  readonly #hold: RestoreHold;
  readonly #newestAt: () => number | undefined;
  readonly #server: ApiServer;
  readonly #gates: Gates;
  readonly #stations: readonly StationOptions[];
  #emulation: Emulation | undefined;
  #foreignTimer: Timer | undefined;
  #pruneTimer: Timer | undefined;
  #awake: Timer | undefined;
  #foreignChanges: number | undefined;

  /** Opens the data directory. Throws a `StoreError` that says why it cannot be used. */
  constructor(config: Config, surroundings: GatewaySurroundings) {
    const clock = surroundings.clock ?? systemClock;
    const log = surroundings.log ?? createLog({ level: config.logLevel });
    this.#config = config;
    this.#stations = surroundings.stations ?? [];
    this.#clock = clock;
    this.#log = log;
    this.#atLog = new AtLog(clock);
    this.#release = lockForOneProcess(join(config.dataDir, 'postern.lock'));

    const database = Database.open(databaseFile(config.dataDir), longestLockMs);
    const secrets = new SecretBox(surroundings.dataKey ?? readKeyFile(config.dataDir));
    const outbound = new OutboundStore(database);
    const lists = new NumberListStore(database);
    this.#database = database;
    this.#sims = new SimStore(database, secrets);
    this.#modems = new ModemStore(database);
    this.#events = new EventLog(database, clock, log);
    this.#hooks = webhookDesk({ clock, log, database, secrets, events: this.#events });
    this.#keys = new KeyStore(database, clock, log);
    this.#sessions = new SessionStore(database, clock);
    this.#audit = new AuditLog(database, clock);

    const events = this.#events;
    const segments = new SegmentStore(database);
    const timeline = new TimelineStore(database);
    const reportStore = new ReportStore(database);
    this.#settings = new SettingsStore(database);
    const settingsNow = () => this.#settings.all();
    const admission = new Admission(lists, settingsNow);
    const outboundLedger = {
      database,
      outbound,
      segments,
      reports: reportStore,
      timeline,
      events,
      toMessage,
      hasOptedOut: (recipient: string) => admission.hasOptedOut(recipient),
    };
    const numberOf = (simId: number) => this.#sims.get(simId)?.number;
    const steady = new SteadyClock(clock, log, (byMs) => {
      outbound.moveWaits(byMs);
      this.#onRulesChanged();
    });
    this.#steady = steady;
    const hold = new RestoreHold(outboundLedger, new RestoreStore(database), steady, log, () =>
      this.#onRulesChanged(),
    );
    this.#hold = hold;
    const rules = new SendingRules((simId) => this.#sims.settings(simId), segments, steady);
    const inboundLedger = {
      database,
      inbound: new InboundStore(database),
      events,
      toMessage,
      numberOf,
      rules: inboundRules(rules, this.#settings, admission, new OptOut(lists, settingsNow, clock, log)),
    };
    const life = new OutboundLife(
      outboundLedger,
      steady,
      config.evidenceSeconds * 1_000,
      (number) => this.#router.wake(number),
      Math.random,
      rules,
    );
    const reports = new DeliveryReports(outboundLedger, life);
    this.#settlement = new Settlement(outboundLedger, life, reports, steady, log, (simId) =>
      this.#fleet.hasUnread(simId),
    );
    this.#router = new Router(
      outboundLedger,
      life,
      steady,
      log,
      rules,
      () => this.#settlement.check(),
      (number) => this.#sending.obstacleOf(number),
      (simId, sentence) => this.#fleet.refuse(simId, sentence),
      new BlameStore(database),
    );
    this.#inbox = new Inbox(inboundLedger, reports, steady, log);
    const specNumbers = config.modems.flatMap(({ number }) => number ?? []);
    this.#book = new SimBook(this.#sims, specNumbers, config.pin, clock, log);
    const modemCare = new ModemCareStore(database);
    this.#fleet = new Fleet({
      clock,
      log,
      sims: this.#book,
      imeis: this.#modems,
      restarts: modemCare,
      bearers: modemCare,
      keep: (arrival) => this.#inbox.take(arrival),
      deleted: (place) => this.#inbox.deleted(place),
      isDisabled: (id) => this.#modems.isDisabled(id),
    });
    this.#sending = new SendingSims(
      this.#fleet,
      (simId) => this.#isPaused(simId),
      (submit) => this.#metrics.times.submit(submit),
    );
    this.#discovery = new Discovery({
      clock,
      log,
      source: surroundings.ports ?? systemPorts(),
      folders: systemFolders,
      asker: thisUser(),
      open: this.#watched(surroundings.open ?? openSerialPort),
      fleet: this.#fleet,
      named: config.modems.map(({ path }) => path),
      neverTouch: config.neverTouch,
      find: config.discovery,
    });
    this.#views = new ModemViews(
      this.#fleet,
      this.#sims,
      outbound,
      () => this.#book.numbers(),
      (modemId) => this.#care.warnings(modemId),
      () => this.#discovery.plugged.list,
    );
    const panel = new ModemPanel({
      clock,
      log,
      atLog: this.#atLog,
      modems: this.#views,
      store: this.#modems,
    });
    const health = new HealthStore(database);
    this.#care = new ModemCare({
      clock,
      log,
      events,
      health,
      silence: new SilenceStore(database),
      sims: this.#sims,
      modems: this.#views,
      settings: config,
    });
    this.#idempotency = new IdempotencyStore(database);
    const outbox = new Outbox(
      outboundLedger,
      this.#idempotency,
      {
        isOurs: (number) => this.#book.isOurs(number),
        canSendNow: (number) => this.#router.canSendNow(number),
        queueLimit: (number) => this.#queueLimit(number, rules),
        refusalOf: (recipient) => admission.refusalOf(recipient),
      },
      steady,
      (number) => this.#router.wake(number),
    );
    this.#gates = new Gates({
      config,
      clock,
      log,
      database,
      events,
      keys: this.#keys,
      outbox,
      numbers: {
        all: () => this.#book.numbers(),
        canSendNow: (number) => this.#router.canSendNow(number),
      },
      notReady: () => this.#disk.obstacle,
      settings: () => this.#settings.all(),
      secrets,
    });
    const persons = new PersonStore(database);
    const control = new MessageControl(outboundLedger, outbox, clock, (seq) =>
      this.#atLog.forgetPdus(persons.pdus(seq, this.#atLog.since)),
    );
    const retained = new RetentionStore(database);
    this.#metrics = new Metrics({
      clock,
      version: surroundings.version,
      modems: () => this.#views.modems(),
      numbers: () => this.#views.numbers(),
      traffic: new TrafficCounts(database),
    });
    const batchStore = new BatchStore(database);
    this.#batches = new BatchCourse({
      ledger: outboundLedger,
      store: batchStore,
      control,
      clock,
      wake: (number) => this.#router.wake(number),
    });
    this.#newestAt = () => retained.newestAt();
    this.#retention = new Retention(retained, settingsNow, () => steady.doubt === undefined, clock, log);
    this.#sleep = new SleepWatch(clock, (gapMs) => {
      log.info({ gapMs }, 'the machine slept, or its clock was set: asking all modems');
      this.resumed();
    });
    this.#disk = new DiskWatch(config.dataDir, clock, log);
    this.#server = new ApiServer(
      {
        clock,
        log,
        keys: this.#keys,
        sessions: this.#sessions,
        passwords: new PasswordStore(database, clock),
        audit: this.#audit,
        requestsPerMinute: config.requestsPerMinute,
        metrics: this.#metrics,
        tls: surroundings.tls,
        messages: new MessageLog(database),
        outbox,
        control,
        persons: new PersonErasure(database, persons, control, this.#atLog),
        isOurs: (number) => this.#book.isOurs(number),
        batchOutbox: new BatchOutbox({
          ledger: outboundLedger,
          store: batchStore,
          idempotency: this.#idempotency,
          outbox,
          clock,
        }),
        batches: this.#batches,
        stories: new MessageStory(database),
        stats: new MessageStats(database),
        costs: new CostEstimate(
          (number) => this.#book.isOurs(number),
          (number) => this.#sims.byNumber(number)?.simId,
          rules,
        ),
        allowsGetSend: config.allowGetSend,
        reports: reportStore,
        lists,
        queue: new QueueDesk(hold, steady),
        settings: {
          all: () => this.#settings.all(),
          change: (change) => {
            this.#settings.change(change);
            database.afterCommit(() => this.#onRulesChanged());
          },
        },
        simControl: new SimControl(
          this.#sims,
          clock,
          () => database.afterCommit(() => this.#onRulesChanged()),
          () => database.afterCommit(() => void this.#fleet.recognise()),
        ),
        modems: { views: () => this.#views.modems() },
        panel,
        history: new HealthReader(health, (simId) => this.#sims.get(simId)?.iccid),
        numbers: { views: () => this.#views.numbers() },
        sims: { views: () => this.#views.sims() },
        events,
        webhooks: this.#hooks.webhooks,
        host: config.host,
        allowedHosts: config.allowHosts,
        rendererDir: surroundings.rendererDir,
        version: surroundings.version,
        notReady: () => this.#disk.obstacle,
      },
      config.port,
    );
  }

  /** Resolves when requests can be taken; modems come up by themselves from then on. */
  async start(): Promise<GatewayAddress> {
    await this.#gates.load();
    this.#events.start();
    this.#hooks.dispatcher.start();
    this.#steady.start(this.#newestAt());
    this.#hold.start();
    this.#settlement.start();
    this.#router.start();
    this.#inbox.start();
    this.#retention.start();
    this.#batches.start().catch((error: unknown) => {
      this.#log.error(
        { err: error },
        'batches that a stop cut short stay as they are until they are told again',
      );
    });
    this.#joinFleet();
    this.#care.start();
    await this.#disk.start();
    const { url } = await this.#server.start();
    const { dataDir, modems, neverTouch } = this.#config;
    keepPortWishes(dataDir, { named: modems.map(({ path }) => path), neverTouch });
    const gates = await this.#gates.start();
    this.#discovery.start();
    this.#addModems();
    this.#sleep.start();
    this.#watchForeignChanges();
    this.#pruneAnswers();
    return { url, signInUrl: this.issueSignInLink(url), gates };
  }

  /** A new link that signs one browser in. */
  issueSignInLink(url: string): string {
    return `${url}/session?token=${this.#sessions.issueLink()}`;
  }

  /** A key for trying things out, where no person made one, and the address to use it on. */
  makeKey(name: string): string {
    return this.#keys.create({ name, scopes: ['sms:send', 'sms:read'] }).key;
  }

  /** The emulated network, when modems are emulated. */
  get emulation(): Emulation | undefined {
    return this.#emulation;
  }

  /** Takes nothing new, lets the exchange in flight end, closes ports and database. At most about ten seconds. */
  async stop(): Promise<void> {
    this.#foreignTimer?.cancel();
    this.#pruneTimer?.cancel();
    this.#awake?.cancel();
    this.#sleep.stop();
    this.#disk.stop();
    this.#steady.stop();
    this.#discovery.stop();
    const serverStopped = Promise.all([this.#server.stop(), this.#gates.stop()]);
    const inHand = new AbortController();
    const sendersStopped = this.#router.stop().then(() => inHand.abort());
    await delay(this.#clock, exchangeGraceMs, inHand.signal);
    await this.#fleet.stop();
    await Promise.all([sendersStopped, serverStopped]);
    this.#care.stop();
    this.#emulation?.stop();
    this.#retention.stop();
    this.#inbox.stop();
    this.#settlement.stop();
    this.#hooks.dispatcher.stop();
    this.#events.stop();
    this.#keys.stop();
    this.#database.close();
    this.#release();
  }

  /** The machine goes to sleep: every port is let go. Undone by `resumed`, or after a while in which it did not sleep. */
  async suspending(): Promise<void> {
    this.#awake?.cancel();
    this.#awake = this.#clock.after(longestWakefulRestMs, () => this.resumed());
    await this.#fleet.suspending(suspendGraceMs);
  }

  /** The machine has slept: every modem is asked at once, and what fails now is no fault of it. */
  resumed(): void {
    this.#awake?.cancel();
    void this.#fleet.resumed();
  }

  /** Tells `listener` how all stands, now and after every change, and what a person should notice; answers how to end it. */
  watch(listener: GlanceListener): () => void {
    const sources = {
      clock: this.#clock,
      views: this.#views,
      settings: this.#settings,
      events: this.#events,
    };
    const watch = new GlanceWatch(sources, listener);
    watch.start();
    return () => watch.stop();
  }

  /** Lets no text leave any more, or all go on. */
  pauseSending(paused: boolean): void {
    this.#settings.change({ sending_paused: paused });
    this.#onRulesChanged();
  }

  // Modems -------------------------------------------------------------------------------------------------------

  #addModems(): void {
    const discovery = this.#discovery;
    const { openAtAnyRate, openAtNamedRate } = discovery.opening;
    for (const { path, baud, number, pin } of this.#config.modems) {
      const open = baud === undefined ? openAtAnyRate : openAtNamedRate;
      this.#fleet.add({
        path,
        baudRate: baud ?? defaultBaudRate,
        emulated: false,
        open,
        get usb() {
          return discovery.placeOf(path);
        },
        hints: { number, pin },
        found: false,
      });
    }
    if (this.#config.emulate > 0) this.#addEmulated(this.#config.emulate);
  }

  #addEmulated(count: number): void {
    const emulation = startEmulation({
      clock: this.#clock,
      count,
      stations: this.#stations,
      latencyMs: 700,
      reportDelayMs: 1_500,
    });
    this.#emulation = emulation;
    const open = this.#watched(emulation.open);
    for (const { path, number } of emulation.modems) {
      this.#book.expect(number);
      const hints = { number, pin: undefined };
      this.#fleet.add({ path, baudRate: defaultBaudRate, emulated: true, open, hints, found: false });
    }
  }

  /** What passes over a port is kept, and traced in the log where that is wanted. */
  #watched(open: OpenTransport): OpenTransport {
    return this.#atLog.recorded(traced(open, this.#log));
  }

  #joinFleet(): void {
    this.#fleet.on('changed', (member, before) => this.#onModemChange(member, before));
    this.#fleet.on('removed', (member) => {
      this.#router.update(this.#sending.list());
      this.#care.update();
      this.#events.announce({ type: 'modem.removed', data: { id: this.#views.modem(member).id } });
    });
    this.#discovery.plugged.on('plugged', (device) => {
      this.#care.update();
      this.#events.announce({ type: 'modem.changed', data: this.#views.modem(device) });
    });
    this.#discovery.plugged.on('cleared', ({ facts }) => {
      this.#care.update();
      this.#events.announce({ type: 'modem.removed', data: { id: facts.id } });
    });
    this.#fleet.on('call', (member, call) => this.#care.call(member, call));
    this.#fleet.on('lateSubmit', (simId, reference) => this.#settlement.lateSubmit(simId, reference));
    this.#fleet.on('lateRefusal', (simId, refusal, afterMs) =>
      this.#settlement.lateRefusal(simId, refusal, afterMs),
    );
  }

  #onModemChange(member: FleetMember, before: ModemFacts): void {
    this.#atLog.note(member.modem.facts);
    const step = member.facts.recovery?.step;
    if (step !== undefined && step !== before.recovery?.step) this.#metrics.recoveryStep(step);
    this.#router.update(this.#sending.list());
    this.#care.update();
    if (member.facts.state === 'ready' && before.state !== 'ready') {
      this.#modems.seen({ ...member.facts, modemId: member.facts.id }, this.#clock.now());
    }
    this.#events.announce({ type: 'modem.changed', data: this.#views.modem(member) });
  }

  /** Answers that are kept for repeated requests are forgotten after a day. */
  #pruneAnswers(): void {
    this.#idempotency.prune(this.#clock.now());
    this.#audit.prune();
    this.#pruneTimer = this.#clock.after(pruneEveryMs, () => this.#pruneAnswers());
  }

  #isPaused(simId: number): boolean {
    if (this.#hold.held) return true;
    return this.#settings.all().sending_paused || (this.#sims.get(simId)?.paused ?? false);
  }

  #queueLimit(number: string, rules: SendingRules): number {
    const sim = this.#sims.byNumber(number);
    return (sim ? rules.of(sim.simId) : defaultSimSettings).limits.queue;
  }

  #onRulesChanged(): void {
    this.#gates.settingsChanged();
    this.#settings.forget();
    this.#router.rulesChanged();
    this.#router.update(this.#sending.list());
  }

  // What other processes write -----------------------------------------------------------------------------------

  /** The command line sets numbers and PINs in the database while this serves. */
  #watchForeignChanges(): void {
    const changes = this.#database.foreignChanges();
    if (this.#foreignChanges !== undefined && changes !== this.#foreignChanges) {
      this.#onRulesChanged();
      void this.#fleet.recognise();
    }
    this.#foreignChanges = changes;
    this.#foreignTimer = this.#clock.after(foreignChangesEveryMs, () => this.#watchForeignChanges());
  }
}
