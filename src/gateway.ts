import { join } from 'node:path';
import type { ApiServer } from './api/server.ts';
import { type Clock, delay, systemClock } from './clock.ts';
import { type Config, databaseFile } from './config.ts';
import type { Emulation, StationOptions } from './emulator/emulation.ts';
import { BoundedStop } from './gateway/bounded-stop.ts';
import { ForeignChanges } from './gateway/foreign-changes.ts';
import { type GatePorts, Gates } from './gateway/gates.ts';
import { type GlanceListener, GlanceWatch } from './gateway/glance-watch.ts';
import { httpServer } from './gateway/http-side.ts';
import { Listening } from './gateway/listening.ts';
import { MachineSleep } from './gateway/machine-sleep.ts';
import { Messaging } from './gateway/messaging.ts';
import { spreadNews } from './gateway/modem-news.ts';
import { ModemSide } from './gateway/modem-side.ts';
import { Pruning } from './gateway/pruning.ts';
import { openStores, type Stores } from './gateway/stores.ts';
import { type Upkeep, upkeep } from './gateway/upkeep.ts';
import { type WebhookDesk, webhookDesk } from './gateway/webhook-desk.ts';
import { DiskWatch } from './health/disk-watch.ts';
import { createLog, type Logger } from './log.ts';
import { LogTail } from './log-tail.ts';
import { Metrics } from './metrics/metrics.ts';
import { AtLog } from './modem/at-log/at-log.ts';
import type { InboundArrival } from './messages/inbox.ts';
import type { PortSource } from './modem/discovery/listed-port.ts';
import type { OpenTransport } from './modem/transport.ts';
import { keepPortWishes } from './port-wishes.ts';
import { PendingRestore } from './store/backup/pending-restore.ts';
import { Checkpoints } from './store/checkpoints.ts';
import { lockForOneProcess } from './store/database.ts';
import { WriteAheadLog } from './store/write-ahead-log.ts';
import type { TlsIdentity } from './tls/tls-identity.ts';

export { withStoredNetwork } from './gateway/stored-network.ts';

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
  /** What is shown to clients of HTTP and SMPP where these are to be served over TLS. */
  readonly tls?: TlsIdentity | undefined;
  /** Stops this gateway in order and starts another one in its place, when a person asks for it. */
  readonly restart?: () => void;
}

/** What whoever asks is told; where the database lies is not his to know. */
const damaged = 'The database of the gateway is damaged. Nothing was accepted. Restore a backup.';

/** How long the segments in hand may take when the gateway stops, before their ports are closed on them. */
const exchangeGraceMs = 6_000;

/**
 * The composition root: builds every part, joins them, and starts and stops them in order. What each of them does
 * stands in its own file; `src/gateway/` puts together what belongs together.
 */
export class Gateway {
  readonly #config: Config;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #release: () => void;
  readonly #stores: Stores;
  readonly #hooks: WebhookDesk;
  readonly #atLog: AtLog;
  readonly #messaging: Messaging;
  readonly #modems: ModemSide;
  readonly #gates: Gates;
  readonly #metrics: Metrics;
  readonly #disk: DiskWatch;
  readonly #checkpoints: Checkpoints;
  readonly #sleep: MachineSleep;
  readonly #foreign: ForeignChanges;
  readonly #pruning: Pruning;
  readonly #upkeep: Upkeep;
  readonly #listening: Listening;
  readonly #server: ApiServer;

  /** Opens the data directory. Throws a `StoreError` that says why it cannot be used. */
  constructor(config: Config, surroundings: GatewaySurroundings) {
    const clock = surroundings.clock ?? systemClock;
    const tail = new LogTail();
    const log = surroundings.log ?? createLog({ level: config.logLevel, tail });
    const atLog = new AtLog(clock);
    this.#config = config;
    this.#clock = clock;
    this.#log = log;
    this.#atLog = atLog;
    this.#release = lockForOneProcess(join(config.dataDir, 'postern.lock'));
    new PendingRestore(databaseFile(config.dataDir)).apply();
    const stores = openStores(config.dataDir, surroundings.dataKey, clock, log);
    this.#stores = stores;
    const { database, events, secrets, keys } = stores;
    const believedNow = () => this.#messaging.steady.now();
    this.#hooks = webhookDesk({ clock, believedNow, log, database, secrets, events });
    const rulesChanged = () => this.#onRulesChanged();
    const modems: ModemSide = new ModemSide({
      config,
      clock,
      log,
      stores,
      atLog,
      ports: surroundings.ports,
      open: surroundings.open,
      stations: surroundings.stations ?? [],
      arrivals: {
        keep: (arrival) => !this.#staysOnSim(arrival) && this.#messaging.arrivals.take(arrival),
        deleted: (place) => this.#messaging.inbox.deleted(place),
      },
      isPaused: (simId) => this.#messaging.isStopped(simId),
      unwritten: (simId) => this.#messaging.arrivals.of(simId),
      timed: (submit) => this.#metrics.times.submit(submit),
    });
    this.#modems = modems;
    const notReady = () =>
      database.damage ? damaged : (this.#disk.obstacle ?? this.#upkeep.backups.obstacle);
    const messaging = new Messaging({
      config,
      clock,
      log,
      stores,
      modems: modems.sendingSide,
      notReady,
      isReplaced: () => this.#upkeep.backups.obstacle !== undefined,
      rulesChanged,
      clockMoved: (byMs) => {
        this.#hooks.dispatcher.clockMoved(byMs);
        this.#gates.clockMoved(byMs);
      },
      arrivalsHeldUp: () => this.#onArrivalsHeldUp(),
      forgetTraces: (seq) => atLog.forgetPdus(stores.persons.pdus(seq, atLog.since)),
    });
    this.#messaging = messaging;
    const { outbox, router } = messaging;
    database.onDamage(() => this.#onDamage());
    const canSendNow = (number: string) => router.canSendNow(number);
    const numbers = { all: () => modems.book.numbers(), canSendNow };
    const settings = () => stores.settings.all();
    this.#gates = new Gates({
      ...{ config, clock: messaging.steady, log, database, events, keys, secrets },
      ...{
        outbox,
        numbers,
        settings,
        control: messaging.control,
        audit: stores.audit,
        tls: surroundings.tls,
      },
    });
    const { version, rendererDir } = surroundings;
    const tls = config.https ? surroundings.tls : undefined;
    const metrics = new Metrics({
      clock,
      version,
      modems: () => modems.views.modems(),
      numbers: () => modems.views.numbers(),
      traffic: stores.traffic,
    });
    this.#metrics = metrics;
    this.#disk = new DiskWatch(config.dataDir, clock, log);
    this.#checkpoints = new Checkpoints(new WriteAheadLog(database), clock, log);
    this.#sleep = new MachineSleep(modems.fleet, clock, log);
    this.#foreign = new ForeignChanges(database, clock, log, () => {
      rulesChanged();
      void modems.fleet.recognise();
    });
    const { idempotency, audit } = stores;
    this.#pruning = new Pruning(clock, log, [
      (limit) => idempotency.prune(messaging.steady.now(), limit),
      (limit) => audit.prune(limit),
    ]);
    const { webhooks } = this.#hooks;
    this.#listening = new Listening(config, log);
    this.#upkeep = upkeep({
      ...{ config, clock, log, version, tls, stores, messaging, modems, notReady, rulesChanged },
      ...{ gates: this.#gates, hooks: this.#hooks, restart: surroundings.restart },
      logLines: () => tail.lines,
      listening: () => this.#listening.at,
    });
    this.#server = httpServer({
      ...{ config, clock, log, version, rendererDir, tls, stores, messaging, modems },
      ...{ atLog, webhooks, metrics, notReady, rulesChanged, upkeep: this.#upkeep },
    });
  }

  /** Resolves when requests can be taken; modems come up by themselves from then on. */
  async start(): Promise<GatewayAddress> {
    const { dataDir, modems, neverTouch } = this.#config;
    await this.#gates.load();
    this.#stores.events.start();
    this.#stores.search.start();
    this.#hooks.dispatcher.start();
    this.#messaging.start();
    spreadNews(this.#modems, {
      clock: this.#clock,
      log: this.#log,
      stores: this.#stores,
      messaging: this.#messaging,
      metrics: this.#metrics,
      atLog: this.#atLog,
    });
    this.#modems.care.start();
    await this.#disk.start();
    const { url } = await this.#listening.start(this.#server);
    keepPortWishes(dataDir, { named: modems.map(({ path }) => path), neverTouch });
    const gates = await this.#gates.start();
    this.#modems.start();
    this.#sleep.start();
    this.#checkpoints.start();
    this.#foreign.start();
    this.#pruning.start();
    return { url, signInUrl: this.issueSignInLink(url), gates };
  }

  /** A new link that signs one browser in. */
  issueSignInLink(url: string): string {
    return `${url}/session?token=${this.#stores.sessions.issueLink()}`;
  }

  /** A key for trying things out, where no person made one, and the address to use it on. */
  makeKey(name: string): string {
    return this.#stores.keys.create({ name, scopes: ['sms:send', 'sms:read'] }).key;
  }

  /** The emulated network, when modems are emulated. */
  get emulation(): Emulation | undefined {
    return this.#modems.emulation.emulation;
  }

  /** Takes nothing new, lets the exchange in flight end, closes ports and database. At most ten seconds. */
  async stop(): Promise<void> {
    this.#foreign.stop();
    this.#pruning.stop();
    this.#sleep.stop();
    this.#checkpoints.stop();
    this.#disk.stop();
    this.#modems.discovery.stop();
    const ending = new BoundedStop(this.#clock, this.#log);
    const serverStopped = Promise.all([this.#server.stop(), this.#gates.stop(), this.#upkeep.backups.stop()]);
    const inHand = new AbortController();
    const sendersStopped = this.#messaging.stopSending().then(() => inHand.abort());
    await delay(this.#clock, exchangeGraceMs, inHand.signal);
    await ending.of('the ports of the modems', this.#modems.fleet.stop());
    await ending.of('the texts in hand', sendersStopped);
    await ending.of('the requests under way', serverStopped);
    this.#modems.stop();
    this.#messaging.stop();
    this.#hooks.dispatcher.stop();
    this.#stores.events.stop();
    this.#stores.keys.stop();
    this.#stores.search.stop();
    await ending.of('the reading of the database', this.#stores.readingThread.stop());
    this.#stores.database.close();
    this.#release();
  }

  /** The machine goes to sleep: every port is let go. Undone by `resumed`, or after a while in which it did not sleep. */
  suspending(): Promise<void> {
    return this.#sleep.suspending();
  }

  /** The machine has slept: every modem is asked at once, and what fails now is no fault of it. */
  resumed(): void {
    this.#sleep.resumed();
  }

  /** Tells `listener` how all stands, now and after every change, and what a person should notice; answers how to end it. */
  watch(listener: GlanceListener): () => void {
    const { settings, events } = this.#stores;
    const watch = new GlanceWatch(
      { clock: this.#clock, log: this.#log, views: this.#modems.views, settings, events },
      listener,
    );
    watch.start();
    return () => watch.stop();
  }

  /** Lets no text leave any more, or all go on. */
  pauseSending(paused: boolean): void {
    this.#stores.settings.change({ sending_paused: paused });
    this.#onRulesChanged();
  }

  /** What lies on a SIM waits there for the database that takes the place of this one. */
  #staysOnSim({ storage }: InboundArrival): boolean {
    return storage !== '' && this.#upkeep.backups.obstacle !== undefined;
  }

  /** What arrives stays on the SIMs, and nothing leaves: what was written now would go with the damaged file. */
  #onDamage(): void {
    const { database } = this.#stores;
    this.#log.error(
      { file: database.file, err: database.damage },
      'the database is damaged: nothing is sent or accepted any more. Stop Postern and restore a backup ("postern restore FILE")',
    );
    this.#messaging.router.update(this.#modems.sending.list());
  }

  /** While something that arrived is only in memory nothing more is sent, and a person is told. */
  #onArrivalsHeldUp(): void {
    this.#messaging.router.update(this.#modems.sending.list());
    this.#modems.care.update();
  }

  #onRulesChanged(): void {
    this.#stores.settings.forget();
    this.#gates.settingsChanged();
    this.#messaging.router.rulesChanged();
    this.#messaging.router.update(this.#modems.sending.list());
  }
}
