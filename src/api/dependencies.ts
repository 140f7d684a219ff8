import type { Clock } from '../clock.ts';
import type { EmulationView } from '../contract/emulation.ts';
import type { HealthRange, HealthSeries } from '../contract/health.ts';
import type { AcceptedMessage, Message, SendRequest } from '../contract/message.ts';
import type { MessageQuery } from '../contract/message-query.ts';
import type { ModemView, OwnNumber } from '../contract/modem.ts';
import type { PortView } from '../contract/port.ts';
import type { GatewaySettings, GatewaySettingsChange } from '../contract/settings.ts';
import type { SimView } from '../contract/sim.ts';
import type { Diagnostics } from '../gateway/diagnostics.ts';
import type { NetworkDesk } from '../gateway/network-desk.ts';
import type { SettingsExchange } from '../gateway/settings-exchange.ts';
import type { Logger } from '../log.ts';
import type { MailDesk } from '../mail/mail-desk.ts';
import type { BatchCourse } from '../messages/batch-course.ts';
import type { BatchOutbox } from '../messages/batch-outbox.ts';
import type { CostEstimate } from '../messages/cost-estimate.ts';
import type { MessageControl } from '../messages/message-control.ts';
import type { PersonErasure } from '../messages/person-erasure.ts';
import type { QueueDesk } from '../messages/queue-desk.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { ModemPanel } from '../panel/modem-panel.ts';
import type { SimControl } from '../sims/sim-control.ts';
import type { AuditLog } from '../store/audit-log.ts';
import type { BackupDesk } from '../store/backup/backup-desk.ts';
import type { EventLog } from '../store/event-log.ts';
import type { KeyStore } from '../store/key-store.ts';
import type { MessagePage } from '../store/message-log.ts';
import type { MessageStats } from '../store/message-stats.ts';
import type { MessageStory } from '../store/message-story.ts';
import type { NumberListStore } from '../store/number-list-store.ts';
import type { PasswordStore } from '../store/password-store.ts';
import type { ReportStore } from '../store/report-store.ts';
import type { SessionStore } from '../store/session-store.ts';
import type { SmppPasswordStore } from '../store/smpp-password-store.ts';
import type { TlsIdentity } from '../tls/tls-identity.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import type { ServerLimits } from './listener.ts';

/** Who asks for a text to be sent. */
export interface Origin {
  /** The id of the API key, or `session:` and the id of the session. */
  readonly keyId: string;
  readonly idempotencyKey?: string;
  /** Called in the text's own transaction with its `message_id`. */
  readonly note?: (messageId: string) => void;
}

/**
 * Takes texts for sending. `accept` resolves once the text is on disk and rejects with an `Error` whose `code` is
 * `NUMBER_NOT_FOUND`, `IDEMPOTENCY_CONFLICT` or `QUEUE_FULL`, the last with `retryAfterSeconds`.
 */
export interface Outbox {
  accept(request: SendRequest, origin: Origin): Promise<AcceptedMessage>;
}

/** The log of messages. Both may answer at once or later: counting over a large log can move to a worker. */
export interface Messages {
  find(messageId: string): Message | undefined | Promise<Message | undefined>;
  /** Undefined when `after` names no message. */
  page(query: MessageQuery): MessagePage | undefined | Promise<MessagePage | undefined>;
}

/** Whatever can be looked at as it stands now. */
export interface Views<View> {
  views(): readonly View[];
}

/** How modems fared. */
export interface ModemHistory {
  knows(modemId: string): boolean;
  series(modemId: string, range: HealthRange, now: number): Promise<HealthSeries>;
}

/** What a person has set for the whole gateway. */
export interface Settings {
  all(): GatewaySettings;
  change(change: GatewaySettingsChange): void;
}

/** All that the HTTP side needs of the gateway. */
export interface ApiDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  readonly keys: KeyAuthority;
  readonly sessions: SessionAuthority;
  readonly passwords: Pick<PasswordStore, 'list' | 'verify' | 'hashOf' | 'keep' | 'remove'>;
  readonly audit: Pick<AuditLog, 'during' | 'note' | 'page'>;
  /** Certificate and key, in PEM; plain HTTP where there are none. */
  readonly tls?: Pick<TlsIdentity, 'cert' | 'key'> | undefined;
  /** Where they are other than usual. */
  readonly limits?: Partial<ServerLimits>;
  /** Undefined where nobody counts. */
  readonly metrics?: Pick<Metrics, 'text' | 'contentType' | 'times'>;
  /** How many requests a minute a key may make that has no limit of its own; undefined: as many as it likes. */
  readonly requestsPerMinute?: number | undefined;
  readonly messages: Messages;
  readonly outbox: Outbox;
  readonly batchOutbox: Pick<BatchOutbox, 'accept' | 'acceptMany'>;
  readonly batches: Pick<BatchCourse, 'page' | 'view' | 'act'>;
  readonly control: Pick<MessageControl, 'cancel' | 'resend' | 'erase'>;
  readonly stats: Pick<MessageStats, 'counts'>;
  readonly costs: Pick<CostEstimate, 'ahead'>;
  /** Whether `GET /send` sends texts. */
  readonly allowsGetSend?: boolean;
  readonly stories: Pick<MessageStory, 'of' | 'pdus'>;
  readonly reports: Pick<ReportStore, 'unmatchedPage'>;
  readonly persons: Pick<PersonErasure, 'erase'>;
  /** Whether a number is one of this gateway's own. */
  readonly isOurs: (number: string) => boolean;
  readonly lists: Pick<NumberListStore, 'page' | 'add' | 'remove'>;
  readonly settings: Settings;
  readonly backups: Pick<BackupDesk, 'list' | 'find' | 'fileOf' | 'upload' | 'make' | 'remove' | 'restore'>;
  /** Stops the gateway and starts it again; undefined where nobody could. */
  readonly restart: (() => void) | undefined;
  readonly network: Pick<NetworkDesk, 'view' | 'change'>;
  readonly mail: Pick<MailDesk, 'view' | 'setPassword' | 'test'>;
  readonly smppPasswords: Pick<SmppPasswordStore, 'create'>;
  readonly exchange: Pick<SettingsExchange, 'export' | 'import'>;
  readonly diagnostics: Pick<Diagnostics, 'view' | 'bundle' | 'check'>;
  readonly queue: Pick<QueueDesk, 'state' | 'release' | 'discard' | 'believeClock'>;
  readonly simControl: Pick<SimControl, 'change' | 'pause' | 'forget'>;
  readonly modems: Views<ModemView>;
  readonly history: ModemHistory;
  readonly panel: Panel;
  readonly emulation: EmulationAuthority;
  /** The serial ports of this machine as they are now. */
  readonly ports: () => Promise<readonly PortView[]>;
  readonly numbers: Views<OwnNumber>;
  readonly sims: Views<SimView>;
  readonly events: EventSourceLog;
  readonly webhooks: Pick<
    Webhooks,
    'judge' | 'create' | 'list' | 'get' | 'change' | 'remove' | 'test' | 'deliveries' | 'redeliver'
  >;
  /** The address to listen on, for example `127.0.0.1`; also a name that the Host header may bear. */
  readonly host: string;
  /** Further names that the Host header may bear. */
  readonly allowedHosts: readonly string[];
  /** The folder with the built pages; undefined or not there: a plain page says so. */
  readonly rendererDir: string | undefined;
  readonly version: string;
  /** Why texts cannot be taken just now, in a sentence; undefined when they can. */
  readonly notReady?: () => string | undefined;
}

export type { StoredPdu } from '../store/message-story.ts';

/** Plugs emulated modems in and takes them away. Throws a `PanelError`. */
export interface EmulationAuthority {
  view(): EmulationView;
  start(count: number): EmulationView;
  stop(): Promise<EmulationView>;
}

/** What an administrator does with a modem. Throws and rejects with a `PanelError`. */
export type Panel = Pick<
  ModemPanel,
  'followLog' | 'type' | 'ussd' | 'change' | 'pin' | 'reset' | 'disable' | 'enable' | 'welcome' | 'forget'
>;
export type KeyAuthority = Pick<
  KeyStore,
  'authenticate' | 'isActive' | 'create' | 'find' | 'list' | 'revoke'
>;
export type SessionAuthority = Pick<
  SessionStore,
  'redeem' | 'open' | 'authenticate' | 'isActive' | 'end' | 'endAll' | 'issueLink'
>;
export type EventSourceLog = Pick<EventLog, 'subscribe' | 'since'>;
