import { once } from 'node:events';
import { createServer } from 'node:net';
import { explainListen } from '../api/server-error.ts';
import { type Config, readConfig } from '../config.ts';
import {
  type NetworkChange,
  type NetworkField,
  type NetworkView,
  networkFieldNames,
  restartFields,
  type StoredNetwork,
} from '../contract/network.ts';
import type { NetworkStore } from '../store/network-store.ts';
import type { PasswordStore } from '../store/password-store.ts';
import type { Gates } from './gates.ts';
import { configNames, isFixed, overlaid } from './stored-network.ts';

/** A change of where the gateway listens that cannot be made; `details` names the fields. */
export class NetworkError extends Error {
  readonly code = 'VALIDATION_ERROR';
  readonly details: Readonly<Record<string, string>>;

  constructor(details: Readonly<Record<string, string>>) {
    super(
      Object.keys(details).length === 1
        ? `The field ${Object.keys(details)[0]} is wrong.`
        : 'Fields are wrong.',
    );
    this.name = 'NetworkError';
    this.details = details;
  }
}

export interface NetworkDeskContext {
  /** What holds now, with what was kept at the start. */
  readonly config: Config;
  readonly store: NetworkStore;
  readonly gates: Pick<Gates, 'apply' | 'config'>;
  readonly passwords: Pick<PasswordStore, 'list'>;
  /** Where it listens in truth: the configuration may let the system choose, or name what cannot be. */
  readonly listening: () => { readonly host: string; readonly port: number };
  readonly certificate: string | undefined;
  readonly canRestart: boolean;
}

const loopback = /^(?:127\.|::1$|localhost$)/;
const said = {
  flag: 'is said by a flag at the start of the gateway, and is changed there',
  variable: 'is said by a variable at the start of the gateway, and is changed there',
  file: 'is said by the configuration file of the gateway, and is changed there',
} as const;

/** Where the gateway listens, what an administrator may change of it, and what of that needs a start. */
export class NetworkDesk {
  readonly #context: NetworkDeskContext;
  readonly #defaults = readConfig({}, {}, undefined);

  constructor(context: NetworkDeskContext) {
    this.#context = context;
  }

  view(): NetworkView {
    const { config, store, certificate, canRestart } = this.#context;
    const next = this.#with(store.all());
    const { host, port } = this.#context.listening();
    const running = { ...config, ...this.#context.gates.config, host, port };
    const fields = networkFieldNames.map((field) => {
      const name = configNames[field];
      // a port that the system chose is kept over a start where nothing else is said
      const value = field === 'port' && next.port === 0 ? running.port : (next[name] ?? null);
      const source = next.sources[name] ?? 'default';
      return [
        field,
        { value, running: running[name] ?? null, source, editable: !isFixed(config, field) },
      ] as const;
    });
    const view = Object.fromEntries(fields) as Pick<NetworkView, NetworkField>;
    const differs = (field: NetworkField) =>
      JSON.stringify(view[field].value) !== JSON.stringify(view[field].running);
    return {
      ...view,
      certificate_sha256: certificate ?? null,
      restart_needed: restartFields.some(differs),
      can_restart: canRestart,
    };
  }

  /**
   * What can be at once is done: SMPP and mail are listened for at the new place. Everything else is tried out, so that
   * the next start does not fail. Rejects with a `NetworkError` that names what is wrong, and then nothing has changed.
   *
   * @param within runs the writing, where it is to be a part of a larger transaction
   */
  async change(change: NetworkChange, within = (write: () => void) => write()): Promise<void> {
    const { store, gates } = this.#context;
    this.refuse(change);
    const before = store.all();
    const next = this.#with({ ...before, ...withoutNulls(change), ...absent(change) } as StoredNetwork);
    await this.#try(change, next);
    const former = gates.config;
    await gates.apply(next).catch((error: unknown) => {
      const isSmpp = /--smpp/.test((error as Error).message);
      throw new NetworkError({ [isSmpp ? 'smpp_port' : 'mail_port']: (error as Error).message });
    });
    try {
      within(() => store.change(change));
    } catch (error) {
      await gates.apply(former);
      throw error;
    }
  }

  /** Throws a `NetworkError` for what was said at the start, and for a way in from outside without a password. */
  refuse(change: NetworkChange): void {
    const { config, passwords } = this.#context;
    const faults: Record<string, string> = {};
    for (const field of networkFieldNames) {
      if (change[field] === undefined || !isFixed(config, field)) continue;
      faults[field] = said[config.sources[configNames[field]] as keyof typeof said];
    }
    const opens = typeof change.host === 'string' && !loopback.test(change.host);
    const hasPassword = passwords.list().some(({ role, is_set }) => role === 'administrator' && is_set);
    if (opens && !hasPassword)
      faults.host ??= 'can be reached from outside: set a password of the administrator first';
    if (Object.keys(faults).length > 0) throw new NetworkError(faults);
  }

  #with(stored: StoredNetwork): Config {
    const { config } = this.#context;
    const kept = networkFieldNames.filter((field) => !isFixed(config, field));
    const plain = Object.fromEntries(
      kept.map((field) => [configNames[field], this.#defaults[configNames[field]]]),
    );
    const sources = Object.fromEntries(
      Object.entries(config.sources).filter(([, source]) => source !== 'stored'),
    );
    return overlaid({ ...config, ...plain, sources }, stored);
  }

  async #try(change: NetworkChange, next: Config): Promise<void> {
    if (change.host === undefined && change.port === undefined) return;
    const here = this.#context.listening();
    const { host, port } = next;
    if (host === here.host && port === here.port) return;
    try {
      // the gateway itself holds its present port, so there only the address can be tried
      await tryListening(host, port === here.port ? 0 : port);
    } catch (error) {
      const { message, code } = explainListen(error as NodeJS.ErrnoException, host, port);
      throw new NetworkError({ [code === 'no_such_address' ? 'host' : 'port']: message });
    }
  }
}

async function tryListening(host: string, port: number): Promise<void> {
  const server = createServer();
  server.listen({ host, port });
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}

function withoutNulls(change: NetworkChange): object {
  return Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** What a `null` takes away. */
function absent(change: NetworkChange): object {
  return Object.fromEntries(
    Object.entries(change).flatMap(([name, value]) => (value === null ? [[name, undefined]] : [])),
  );
}
