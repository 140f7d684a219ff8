import { once } from 'node:events';
import type { RequestListener, Server, ServerResponse } from 'node:http';
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
  /** The answer to the request that came last on each connection. */
  readonly #latest = new WeakMap<Duplex, ServerResponse>();
  /** Connections on which a request had its answer before all of it had come. */
  readonly #answeredEarly = new WeakSet<Duplex>();
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
    const answer: RequestListener = (request, response) => {
      if (this.#track(response)) app(request, response);
    };
    this.#server = createListener(dependencies.tls, limits, answer);
    this.#server.on('connection', (socket) => this.#connections.add(socket));
    this.#server.on('clientError', (error, socket) => this.#refuse(error, socket));
    this.#server.on('connect', refuseConnect);
    this.#server.on('error', (error) => {
      // while it listens: a connection that could not be taken, for example with too many files open
      if (this.#server.listening) log.error({ err: error }, 'A connection could not be accepted');
    });
    this.#server.on('checkExpectation', answer);
  }

  /** Begins to listen, where nothing else is said where it was made to. Throws a `ServerError` that says what is in the way. */
  async start(at: { readonly host?: string; readonly port?: number } = {}): Promise<ServerAddress> {
    const { host = this.#host, port: wanted = this.#port } = at;
    this.#server.listen({ host, port: wanted });
    try {
      await once(this.#server, 'listening');
    } catch (error) {
      throw explainListen(error as NodeJS.ErrnoException, host, wanted);
    }
    const { port } = this.#server.address() as AddressInfo;
    return { host, port, url: `${this.#scheme}://${urlHost(host)}:${port}` };
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
   * accepted), and then the connection ends. What is wrong with the rest of a request that had its answer is no second
   * one: whoever reads answers in order would take it for that of the next request.
   */
  #refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
    if (this.#answeredEarly.has(socket)) return void socket.destroy();
    const underWay = [...this.#open].filter(({ req }) => req.socket === socket && req.complete);
    if (underWay.length === 0) return refuseMalformed(error, socket);
    for (const response of underWay) {
      response.shouldKeepAlive = false;
      response.on('close', () => socket.destroy());
    }
  }

  /**
   * False for a request behind one that ends its connection: nobody could be told what became of it, and where the one
   * before it was refused for how it is written, this may be a part of that.
   */
  #track(response: ServerResponse): boolean {
    const { req: request } = response;
    const { socket } = request;
    const before = this.#latest.get(socket);
    if (before && isLast(before)) return false;
    this.#latest.set(socket, response);
    this.#open.add(response);
    this.#answeredEarly.delete(socket);
    const answered = this.#connections.asked(socket);
    response.on('close', () => {
      this.#open.delete(response);
      if (!request.complete) this.#answeredEarly.add(socket);
      answered();
      if (this.#stopping.signal.aborted) setImmediate(() => this.#server.closeIdleConnections());
    });
    return true;
  }
}

/** Whether its connection ends behind it, as the client wanted or the answer says. */
function isLast(response: ServerResponse): boolean {
  return !response.shouldKeepAlive || /^close$/i.test(String(response.getHeader('Connection') ?? ''));
}

/** How to reach the address from the machine itself. */
function urlHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
