import { systemClock } from '../../src/clock.ts';
import { databaseFile } from '../../src/config.ts';
import { silentLog } from '../../src/log.ts';
import { Database } from '../../src/store/database.ts';
import { KeyStore } from '../../src/store/key-store.ts';
import { SmppPasswordStore } from '../../src/store/smpp-password-store.ts';

export interface SmppAccount {
  readonly systemId: string;
  readonly password: string;
}

/** A key for an SMPP client and its password, as `postern keys create` and `postern keys smpp-password` make them. */
export async function smppAccount(dataDir: string): Promise<SmppAccount> {
  const database = Database.open(databaseFile(dataDir));
  try {
    const keys = new KeyStore(database, systemClock, silentLog);
    const { id } = keys.create({ name: 'kannel', scopes: ['sms:send', 'sms:read'] });
    return { systemId: id, password: await new SmppPasswordStore(database).create(id) };
  } finally {
    database.close();
  }
}
