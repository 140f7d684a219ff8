import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { endWithUs } from './child.ts';
import { instantMs } from './stopwatch.ts';

const checkout = join(import.meta.dirname, '..');
/** The program in its built form: type-stripped sources would start slower and weigh more. */
export const commandLine = process.env.POSTERN_BENCH_CLI ?? join(checkout, 'dist/gateway/cli.js');
/** For example `--cpu-prof --cpu-prof-dir=/tmp/profiles`. */
/** What every way of starting it gives to Node. */
const asInstalled = ['--max-semi-space-size=6'];
const nodeOptions = process.env.POSTERN_BENCH_NODE_OPTIONS?.split(' ').filter(Boolean) ?? [];

const readyLine = 'Postern ready: ';
const stopWithinMs = 12_000;

/** What the gateway's process is started with beside its own. */
export interface StartOptions {
  readonly nodeOptions?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** The gateway as a process of its own on a data directory that is thrown away. */
export class Postern {
  readonly url: string;
  readonly key: string;
  readonly #process: ChildProcess;
  readonly #dataDir: string;
  readonly #isOwn: boolean;
  /** When it said that it was ready, by `instantMs`. */
  readonly readyAt: number;

  private constructor(
    url: string,
    key: string,
    child: ChildProcess,
    dataDir: string,
    readyAt: number,
    isOwn: boolean,
  ) {
    this.url = url;
    this.key = key;
    this.#process = child;
    this.#dataDir = dataDir;
    this.readyAt = readyAt;
    this.#isOwn = isOwn;
  }

  /** Starts it with modems, which may not be there yet, on a new data directory or on one that outlives it. */
  static async start(
    modems: readonly { readonly path: string; readonly number: string }[],
    existing?: string,
    { nodeOptions: own = [], environment = {} }: StartOptions = {},
  ): Promise<Postern> {
    if (!existsSync(commandLine)) throw new Error(`There is no ${commandLine}. Run "npm run setup" first.`);
    const dataDir = existing ?? (await mkdtemp(join(tmpdir(), 'postern-bench-')));
    const log = join(dataDir, 'log');
    const flags = ['serve', '--data-dir', dataDir, '--port', '0', '--no-discovery'];
    const child = spawn(
      process.execPath,
      [...asInstalled, ...nodeOptions, ...own, commandLine, ...flags, ...modems.flatMap(modemFlag)],
      { stdio: ['ignore', 'pipe', openSync(log, 'w')], env: { ...process.env, ...environment } },
    );
    endWithUs(child);
    const ready = await firstReadyLine(child);
    if (ready === undefined) throw new Error(`Postern did not start:\n${readFileSync(log, 'utf8')}`);
    const readyAt = instantMs();
    return new Postern(ready, await createKey(dataDir), child, dataDir, readyAt, existing === undefined);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  get headers(): Record<string, string> {
    return { Authorization: `Bearer ${this.key}`, 'Content-Type': 'application/json' };
  }

  async get<Answer>(path: string): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, { headers: this.headers });
    return (await response.json()) as Answer;
  }

  /** How many messages a query finds. */
  async count(query: string): Promise<number> {
    const { meta } = await this.get<{ meta: { total: number } }>(`/v1/sms?per_page=1&${query}`);
    return meta.total;
  }

  /** Puts `count` texts into the queue. */
  async queue(count: number, text: { readonly from: string; readonly to: string }): Promise<void> {
    const send = async (place: number) => {
      const body = JSON.stringify({ ...text, body: `Text ${place} of the benchmark, one segment long.` });
      const response = await fetch(`${this.url}/v1/sms/send`, {
        method: 'POST',
        headers: this.headers,
        body,
      });
      if (response.status !== 202) throw new Error(`A text was answered ${response.status}.`);
    };
    for (let first = 1; first <= count; first += 32) {
      const places = Array.from({ length: Math.min(32, count - first + 1) }, (_, index) => first + index);
      await Promise.all(places.map(send));
    }
  }

  async stop(): Promise<void> {
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const impatience = setTimeout(() => this.#process.kill('SIGKILL'), stopWithinMs);
    await exited;
    clearTimeout(impatience);
    if (this.#isOwn) await rm(this.#dataDir, { recursive: true, force: true });
  }
}

const modemFlag = ({ path, number }: { readonly path: string; readonly number: string }) => [
  '--modem',
  `path=${path},number=${number}`,
];

async function firstReadyLine(child: ChildProcess): Promise<string | undefined> {
  if (!child.stdout) return undefined;
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith(readyLine)) return line.slice(readyLine.length);
  }
  return undefined;
}

async function createKey(dataDir: string): Promise<string> {
  const words = ['keys', 'create', '--name', 'benchmark', '--scope', 'admin', '--data-dir', dataDir];
  const { stdout } = await promisify(execFile)(process.execPath, [commandLine, ...words], {
    timeout: 20_000,
  });
  return stdout.trim();
}
