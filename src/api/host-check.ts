import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { ApiError } from './api-error.ts';
import { isLoopback, plainAddress } from './loopback.ts';
import { nameOf, plainName, requestHost } from './request-host.ts';

const originHeader = /^https?:\/\/([^/?#@\s]+)$/i;

/**
 * Refuses requests whose host, or Origin where a browser sends one, is not this gateway: else any web page could make
 * its own name point to 127.0.0.1 and read messages (DNS rebinding).
 *
 * @param names the address that the server listens on, and what the administrator added
 */
export function hostCheck(names: readonly string[]): RequestHandler {
  const known = new Set(['localhost', ...names.map(withoutBrackets)].map(plainName));
  const isOurs = (host: string | undefined, request: IncomingMessage) => {
    const name = host === undefined ? undefined : nameOf(host);
    if (!name) return false;
    return known.has(name) || isLoopback(name) || name === ownAddress(request);
  };
  return (request, _response, next) => {
    const host = requestHost(request);
    if (!isOurs(host?.text, request)) throw foreign(host?.place ?? 'Host header', host?.text);
    const { origin } = request.headers;
    if (origin !== undefined && !isOurs(originHeader.exec(origin)?.[1], request)) {
      throw foreign('Origin header', origin);
    }
    next();
  };
}

/** Whether the request comes from a page of this same address: the scheme is a reverse proxy's business. */
export function isSameOrigin(request: IncomingMessage): boolean {
  const origin = originHeader.exec(request.headers.origin ?? '')?.[1];
  const host = requestHost(request)?.text ?? '';
  return origin !== undefined && withoutDefaultPort(origin) === withoutDefaultPort(host);
}

/** The end of the connection that is here: on a server that listens on all addresses, the one that was called. */
function ownAddress(request: IncomingMessage): string | undefined {
  const address = request.socket.localAddress;
  return address === undefined ? undefined : plainAddress(address);
}

function withoutBrackets(name: string): string {
  return name.replace(/^\[(.*)\]$/, '$1');
}

function withoutDefaultPort(host: string): string {
  return host.toLowerCase().replace(/:(?:80|443)$/, '');
}

function foreign(place: string, value: string | undefined): ApiError {
  const shown = value === undefined || value === '' ? 'none' : `"${value.slice(0, 100)}"`;
  return new ApiError(
    'FORBIDDEN',
    `The ${place} (${shown}) is not a name of this gateway. --allow-host adds one.`,
  );
}
