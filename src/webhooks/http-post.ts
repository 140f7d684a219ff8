import { lookup } from 'node:dns/promises';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { addressFault } from './address-rule.ts';
import { explainFailure } from './failure.ts';
import { hostOf } from './target.ts';

/** One address that a name stands for. */
export interface Resolved {
  readonly address: string;
  readonly family: number;
}
/** All addresses of a name. Rejects when there is none. */
export type Resolve = (name: string) => Promise<readonly Resolved[]>;

/** The system's own way to resolve a name, its hosts file among it. */
export const systemResolve: Resolve = (name) => lookup(name, { all: true });

/** What came of one request: a status with the beginning of the answer, or why there was none. */
export interface PostOutcome {
  readonly status: number | undefined;
  readonly text: string;
  readonly error: string | undefined;
}

/** How much of an answer is kept, in characters; no more octets are read than these can take. */
export const keptCharacters = 1_000;
const readOctets = keptCharacters * 4;
const mostSocketsOfHost = 4;
const idleSocketMs = 30_000;
const otherProtocol = 'The receiver would speak another protocol than HTTP.';

/**
 * Sends events by HTTP. Connections are kept and used again. Every address is judged when its connection is made, so a
 * name that leads elsewhere all of a sudden does not help; redirects are answers like any other.
 */
export class HttpPost {
  readonly #resolve: Resolve;
  readonly #http = new HttpAgent(agentOptions);
  readonly #https = new HttpsAgent(agentOptions);

  constructor(resolve: Resolve = systemResolve) {
    this.#resolve = resolve;
  }

  /** Resolves with what came of it and never rejects; an aborted `signal` ends it with what is there by then. */
  async post(
    url: URL,
    body: Buffer,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<PostOutcome> {
    const host = hostOf(url);
    const fault = isIP(host) === 0 ? undefined : addressFault(host, url.protocol);
    if (fault !== undefined) return failed(fault);
    const first = await this.#once(url, body, headers, signal, true);
    // the receiver closed a connection that was kept, just as it was used again: it has not seen this request
    return first === 'stale' ? this.#once(url, body, headers, signal, false) : first;
  }

  #once(
    url: URL,
    body: Buffer,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
    reuse: true,
  ): Promise<PostOutcome | 'stale'>;
  #once(
    url: URL,
    body: Buffer,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
    reuse: false,
  ): Promise<PostOutcome>;
  #once(
    url: URL,
    body: Buffer,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
    reuse: boolean,
  ): Promise<PostOutcome | 'stale'> {
    const isSecure = url.protocol === 'https:';
    const agent = reuse ? (isSecure ? this.#https : this.#http) : false;
    const options = { method: 'POST', headers, agent, lookup: this.#judgedLookup(url.protocol), signal };
    return new Promise((resolve) => {
      const request = (isSecure ? httpsRequest : httpRequest)(url, options);
      let isAnswered = false;
      request.on('error', (error: NodeJS.ErrnoException) => {
        if (isAnswered) return; // what went wrong behind the status only ends its body
        const isStale = reuse && request.reusedSocket && error.code === 'ECONNRESET';
        resolve(isStale && !signal.aborted ? 'stale' : failed(explainFailure(error, signal)));
      });
      // a receiver that switches to another protocol is cut off without a response or an error
      request.on('close', () => {
        if (!isAnswered) resolve(failed(explainFailure(new Error(otherProtocol), signal)));
      });
      request.on('response', (response: IncomingMessage) => {
        isAnswered = true;
        void readBeginning(response).then((text) =>
          resolve({ status: response.statusCode, text, error: undefined }),
        );
      });
      request.end(body);
    });
  }

  /** Lets go of the connections that were kept. */
  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  #judgedLookup(protocol: string): LookupFunction {
    return (name, options, callback) => {
      this.#resolve(name).then(
        (addresses) => {
          const fault = addresses.map(({ address }) => addressFault(address, protocol)).find(Boolean);
          const [first] = addresses;
          if (fault !== undefined || !first) callback(new Error(fault ?? `${name} is not found.`), '', 0);
          else if (options.all) callback(null, [...addresses]);
          else callback(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, '', 0),
      );
    };
  }
}

const agentOptions = {
  keepAlive: true,
  maxSockets: mostSocketsOfHost,
  maxFreeSockets: mostSocketsOfHost,
  timeout: idleSocketMs,
} as const;

function failed(error: string): PostOutcome {
  return { status: undefined, text: '', error };
}

/** The first characters of an answer, as far as they come; the status counts whatever becomes of the rest. */
function readBeginning(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = () => resolve(beginningOf(Buffer.concat(chunks)));
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk.subarray(0, readOctets - length));
      length += chunk.length;
      if (length >= readOctets) response.destroy();
    });
    response.on('end', finish).on('close', finish).on('error', finish);
  });
}

function beginningOf(octets: Buffer): string {
  return Array.from(octets.toString('utf8')).slice(0, keptCharacters).join('');
}
