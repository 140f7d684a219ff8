import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../clock.ts';
import { Connections } from './connections.ts';
import { createApi } from './create-api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { createListener, usualServerLimits } from './listener.ts';
import { explainListen } from './server-error.ts';
import { refuseConnect, refuseMalformed } from './wire-error.ts';

/** Where the server can be reached. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly url: string;
}

const stopDeadlineMs = 4_000;

/** The HTTP server. `start()` listens; `stop()` lets answers that are under way finish. */
export class ApiServer {
  readonly #host: string;
  readonly #port: number;
  readonly #scheme: 'http' | 'https';
  readonly #clock: Clock;
  readonly #stopping = new AbortController();
  readonly #server: Server;
  readonly #connections: Connections;
  readonly #open = new Set<ServerResponse>();
  #stopped: Promise<void> | undefined;

  /** @param port 0 takes a free one */
  constructor(dependencies: ApiDependencies, port: number) {
    this.#host = dependencies.host;
    this.#port = port;
    this.#clock = dependencies.clock;
    const { log } = dependencies;
    const app = createApi(dependencies, this.#stopping.signal);
    this.#scheme = dependencies.tls ? 'https' : 'http';
    const limits = { ...usualServerLimits, ...dependencies.limits };
    this.#connections = new Connections(limits.connections);
    this.#server = createListener(dependencies.tls, limits, (request, response) => {
      this.#track(response);
      app(request, response);
    });
    this.#server.on('connection', (socket) => this.#connections.add(socket));
    this.#server.on('clientError', (error, socket) => this.#refuse(error, socket));
    this.#server.on('connect', refuseConnect);
    this.#server.on('error', (error) => {
      // while it listens: a connection that could not be taken, for example with too many files open
      if (this.#server.listening) log.error({ err: error }, 'A connection could not be accepted');
    });
    this.#server.on('checkExpectation', (request, response) => {
      this.#track(response);
      app(request, response);
    });
  }

  /** Begins to listen. Throws a `ServerError` that says what is in the way. */
  async start(): Promise<ServerAddress> {
    this.#server.listen({ host: this.#host, port: this.#port });
    try {
      await once(this.#server, 'listening');
    } catch (error) {
      throw explainListen(error as NodeJS.ErrnoException, this.#host, this.#port);
    }
    const { port } = this.#server.address() as AddressInfo;
    return { host: this.#host, port, url: `${this.#scheme}://${urlHost(this.#host)}:${port}` };
  }

  /**
   * Takes no new connection or request, ends the event streams, waits for the answers under way, and after a few
   * seconds cuts off what is left.
   */
  stop(): Promise<void> {
    this.#stopped ??= this.#server.listening ? this.#stop() : undefined;
    return this.#stopped ?? Promise.resolve();
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const response of this.#open) response.shouldKeepAlive = false;
    const deadline = this.#clock.after(stopDeadlineMs, () => this.#connections.destroyAll());
    await closed;
    deadline.cancel();
  }

  /**
   * What cannot be read may follow a request that was: that one still gets its own answer (a text may have been
   * accepted), and then the connection ends.
   */
  #refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
    const underWay = [...this.#open].filter(({ req }) => req.socket === socket && req.complete);
    if (underWay.length === 0) return refuseMalformed(error, socket);
    for (const response of underWay) {
      response.shouldKeepAlive = false;
      response.on('close', () => socket.destroy());
    }
  }

  #track(response: ServerResponse): void {
    this.#open.add(response);
    const answered = this.#connections.asked(response.req.socket);
    response.on('close', () => {
      this.#open.delete(response);
      answered();
      if (this.#stopping.signal.aborted) setImmediate(() => this.#server.closeIdleConnections());
    });
  }
}

/** How to reach the address from the machine itself. */
function urlHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
