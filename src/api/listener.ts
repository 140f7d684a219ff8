import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { ApiDependencies } from './dependencies.ts';

/** What clients may take of the server. */
export interface ServerLimits {
  /** In this time the address and all headers of a request must have come, and a TLS handshake must be done. */
  readonly headersMs: number;
  /** In this time the whole of a request must have come. */
  readonly requestMs: number;
  /** Connections at once. */
  readonly connections: number;
}

export const usualServerLimits: ServerLimits = { headersMs: 10_000, requestMs: 30_000, connections: 1_000 };

const keepAliveTimeout = 65_000;
/** Both times are looked at no more often than this. */
const longestCheckMs = 5_000;
/** A connection on which nothing at all moves: its other end is gone. Streams have their heartbeat. */
const silenceTimeoutMs = 120_000;

/** An HTTP server, or over TLS one of HTTPS with nothing older than TLS 1.2, that cuts off who takes too long. */
export function createListener(
  tls: ApiDependencies['tls'],
  { headersMs, requestMs }: ServerLimits,
  listen: RequestListener,
): Server {
  const options = {
    headersTimeout: Math.min(headersMs, requestMs),
    requestTimeout: requestMs,
    keepAliveTimeout,
    connectionsCheckingInterval: Math.min(longestCheckMs, Math.ceil(headersMs / 2)),
    maxHeaderSize: 16 * 1024,
    requireHostHeader: false, // ours to refuse, with an envelope
    keepAlive: true,
  };
  const server = tls
    ? createTlsServer(
        { ...options, cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2', handshakeTimeout: headersMs },
        listen,
      )
    : createServer(options, listen);
  server.timeout = silenceTimeoutMs;
  return server;
}
