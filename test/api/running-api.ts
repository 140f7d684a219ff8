import { randomBytes } from 'node:crypto';
import { expect, onTestFinished } from 'vitest';
import type { ApiDependencies } from '../../src/api/dependencies.ts';
import { ApiServer } from '../../src/api/server.ts';
import { version } from '../../src/cli/version.ts';
import { readConfig } from '../../src/config.ts';
import type { Scope } from '../../src/contract/key.ts';
import type { ModemView, OwnNumber } from '../../src/contract/modem.ts';
import type { SimView } from '../../src/contract/sim.ts';
import { defaultSimSettings } from '../../src/contract/sim-settings.ts';
import { Diagnostics } from '../../src/gateway/diagnostics.ts';
import { Gates } from '../../src/gateway/gates.ts';
import { NetworkDesk } from '../../src/gateway/network-desk.ts';
import { SettingsExchange } from '../../src/gateway/settings-exchange.ts';
import { type WebhookDesk, webhookDesk } from '../../src/gateway/webhook-desk.ts';
import { HealthReader } from '../../src/health/health-reader.ts';
import { silentLog } from '../../src/log.ts';
import { MailDesk } from '../../src/mail/mail-desk.ts';
import { Admission } from '../../src/messages/admission.ts';
import { BatchCourse } from '../../src/messages/batch-course.ts';
import { BatchOutbox } from '../../src/messages/batch-outbox.ts';
import { CostEstimate } from '../../src/messages/cost-estimate.ts';
import { MessageControl } from '../../src/messages/message-control.ts';
import { Outbox } from '../../src/messages/outbox.ts';
import { PersonErasure } from '../../src/messages/person-erasure.ts';
import { QueueDesk } from '../../src/messages/queue-desk.ts';
import { RestoreHold } from '../../src/messages/restore-hold.ts';
import { SendingRules } from '../../src/messages/sending-rules.ts';
import { SteadyClock } from '../../src/messages/steady-clock.ts';
import { Metrics } from '../../src/metrics/metrics.ts';
import { AtLog } from '../../src/modem/at-log/at-log.ts';
import { ModemPanel } from '../../src/panel/modem-panel.ts';
import { SimControl } from '../../src/sims/sim-control.ts';
import { AuditLog } from '../../src/store/audit-log.ts';
import { BackupDesk } from '../../src/store/backup/backup-desk.ts';
import { BatchStore } from '../../src/store/batch-store.ts';
import type { Database } from '../../src/store/database.ts';
import { EventLog } from '../../src/store/event-log.ts';
import { HealthStore } from '../../src/store/health-store.ts';
import { IdempotencyStore } from '../../src/store/idempotency-store.ts';
import { KeyStore } from '../../src/store/key-store.ts';
import { MailStore } from '../../src/store/mail-store.ts';
import { MessageLog } from '../../src/store/message-log.ts';
import { toMessage } from '../../src/store/message-row.ts';
import { MessageStats } from '../../src/store/message-stats.ts';
import { MessageStory } from '../../src/store/message-story.ts';
import { ModemStore } from '../../src/store/modem-store.ts';
import { NetworkStore } from '../../src/store/network-store.ts';
import { NumberListStore } from '../../src/store/number-list-store.ts';
import { OutboundStore } from '../../src/store/outbound-store.ts';
import { PasswordStore } from '../../src/store/password-store.ts';
import { PersonStore } from '../../src/store/person-store.ts';
import { ReportStore } from '../../src/store/report-store.ts';
import { RestoreStore } from '../../src/store/restore-store.ts';
import { SecretBox } from '../../src/store/secret-box.ts';
import { SegmentStore } from '../../src/store/segment-store.ts';
import { SessionStore } from '../../src/store/session-store.ts';
import { SettingsStore } from '../../src/store/settings-store.ts';
import { SimStore } from '../../src/store/sim-store.ts';
import { SmppPasswordStore } from '../../src/store/smpp-password-store.ts';
import { TimelineStore } from '../../src/store/timeline-store.ts';
import { TrafficCounts } from '../../src/store/traffic-counts.ts';
import { WebhookStore } from '../../src/store/webhook-store.ts';
import { systemResolve } from '../../src/webhooks/http-post.ts';
import { targetFault } from '../../src/webhooks/target.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryDatabase } from '../store/temporary-database.ts';
import { ApiClient } from './api-client.ts';
import { builtProgramIsAsked, ChildApi, needsOwnProcess } from './child-api.ts';

export type { Answer, Asked } from './api-client.ts';
export { builtProgramIsAsked, needsOwnProcess } from './child-api.ts';

/** A number whose SIM can send now, and one whose SIM is away. */
export const ownNumber = '+14155552671';
export const awayNumber = '+14155552672';

/** What the gateway says of itself. */
export const gatewayVersion = builtProgramIsAsked ? version : '1.2.3';

/** What the gateway writes for a moment of the test's clock; the built program goes by the real one. */
export function at(time: string): unknown {
  return builtProgramIsAsked ? expect.stringMatching(timestampForm) : time;
}
const timestampForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** Passwords are cheap to guess here: a test guesses often. */
export const quickCost = { N: 16, r: 1, p: 1 };

/** The HTTP side on a free port, with a real database, real stores and the real outbox. */
export class RunningApi extends ApiClient {
  readonly server: ApiServer;
  readonly database: Database;
  readonly clock: ManualClock;
  readonly keys: KeyStore;
  readonly sessions: SessionStore;
  readonly events: EventLog;
  readonly sims: SimStore;
  readonly hooks: WebhookDesk;
  readonly audit: AuditLog;
  readonly passwords: PasswordStore;
  readonly secrets = new SecretBox(randomBytes(32));
  /** What the gateway was told at its start. */
  readonly config = readConfig({ host: '127.0.0.1' }, { POSTERN_MAIL_DOMAIN: 'texts.local' }, undefined);
  /** SMPP and mail, closed until a test opens them. */
  gates!: Gates;
  backups!: BackupDesk;
  /** What the log of the gateway had last. */
  readonly logLines: string[] = [];
  readonly key: string;
  readonly dependencies: ApiDependencies;

  constructor(changes: Partial<ApiDependencies> = {}, port = 0) {
    needsOwnProcess('a server in its own process');
    super();
    this.clock = new ManualClock();
    this.database = temporaryDatabase();
    this.keys = new KeyStore(this.database, this.clock, silentLog);
    this.sessions = new SessionStore(this.database, this.clock);
    this.events = new EventLog(this.database, this.clock, silentLog);
    this.sims = new SimStore(this.database, this.secrets);
    const { clock, database, events, secrets } = this;
    this.hooks = webhookDesk({ clock, log: silentLog, database, secrets, events, random: () => 0 });
    this.audit = new AuditLog(this.database, this.clock);
    this.passwords = new PasswordStore(this.database, this.clock, quickCost);
    this.key = this.newKey(['sms:send', 'sms:read']);
    this.dependencies = { ...this.#dependencies(), ...changes };
    this.server = new ApiServer(this.dependencies, port);
  }

  async start(): Promise<this> {
    const address = await this.server.start();
    this.port = address.port;
    this.url = address.url;
    return this;
  }

  newKey(scopes: Scope[]): string {
    return this.keys.create({ name: 'test', scopes }).key;
  }

  /** Where a browser is signed in by a one-time link. */
  signInPath(): Promise<string> {
    return Promise.resolve(`/session?token=${this.sessions.issueLink()}`);
  }

  #dependencies(): ApiDependencies {
    const { database, clock } = this;
    const ledger = {
      database,
      outbound: new OutboundStore(database),
      segments: new SegmentStore(database),
      reports: new ReportStore(database),
      timeline: new TimelineStore(database),
      events: this.events,
      toMessage,
    };
    const settings = new SettingsStore(database);
    const lists = new NumberListStore(database);
    const admission = new Admission(lists, () => settings.all());
    const numbers = {
      isOurs: (number: string) => number === ownNumber || number === awayNumber,
      canSendNow: (number: string) => number === ownNumber,
      queueLimit: () => 1_000_000,
      refusalOf: (recipient: string) => admission.refusalOf(recipient),
    };
    const atLog = new AtLog(clock);
    const idempotency = new IdempotencyStore(database);
    const notReady = () => this.dependencies.notReady?.();
    const outbox = new Outbox(ledger, idempotency, numbers, clock, () => {}, notReady);
    const mail = new MailStore(database, this.secrets);
    const networkStore = new NetworkStore(database);
    this.backups = new BackupDesk({
      clock,
      log: silentLog,
      database: database.file,
      keep: () => settings.all().backups_kept,
      restart: undefined,
    });
    const control = new MessageControl(ledger, outbox, clock);
    this.gates = new Gates({
      config: this.config,
      clock,
      log: silentLog,
      database,
      events: this.events,
      keys: this.keys,
      outbox,
      control,
      audit: this.audit,
      tls: undefined,
      numbers: { all: () => [ownNumber, awayNumber], canSendNow: numbers.canSendNow },
      settings: () => settings.all(),
      secrets: this.secrets,
    });
    const network = new NetworkDesk({
      config: this.config,
      store: networkStore,
      gates: this.gates,
      passwords: this.passwords,
      // where it really listens the system chose, which is nothing that a test may see
      listening: () => ({ host: '127.0.0.1', port: this.config.port }),
      certificate: undefined,
      canRestart: false,
    });
    const batches = new BatchStore(database);
    return {
      clock,
      log: silentLog,
      keys: this.keys,
      sessions: this.sessions,
      passwords: this.passwords,
      metrics: new Metrics({
        clock,
        version: gatewayVersion,
        modems: () => [modem],
        numbers: () => ownNumbers.map((own) => ({ ...own, queue_depth: ledger.outbound.depth(own.number) })),
        traffic: new TrafficCounts(database),
      }),
      audit: this.audit,
      events: this.events,
      webhooks: this.hooks.webhooks,
      messages: new MessageLog(database),
      outbox,
      control,
      persons: new PersonErasure(database, new PersonStore(database), control, atLog),
      isOurs: numbers.isOurs,
      batchOutbox: new BatchOutbox({ ledger, store: batches, idempotency, outbox, clock }),
      batches: new BatchCourse({ ledger, store: batches, control, clock, wake: () => {} }),
      stories: new MessageStory(database),
      stats: new MessageStats(database),
      costs: new CostEstimate(
        numbers.isOurs,
        (number) => this.sims.byNumber(number)?.simId,
        new SendingRules((simId) => this.sims.settings(simId), ledger.segments, clock),
      ),
      reports: ledger.reports,
      lists,
      settings,
      queue: new QueueDesk(
        new RestoreHold(ledger, new RestoreStore(database), clock, silentLog, () => {}),
        new SteadyClock(clock, database, silentLog, () => {}),
      ),
      backups: this.backups,
      restart: undefined,
      network,
      mail: new MailDesk(clock, mail, () => settings.all()),
      smppPasswords: new SmppPasswordStore(database),
      exchange: new SettingsExchange({
        clock,
        version: gatewayVersion,
        database,
        settings,
        networkStore,
        network,
        sims: this.sims,
        lists,
        webhooks: new WebhookStore(database, this.secrets),
        mail,
        targetFault: (url) => targetFault(url, systemResolve),
        changed: () => {},
      }),
      diagnostics: new Diagnostics({
        clock,
        version: gatewayVersion,
        database: database.file,
        notReady: () => undefined,
        log: () => this.logLines,
        network: () => network.view(),
        settings: () => settings.all(),
        modems: () => [modem],
        queue: () => ({ held: null }),
      }),
      simControl: new SimControl(
        this.sims,
        clock,
        () => {},
        () => {},
      ),
      modems: { views: () => [modem] },
      panel: new ModemPanel({
        log: silentLog,
        atLog,
        clock,
        store: new ModemStore(database),
        modems: { find: () => undefined, modems: () => [] },
        ussd: { setUssdWay: () => {} },
        ports: { named: [], remove: async () => {} },
      }),
      history: new HealthReader(new HealthStore(database), () => modem.iccid ?? undefined),
      emulation: {
        view: () => ({ modems: 0, phones: [] }),
        start: (count) => ({ modems: count, phones: [] }),
        stop: async () => ({ modems: 0, phones: [] }),
      },
      ports: async () => [],
      numbers: { views: () => ownNumbers },
      sims: { views: () => [sim] },
      host: '127.0.0.1',
      allowedHosts: [],
      rendererDir: undefined,
      version: gatewayVersion,
    };
  }
}

/**
 * Starts it for one test, and stops it after that. With `over-tcp.config.ts` it is the built program that is asked,
 * which has all of this or leaves the test out.
 */
export async function startApi(changes: Partial<ApiDependencies> = {}): Promise<RunningApi> {
  if (builtProgramIsAsked) {
    return (await ChildApi.untouched(changes, ownNumber, awayNumber)) as unknown as RunningApi;
  }
  const api = await new RunningApi(changes).start();
  onTestFinished(async () => {
    const stopped = Promise.all([api.server.stop(), api.gates.stop(), api.backups.stop()]);
    await api.clock.advance(10_000); // whatever a test left open is cut off
    await stopped;
  });
  return api;
}

export const modem: ModemView = {
  id: '356938035643809',
  port: '/dev/ttyUSB2',
  state: 'ready',
  problem: null,
  manufacturer: 'Huawei',
  model: 'E173',
  firmware: null,
  imei: '356938035643809',
  iccid: '8901260123456789012',
  imsi: '310260123456789',
  number: ownNumber,
  label: null,
  operator: 'T-Mobile',
  technology: 'LTE',
  registration: 'home',
  registrations: { circuit: 'home', packet: 'home', evolved: null },
  signal_dbm: -71,
  signal_bars: 4,
  reference_signal_dbm: null,
  quality_db: null,
  noise_ratio_db: null,
  band: null,
  smsc: '+15550000000',
  storage: [{ name: 'ME', used: 0, total: 255 }],
  temperature_c: null,
  supply_v: null,
  warnings: [],
  queue_depth: 0,
  recovery: null,
  restarts_last_day: 0,
  ussd_way: 'automatic',
  emulated: true,
  is_new: false,
  last_sent_at: null,
  last_received_at: null,
  last_seen_at: '2026-06-08T13:30:06Z',
};

export const ownNumbers: readonly OwnNumber[] = [ownNumber, awayNumber].map((number) => ({
  number,
  label: null,
  online: number === ownNumber,
  modem_id: number === ownNumber ? modem.id : null,
  signal_dbm: number === ownNumber ? -71 : null,
  operator: number === ownNumber ? 'T-Mobile' : null,
  queue_depth: 0,
}));

export const sim: SimView = {
  ...defaultSimSettings,
  paused: false,
  iccid: modem.iccid,
  imsi: modem.imsi,
  number: ownNumber,
  label: 'Front desk',
  has_pin: false,
  smsc: null,
  online: true,
  modem_id: modem.id,
  presumed_modem_id: null,
  last_seen_at: '2026-06-08T13:30:06Z',
  balance: null,
};
