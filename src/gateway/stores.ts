import type { Clock } from '../clock.ts';
import { databaseFile } from '../config.ts';
import type { Logger } from '../log.ts';
import { AuditLog } from '../store/audit-log.ts';
import { BatchStore } from '../store/batch-store.ts';
import { BlameStore } from '../store/blame-store.ts';
import { Database } from '../store/database.ts';
import { EmulationStore } from '../store/emulation-store.ts';
import { EventLog } from '../store/event-log.ts';
import { HealthStore } from '../store/health-store.ts';
import { IdempotencyStore } from '../store/idempotency-store.ts';
import { InboundStore } from '../store/inbound-store.ts';
import { KeyStore } from '../store/key-store.ts';
import { MessageLog } from '../store/message-log.ts';
import { MessageReader } from '../store/message-reader.ts';
import { MessageStats } from '../store/message-stats.ts';
import { ModemCareStore } from '../store/modem-care-store.ts';
import { ModemStore } from '../store/modem-store.ts';
import { NumberListStore } from '../store/number-list-store.ts';
import { OutboundStore } from '../store/outbound-store.ts';
import { PasswordStore } from '../store/password-store.ts';
import { PersonStore } from '../store/person-store.ts';
import { ReadingThread } from '../store/reading-thread/reading-thread.ts';
import { ReportStore } from '../store/report-store.ts';
import { RestoreStore } from '../store/restore-store.ts';
import { RetentionStore } from '../store/retention-store.ts';
import { SearchIndex } from '../store/search-index.ts';
import { readKeyFile, SecretBox } from '../store/secret-box.ts';
import { SegmentStore } from '../store/segment-store.ts';
import { SessionStore } from '../store/session-store.ts';
import { SettingsStore } from '../store/settings-store.ts';
import { SilenceStore } from '../store/silence-store.ts';
import { SimStore } from '../store/sim-store.ts';
import { TimelineStore } from '../store/timeline-store.ts';
import { TrafficCounts } from '../store/traffic-counts.ts';
import { TrafficMoments } from '../store/traffic-moments.ts';
import { UssdStore } from '../store/ussd-store.ts';

/** While another program writes to the database everything else stands still: no longer than this. */
const longestLockMs = 1_000;

/** All that is kept on disk: a store a table family, over one database. */
export type Stores = Readonly<ReturnType<typeof openStores>>;

/**
 * Opens the database of a data directory, and its stores. What must not lie readable on disk is sealed with `dataKey`,
 * of 32 octets, or with a key file in the directory. Throws a `StoreError` that says why the directory cannot be used.
 */
export function openStores(dataDir: string, dataKey: Buffer | undefined, clock: Clock, log: Logger) {
  const file = databaseFile(dataDir);
  const database = Database.open(file, longestLockMs, () =>
    log.info(
      'bringing the database to the present version; this takes a minute where there are many messages',
    ),
  );
  const secrets = new SecretBox(dataKey ?? readKeyFile(dataDir));
  const messages = new MessageLog(database);
  const readingThread = new ReadingThread(file, clock, log);
  return {
    database,
    secrets,
    audit: new AuditLog(database, clock),
    batches: new BatchStore(database),
    blames: new BlameStore(database),
    events: new EventLog(database, clock, log),
    health: new HealthStore(database),
    idempotency: new IdempotencyStore(database),
    inbound: new InboundStore(database),
    keys: new KeyStore(database, clock, log),
    lists: new NumberListStore(database),
    messageReader: new MessageReader(messages, readingThread),
    modemCare: new ModemCareStore(database),
    modems: new ModemStore(database),
    outbound: new OutboundStore(database),
    passwords: new PasswordStore(database, clock),
    persons: new PersonStore(database),
    readingThread,
    reports: new ReportStore(database),
    restores: new RestoreStore(database),
    retained: new RetentionStore(database),
    search: new SearchIndex(database, clock, log),
    segments: new SegmentStore(database),
    sessions: new SessionStore(database, clock),
    settings: new SettingsStore(database),
    silence: new SilenceStore(database),
    sims: new SimStore(database, secrets),
    stats: new MessageStats(database),
    timeline: new TimelineStore(database),
    traffic: new TrafficCounts(database),
    ussd: new UssdStore(database),
    moments: new TrafficMoments(database),
    emulation: new EmulationStore(database),
  };
}
