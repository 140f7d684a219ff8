import { join } from 'node:path';
import { type Config, databaseFile } from '../config.ts';
import type { NetworkField, StoredNetwork } from '../contract/network.ts';
import { PendingRestore } from '../store/backup/pending-restore.ts';
import { Database, lockForOneProcess } from '../store/database.ts';
import { NetworkStore } from '../store/network-store.ts';

/** The setting of the configuration that each field stands for. */
export const configNames = {
  host: 'host',
  port: 'port',
  https: 'https',
  allow_hosts: 'allowHosts',
  smpp_port: 'smppPort',
  smpp_host: 'smppHost',
  smpp_any_sender: 'smppAnySender',
  mail_port: 'mailPort',
  mail_host: 'mailHost',
  mail_domain: 'mailDomain',
} as const satisfies Readonly<Record<NetworkField, keyof Config>>;

/** Whether whoever started the gateway said it: that beats what is kept. */
export function isFixed(config: Config, field: NetworkField): boolean {
  const source = config.sources[configNames[field]];
  return source !== undefined && source !== 'stored';
}

/**
 * The configuration with what an administrator has set where nothing was said at the start. A restore that was ordered
 * is done before, since the backup has settings of its own. Throws a `StoreError`.
 */
export function withStoredNetwork(config: Config): Config {
  const release = lockForOneProcess(join(config.dataDir, 'postern.lock'));
  try {
    new PendingRestore(databaseFile(config.dataDir)).apply();
    const database = Database.open(databaseFile(config.dataDir));
    try {
      return overlaid(config, new NetworkStore(database).all());
    } finally {
      database.close();
    }
  } finally {
    release();
  }
}

/** What is kept, laid over what nobody said. */
export function overlaid(config: Config, stored: StoredNetwork): Config {
  const said = Object.entries(stored).filter(
    ([field, value]) => value !== undefined && !isFixed(config, field as NetworkField),
  );
  const named = said.map(([field, value]) => [configNames[field as NetworkField], value] as const);
  return {
    ...config,
    ...Object.fromEntries(named),
    sources: { ...config.sources, ...Object.fromEntries(named.map(([name]) => [name, 'stored'])) },
  };
}
