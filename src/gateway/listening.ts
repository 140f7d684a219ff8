import type { ApiServer, ServerAddress } from '../api/server.ts';
import { type Config, defaultHost, defaultPort } from '../config.ts';
import type { Logger } from '../log.ts';

/**
 * Where the HTTP server listens. An address that an administrator has set and that this machine has no more must not keep
 * the gateway, and with it the page on which it could be set otherwise, from coming up.
 */
export class Listening {
  readonly #config: Pick<Config, 'host' | 'port' | 'sources'>;
  readonly #log: Logger;
  #at: Pick<ServerAddress, 'host' | 'port'>;

  constructor(config: Pick<Config, 'host' | 'port' | 'sources'>, log: Logger) {
    this.#config = config;
    this.#log = log;
    this.#at = config;
  }

  /** Where it listens, or is to. */
  get at(): Pick<ServerAddress, 'host' | 'port'> {
    return this.#at;
  }

  /** Begins to listen. Throws a `ServerError` that says what is in the way. */
  async start(server: ApiServer): Promise<ServerAddress> {
    const { host, port } = this.#config.sources;
    const address = await server.start().catch((error: unknown) => {
      if (host !== 'stored' && port !== 'stored') throw error;
      this.#log.error(
        { err: error },
        'cannot listen where the settings say: listening where it is by default',
      );
      return server.start({
        ...(host === 'stored' ? { host: defaultHost } : {}),
        ...(port === 'stored' ? { port: defaultPort } : {}),
      });
    });
    this.#at = address;
    return address;
  }
}
