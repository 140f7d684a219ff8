import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type * as standIn from './stand-in/index.ts';

const root = join(import.meta.dirname, '../..');
const register = join(import.meta.dirname, 'stand-in/register.ts');
/** When to give up on what never comes; nothing is proven by it. */
const patienceMs = 60_000;

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

export interface DesktopOptions {
  /** A folder that is the person's home; it holds all that the app keeps. */
  readonly home: string;
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
  /** The built program; the repository's own unless said otherwise. */
  readonly app?: string;
}

/** The built desktop app on the stand-in for Electron, in a process of its own, with the test as the person before it. */
export class DesktopApp {
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #asked = 0;
  #output = '';

  constructor({ home, args = [], env = {}, app = root }: DesktopOptions) {
    this.process = fork(join(app, 'dist/electron/main.js'), [...args], {
      execArgv: ['--import', register],
      cwd: home,
      env: {
        ...process.env,
        POSTERN_DATA_DIR: join(home, 'data'),
        POSTERN_PORT: '0',
        POSTERN_DISCOVERY: '0',
        POSTERN_LOG_LEVEL: 'warn',
        STAND_IN_HOME: home,
        STAND_IN_APP: app,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.ended = once(this.process, 'exit').then(([code]) => code as number | null);
    this.process.on('message', (answer: Answer) => this.#waiting.get(answer.id)?.(answer));
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
  }

  /** What it and its gateway wrote. */
  get output(): string {
    return this.#output;
  }

  /** Runs `work` in the main process; it must be a function without anything from outside itself. */
  async evaluate<Result, Argument = undefined>(
    work: (electron: typeof standIn, argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result> {
    const id = ++this.#asked;
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.process.send({ id, source: String(work), argument });
    const gone = this.ended.then((code): Answer => ({ id, error: `it ended with ${code}: ${this.#output}` }));
    const { value, error } = await Promise.race([answered, gone]);
    this.#waiting.delete(id);
    if (error !== undefined) throw new Error(error);
    return value as Result;
  }

  /** Waits until `work`, run in the main process, is true for something, and answers that. */
  async until<Result, Argument = undefined>(
    work: (electron: typeof standIn, argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Exclude<NonNullable<Result>, false>> {
    try {
      return (await vi.waitUntil(() => this.evaluate(work, argument), {
        timeout: patienceMs,
        interval: 20,
      })) as Exclude<NonNullable<Result>, false>;
    } catch (error) {
      throw new Error(`waited in vain for ${work}\n${error}\n${this.#output.slice(-4_000)}`);
    }
  }

  /** The address of the gateway whose page the window shows by now. */
  showsGateway(): Promise<string> {
    return this.until(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .map(({ webContents }) => webContents.page)
        .filter((page) => page?.url.startsWith('http') && page.status === 200)
        .map((page) => new URL(page?.url ?? '').origin)
        .at(0),
    );
  }

  async quit(): Promise<number | null> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return this.process.exitCode;
    this.evaluate(({ app }) => app.quit()).catch(() => undefined);
    return this.ended;
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }
}

/** A person's home that is empty; `forget` takes it away. */
export function newHome(): { readonly home: string; readonly forget: () => void } {
  const home = mkdtempSync(join(tmpdir(), 'postern-home-'));
  return { home, forget: () => rmSync(home, { recursive: true, force: true }) };
}
