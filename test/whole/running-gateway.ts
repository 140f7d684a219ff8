import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { Message } from '../../src/contract/message.ts';
import type { ModemView, OwnNumber } from '../../src/contract/modem.ts';
import { makeKey } from './api-key.ts';

/** The built program, as a user runs it. */
export const program = process.env.POSTERN_PROGRAM ?? join(import.meta.dirname, '../../dist/gateway/cli.js');

/**
 * A child inherits the master sides of the pseudo terminals that this process holds, and while anybody holds a master
 * its slave never hears that it was unplugged. So they are closed before the program takes the shell's place.
 */
const withoutInheritedFiles =
  'for number in $(ls /dev/fd); do [ "$number" -gt 2 ] && eval "exec $number>&-"; done; exec "$@"';

/** When to give up on what never comes; nothing is proven by it, and a machine may be busy. */
const startWithinMs = 60_000;
const comesWithinMs = 120_000;
/** How often to ask: a process that is asked all the time gets nothing else done. */
const askAgainMs = 40;

/** What to run where it is not the built program on the Node.js of the tests. */
interface Other {
  readonly program?: string;
  /** Options for Node.js itself. */
  readonly node?: readonly string[];
  /** Words that stand before all that, such as a program that runs another one within limits. */
  readonly within?: readonly string[];
}

/** A gateway as a child process on a data directory of its own, talked to over HTTP. */
export class RunningGateway {
  readonly dataDir: string;
  readonly url: string;
  readonly key: string;
  readonly process: ChildProcess;
  readonly #stderr: string[];

  private constructor(dataDir: string, url: string, key: string, child: ChildProcess, stderr: string[]) {
    this.dataDir = dataDir;
    this.url = url;
    this.key = key;
    this.process = child;
    this.#stderr = stderr;
  }

  /** Starts `postern serve` and makes a key; `dataDir` continues an earlier run. */
  static async start(
    flags: readonly string[],
    options: Other & {
      readonly dataDir?: string;
      readonly env?: Record<string, string>;
      /** Of an earlier run; one is made where none is given. */
      readonly key?: string;
    } = {},
  ): Promise<RunningGateway> {
    const dataDir = options.dataDir ?? (await temporaryDataDir());
    const command = nodeCommand(options);
    const args = [...command, 'serve', '--data-dir', dataDir, '--port', '0', '--no-discovery', ...flags];
    const child = spawn('/bin/bash', ['-c', withoutInheritedFiles, 'bash', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, POSTERN_LOG_LEVEL: 'info', ...options.env },
    });
    const stderr: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
    const url = await readyUrl(child, stderr).catch((error: unknown) => {
      child.kill('SIGKILL'); // else this process would wait for it for ever
      throw error;
    });
    return new RunningGateway(dataDir, url, options.key ?? makeKey(dataDir), child, stderr);
  }

  /** What it wrote to standard error so far. */
  get log(): string {
    return this.#stderr.join('');
  }

  async request(path: string, init: RequestInit = {}): Promise<{ status: number; body: never }> {
    const response = await fetch(`${this.url}${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${this.key}`, 'Content-Type': 'application/json', ...init.headers },
    }).catch((cause: unknown) => {
      throw new Error(`${path} was not answered. ${this.#fate}`, { cause });
    });
    return { status: response.status, body: (await response.json()) as never };
  }

  /** Whether it still runs, and what it said last. */
  get #fate(): string {
    const { exitCode, signalCode } = this.process;
    const ended = exitCode ?? signalCode;
    return `${ended === null ? 'The gateway runs' : `The gateway ended (${ended})`}: ${this.log.slice(-4_000)}`;
  }

  async send(from: string, to: string, body: string, more: object = {}): Promise<string> {
    const request = JSON.stringify({ from, to, body, ...more });
    const answer = await this.request('/v1/sms/send', { method: 'POST', body: request });
    if (answer.status !== 202) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return (answer.body as { data: { message_id: string } }).data.message_id;
  }

  async message(id: string): Promise<Message> {
    return ((await this.request(`/v1/sms/${id}`)).body as { data: Message }).data;
  }

  /** All messages that a query finds, newest first. */
  async messages(query = ''): Promise<Message[]> {
    const all: Message[] = [];
    for (let page = 1; ; page++) {
      const { body } = await this.request(`/v1/sms?per_page=100&page=${page}&${query}`);
      const { data, meta } = body as { data: Message[]; meta: { total_pages: number } };
      all.push(...data);
      if (page >= meta.total_pages) return all;
    }
  }

  async modems(): Promise<ModemView[]> {
    return ((await this.request('/v1/modems')).body as { data: ModemView[] }).data;
  }

  async numbers(): Promise<OwnNumber[]> {
    return ((await this.request('/v1/numbers')).body as { data: OwnNumber[] }).data;
  }

  /** Resolves when all these numbers can send. */
  async online(...numbers: string[]): Promise<void> {
    await this.until('numbers online', async () => {
      const online = new Set(
        (await this.numbers()).filter((entry) => entry.online).map(({ number }) => number),
      );
      return numbers.every((number) => online.has(number));
    });
  }

  /** Resolves when a message has one of these statuses. */
  async reaches(id: string, ...statuses: Message['status'][]): Promise<Message> {
    await this.until(`${id} to be ${statuses.join(' or ')}`, async () =>
      statuses.includes((await this.message(id)).status),
    );
    return this.message(id);
  }

  /** Resolves when all these messages have that status, asking for no more than one page at a time. */
  async allReach(ids: readonly string[], status: Message['status']): Promise<void> {
    await this.until(`${ids.length} messages to be ${status}`, async () => {
      const reached = new Set((await this.messages(`status=${status}`)).map(({ message_id }) => message_id));
      return ids.every((id) => reached.has(id));
    });
  }

  until(what: string, condition: () => Promise<boolean> | boolean, withinMs?: number): Promise<void> {
    return until(what, condition, () => this.log.slice(-4_000), withinMs);
  }

  /** Tells it to stop, as a service manager does; answers its exit status. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return this.process.exitCode;
    this.process.kill(signal);
    const [status] = (await once(this.process, 'exit')) as [number | null];
    return status;
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    await this.stop('SIGKILL');
  }
}

export async function temporaryDataDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'postern-whole-'));
}

export async function removeDataDir(dataDir: string): Promise<void> {
  await rm(dataDir, { recursive: true, force: true });
}

/** Runs a command to its end; answers its standard output. */
export async function command(args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args]);
  return stdout.trim();
}

/** Runs a command that may fail. */
export async function tryCommand(
  args: readonly string[],
  other: Other = {},
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const [node = '', ...before] = nodeCommand(other);
  const child = spawn(node, [...before, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const out: string[] = [];
  const err: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stdout: out.join(''), stderr: err.join('') };
}

function nodeCommand(other: Other): string[] {
  return [...(other.within ?? []), process.execPath, ...(other.node ?? []), other.program ?? program];
}

/** Asks again and again, without a fixed sleep that would be too short on a slow machine. */
export async function until(
  what: string,
  condition: () => Promise<boolean> | boolean,
  context: () => string = () => '',
  withinMs = comesWithinMs,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline)
      throw new Error(`waited ${withinMs} ms in vain for ${what}\n${context()}`);
    await new Promise((resolve) => setTimeout(resolve, askAgainMs));
  }
}

async function readyUrl(child: ChildProcess, stderr: readonly string[]): Promise<string> {
  if (!child.stdout) throw new Error('no standard output');
  const lines = createInterface({ input: child.stdout });
  const line = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready in time: ${stderr.join('')}`)), startWithinMs);
    lines.once('line', (text) => {
      clearTimeout(timer);
      resolve(text);
    });
    child.once('exit', () => reject(new Error(`ended before it was ready: ${stderr.join('')}`)));
  });
  const url = /^Postern ready: (https?:\/\/\S+)$/.exec(line)?.[1];
  if (!url) throw new Error(`unexpected first line: ${line}`);
  return url;
}
