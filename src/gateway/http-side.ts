import { ApiServer } from '../api/server.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { HealthReader } from '../health/health-reader.ts';
import type { Logger } from '../log.ts';
import { CostEstimate } from '../messages/cost-estimate.ts';
import { PersonErasure } from '../messages/person-erasure.ts';
import { QueueDesk } from '../messages/queue-desk.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { AtLog } from '../modem/at-log/at-log.ts';
import { systemFolders } from '../modem/discovery/system-folders.ts';
import { SimControl } from '../sims/sim-control.ts';
import { MessageStory } from '../store/message-story.ts';
import type { TlsIdentity } from '../tls/tls-identity.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import type { Messaging } from './messaging.ts';
import type { ModemSide } from './modem-side.ts';
import { portViews } from './port-views.ts';
import type { Stores } from './stores.ts';
import type { Upkeep } from './upkeep.ts';

/** What the HTTP side shows and does of the gateway. */
export interface HttpSurroundings {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly version: string;
  readonly rendererDir: string | undefined;
  readonly tls: TlsIdentity | undefined;
  readonly stores: Stores;
  readonly messaging: Messaging;
  readonly modems: ModemSide;
  readonly atLog: AtLog;
  readonly webhooks: Webhooks;
  readonly metrics: Metrics;
  readonly upkeep: Upkeep;
  /** Why texts cannot be taken just now. */
  readonly notReady: () => string | undefined;
  /** Called when what may leave has changed. */
  readonly rulesChanged: () => void;
}

/** The HTTP server with all that it leads to. */
export function httpServer(surroundings: HttpSurroundings): ApiServer {
  const { config, clock, log, version, rendererDir, tls, stores, messaging, modems } = surroundings;
  const { atLog, webhooks, metrics, notReady } = surroundings;
  const isOurs = (number: string) => modems.book.isOurs(number);
  return new ApiServer(
    {
      clock,
      log,
      keys: stores.keys,
      sessions: stores.sessions,
      passwords: stores.passwords,
      audit: stores.audit,
      requestsPerMinute: config.requestsPerMinute,
      metrics,
      tls,
      limits: config.httpLimits,
      messages: stores.messageReader,
      outbox: messaging.outbox,
      control: messaging.control,
      persons: new PersonErasure(stores.database, stores.persons, messaging.control, atLog),
      isOurs,
      batchOutbox: messaging.batchOutbox,
      batches: messaging.batches,
      stories: new MessageStory(stores.database, (seq) => messaging.waits.of(seq)),
      stats: stores.stats,
      costs: new CostEstimate(isOurs, (number) => stores.sims.byNumber(number)?.simId, messaging.rules),
      allowsGetSend: config.allowGetSend,
      reports: stores.reports,
      lists: stores.lists,
      queue: new QueueDesk(messaging.hold, messaging.steady),
      ...surroundings.upkeep,
      settings: settingsDesk(surroundings),
      simControl: simControl(surroundings),
      modems: { views: () => modems.views.modems() },
      panel: modems.panel,
      history: new HealthReader(stores.health, (simId) => stores.sims.get(simId)?.iccid),
      emulation: modems.emulation,
      ports: () => portViews(modems.ports, systemFolders),
      numbers: { views: () => modems.views.numbers() },
      sims: { views: () => modems.views.sims() },
      events: stores.events,
      webhooks,
      host: config.host,
      allowedHosts: config.allowHosts,
      rendererDir,
      version,
      notReady,
    },
    config.port,
  );
}

/** What is changed takes effect when it is on disk. */
function settingsDesk({ stores, rulesChanged }: HttpSurroundings) {
  return {
    all: () => stores.settings.all(),
    change: (change: Parameters<Stores['settings']['change']>[0]) => {
      stores.settings.change(change);
      stores.database.afterCommit(rulesChanged);
    },
  };
}

function simControl({ stores, clock, modems, rulesChanged }: HttpSurroundings): SimControl {
  const { database, sims } = stores;
  return new SimControl(
    sims,
    clock,
    () => database.afterCommit(rulesChanged),
    () => database.afterCommit(() => void modems.fleet.recognise()),
    (number) => stores.outbound.depth(number),
  );
}
