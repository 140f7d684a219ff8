import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { ApiError } from './api-error.ts';
import { plainAddress } from './loopback.ts';

/** RFC 3986, 3.2.2 and 3.2.3: an address in brackets or a name, either with a port; a port may be left empty. */
const hostAndPort = /^(?:\[([\da-f:.]+)\]|((?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})*))(?::\d*)?$/i;
const absoluteTarget = /^https?:\/\/([^/?#]*)/i;

/** What a request says it is for. */
export interface RequestHost {
  /** As it stands in the request, with its port. */
  readonly text: string;
  /** Where it stands, for whoever is refused. */
  readonly place: 'Host header' | 'request target';
}

/**
 * The host that a request is for: the one in the request target where that is a whole address, and then whatever the
 * Host header says (RFC 9112, 3.2.2), else the one in the Host header. Undefined for HTTP/1.0 without that header.
 *
 * @throws ApiError 400 where RFC 9112, 3.2 wants it: for several Host headers, none in HTTP/1.1, or one that is no host;
 *   and for a target that is neither a path nor an address, or names no host or a user (RFC 9110, 4.2.1 and 4.2.4)
 */
export function requestHost(request: IncomingMessage): RequestHost | undefined {
  // a line end within the target makes one of it: what follows, the version among it, is read as headers
  if (request.httpVersionMajor < 1) throw bad('The first line of a request must end in "HTTP/1.1".');
  const header = hostHeader(request);
  const target = request.url ?? '';
  if (target.startsWith('/') || target === '*') {
    return header === undefined ? undefined : { text: header, place: 'Host header' };
  }
  const text = absoluteTarget.exec(target)?.[1];
  if (!text || !nameOf(text)) throw bad('The request target must be a path, or an http address with a host.');
  return { text, place: 'request target' };
}

/** The name or address in `host[:port]`, in the form that is compared; undefined when it is no host at all. */
export function nameOf(hostText: string): string | undefined {
  const [, address, name] = hostAndPort.exec(hostText) ?? [];
  if (address !== undefined && isIP(address) !== 6) return undefined;
  const found = address ?? name;
  return found === undefined ? undefined : plainName(found);
}

/** `localhost.`, the name from the root of all names down, is `localhost`. */
export function plainName(name: string): string {
  return plainAddress(name).replace(/\.$/, '');
}

function hostHeader({ headersDistinct, httpVersion }: IncomingMessage): string | undefined {
  const hosts = headersDistinct.host ?? [];
  if (hosts.length > 1) throw bad('A request must have one Host header; this one has several.');
  const host = hosts[0];
  if (host === undefined && httpVersion === '1.1')
    throw bad('A request of HTTP/1.1 must have a Host header.');
  if (host !== undefined && nameOf(host) === undefined) {
    throw bad(`The Host header "${host.slice(0, 100)}" is not a host and a port.`);
  }
  return host;
}

/** The connection ends: between here and the client somebody may have read the request differently. */
function bad(message: string): ApiError {
  return new ApiError('BAD_REQUEST', message, { headers: { Connection: 'close' } });
}
