import { execFile } from 'node:child_process';
import { Agent, type RequestOptions, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { instantMs } from './stopwatch.ts';

export interface Load {
  /** POST where none is given. */
  readonly method?: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a crowd of callers got. */
export interface CrowdResult {
  readonly accepted: number;
  readonly perSecond: number;
  readonly p99Ms: number;
}

/** What of autocannon's JSON is used. */
interface AutocannonResult {
  readonly '2xx': number;
  readonly non2xx: number;
  readonly errors: number;
  readonly duration: number;
  readonly latency: { readonly p99: number };
}

/** `connections` callers, each of which asks again as soon as it has its answer, all of them together at most `perSecond` times a second; autocannon, in its own process. */
export async function crowd(
  load: Load,
  connections: number,
  seconds: number,
  perSecond?: number,
): Promise<CrowdResult> {
  const program = fileURLToPath(import.meta.resolve('autocannon'));
  const flags = ['-j', '-n', '-m', load.method ?? 'POST', '-c', String(connections), '-d', String(seconds)];
  if (load.body !== undefined) flags.push('-b', load.body);
  if (perSecond !== undefined) flags.push('-R', String(perSecond));
  const headers = Object.entries(load.headers).flatMap(([name, value]) => ['-H', `${name}=${value}`]);
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...flags, ...headers, load.url]);
  const result = JSON.parse(stdout) as AutocannonResult;
  if (result.non2xx + result.errors > 0) {
    throw new Error(`${result.non2xx} requests were refused and ${result.errors} failed.`);
  }
  const accepted = result['2xx'];
  return { accepted, perSecond: accepted / result.duration, p99Ms: result.latency.p99 };
}

/** One caller on one connection: how long each of its requests took, in milliseconds. */
export async function caller({ url, headers, body = '' }: Load, requests: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const took: number[] = [];
  for (let sent = 0; sent < requests; sent++) {
    const begun = instantMs();
    await ask(
      url,
      { method: 'POST', agent, headers: { ...headers, 'Content-Length': Buffer.byteLength(body) } },
      body,
    );
    took.push(instantMs() - begun);
  }
  agent.destroy();
  return took;
}

/** Resolves with the body of an answer in the 200s. */
export function ask(url: string, options: RequestOptions, body?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request(url, options, (response) => {
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        answer += piece;
      });
      response.on('end', () => {
        const { statusCode = 0 } = response;
        if (statusCode >= 200 && statusCode < 300) resolve(answer);
        else reject(new Error(`The answer was ${statusCode}: ${answer}`));
      });
    });
    asking.on('error', reject);
    asking.end(body);
  });
}
