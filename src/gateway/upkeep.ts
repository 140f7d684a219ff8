import type { ApiDependencies } from '../api/dependencies.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { MailDesk } from '../mail/mail-desk.ts';
import { QueueDesk } from '../messages/queue-desk.ts';
import { BackupDesk } from '../store/backup/backup-desk.ts';
import { MailStore } from '../store/mail-store.ts';
import { NetworkStore } from '../store/network-store.ts';
import { SmppPasswordStore } from '../store/smpp-password-store.ts';
import { WebhookStore } from '../store/webhook-store.ts';
import type { TlsIdentity } from '../tls/tls-identity.ts';
import { systemResolve } from '../webhooks/http-post.ts';
import { targetFault } from '../webhooks/target.ts';
import { Diagnostics } from './diagnostics.ts';
import type { Gates } from './gates.ts';
import type { Messaging } from './messaging.ts';
import type { ModemSide } from './modem-side.ts';
import { NetworkDesk } from './network-desk.ts';
import { SettingsExchange } from './settings-exchange.ts';
import type { Stores } from './stores.ts';
import type { WebhookDesk } from './webhook-desk.ts';

/** What looking after the gateway itself needs of it. */
export interface UpkeepSurroundings {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly version: string;
  readonly tls: TlsIdentity | undefined;
  readonly stores: Stores;
  readonly messaging: Messaging;
  readonly modems: ModemSide;
  readonly gates: Gates;
  readonly hooks: WebhookDesk;
  readonly restart: (() => void) | undefined;
  /** The last lines of the log. */
  readonly logLines: () => readonly string[];
  readonly listening: () => { readonly host: string; readonly port: number };
  readonly notReady: () => string | undefined;
  /** Called when what may leave has changed. */
  readonly rulesChanged: () => void;
}

/** What an administrator does to the gateway itself, by the names of the HTTP side. */
export type Upkeep = Pick<
  ApiDependencies,
  'restart' | 'network' | 'mail' | 'smppPasswords' | 'exchange' | 'diagnostics'
> & { readonly backups: BackupDesk };

/** Backups, where the gateway listens, its mail server, settings as a file, and how it is. */
export function upkeep(surroundings: UpkeepSurroundings): Upkeep {
  const { clock, log, stores, restart } = surroundings;
  const { database } = stores;
  const settings = () => stores.settings.all();
  const mailStore = new MailStore(database, stores.secrets);
  const networkStore = new NetworkStore(database);
  const network = networkDesk(surroundings, networkStore);
  return {
    restart,
    network,
    backups: new BackupDesk({
      ...{ clock, log, restart },
      database: database.file,
      keep: () => settings().backups_kept,
      restoreFailed: () => surroundings.messaging.takeSetAside(),
    }),
    mail: new MailDesk(clock, mailStore, settings, () => surroundings.gates.settingsChanged()),
    smppPasswords: new SmppPasswordStore(database),
    exchange: settingsExchange(surroundings, mailStore, networkStore, network),
    diagnostics: diagnostics(surroundings, network),
  };
}

function networkDesk(surroundings: UpkeepSurroundings, store: NetworkStore): NetworkDesk {
  const { config, gates, stores, listening, tls, restart } = surroundings;
  return new NetworkDesk({
    ...{ config, store, gates, listening },
    passwords: stores.passwords,
    certificate: tls?.fingerprint,
    canRestart: restart !== undefined,
  });
}

function settingsExchange(
  surroundings: UpkeepSurroundings,
  mail: MailStore,
  networkStore: NetworkStore,
  network: NetworkDesk,
): SettingsExchange {
  const { clock, version, stores, hooks, modems, rulesChanged } = surroundings;
  const { database, settings, sims, lists, secrets } = stores;
  return new SettingsExchange({
    ...{ clock, version, database, settings, sims, lists, mail, networkStore, network },
    webhooks: new WebhookStore(database, secrets),
    targetFault: (url) => targetFault(url, systemResolve),
    changed: () => {
      rulesChanged();
      for (const { id } of hooks.webhooks.list()) hooks.dispatcher.changed(id);
      void modems.fleet.recognise();
    },
  });
}

function diagnostics(surroundings: UpkeepSurroundings, network: NetworkDesk): Diagnostics {
  const { clock, version, stores, messaging, modems, notReady, logLines } = surroundings;
  const queue = new QueueDesk(messaging.hold, messaging.steady);
  return new Diagnostics({
    ...{ clock, version, notReady },
    database: stores.database.file,
    log: logLines,
    network: () => network.view(),
    settings: () => stores.settings.all(),
    modems: () => modems.views.modems(),
    queue: () => queue.state(),
  });
}
