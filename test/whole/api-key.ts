import { withDatabase } from '../../src/cli/data-dir.ts';
import { systemClock } from '../../src/clock.ts';
import type { Scope } from '../../src/contract/key.ts';
import { silentLog } from '../../src/log.ts';
import { KeyStore } from '../../src/store/key-store.ts';

/**
 * Makes an API key in a data directory that a gateway serves from. It does what `postern keys create` does, without
 * the second that a process takes to start.
 */
export function makeKey(dataDir: string, scopes: readonly Scope[] = ['admin']): string {
  return withDatabase(dataDir, (database) => {
    const keys = new KeyStore(database, systemClock, silentLog);
    return keys.create({ name: 'test', scopes: [...scopes] }).key;
  });
}
