import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { ApiError } from './api-error.ts';
import { isLoopback, plainAddress } from './loopback.ts';

const hostHeader = /^(?:\[([\da-f:.]+)\]|([a-z\d._-]+))(?::\d{1,5})?$/i;
const originHeader = /^https?:\/\/([^/?#@\s]+)$/i;

/**
 * Refuses requests whose Host, or Origin where a browser sends one, is not this gateway: else any web page could make
 * its own name point to 127.0.0.1 and read messages (DNS rebinding).
 *
 * @param names the address that the server listens on, and what the administrator added
 */
export function hostCheck(names: readonly string[]): RequestHandler {
  const known = new Set(['localhost', ...names.map(withoutBrackets)].map(plainName));
  const isOurs = (host: string | undefined, request: IncomingMessage) => {
    const name = host === undefined ? undefined : hostnameOf(host);
    if (name === undefined) return false;
    return known.has(name) || isLoopback(name) || name === ownAddress(request);
  };
  return (request, _response, next) => {
    const { host, origin } = request.headers;
    if (!isOurs(host, request)) throw foreign('Host', host);
    if (origin !== undefined && !isOurs(originHeader.exec(origin)?.[1], request)) {
      throw foreign('Origin', origin);
    }
    next();
  };
}

/** Whether the request comes from a page of this same address: the scheme is a reverse proxy's business. */
export function isSameOrigin(request: IncomingMessage): boolean {
  const origin = originHeader.exec(request.headers.origin ?? '')?.[1];
  return (
    origin !== undefined && withoutDefaultPort(origin) === withoutDefaultPort(request.headers.host ?? '')
  );
}

/** The name or address in a Host header, without its port. */
function hostnameOf(host: string): string | undefined {
  const match = hostHeader.exec(host);
  const name = match?.[1] ?? match?.[2];
  return name === undefined ? undefined : plainName(name);
}

/** The end of the connection that is here: on a server that listens on all addresses, the one that was called. */
function ownAddress(request: IncomingMessage): string | undefined {
  const address = request.socket.localAddress;
  return address === undefined ? undefined : plainAddress(address);
}

function plainName(name: string): string {
  return plainAddress(name).replace(/\.$/, '');
}

function withoutBrackets(name: string): string {
  return name.replace(/^\[(.*)\]$/, '$1');
}

function withoutDefaultPort(host: string): string {
  return host.toLowerCase().replace(/:(?:80|443)$/, '');
}

function foreign(header: string, value: string | undefined): ApiError {
  const shown = value === undefined || value === '' ? 'none' : `"${value.slice(0, 100)}"`;
  return new ApiError(
    'FORBIDDEN',
    `The ${header} header (${shown}) is not a name of this gateway. --allow-host adds one.`,
  );
}
