import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import { join } from 'node:path';
import { app } from './app.ts';
import { ElectronEvent } from './electron-event.ts';

const parentPort = join(import.meta.dirname, '../parent-port.ts');

/** In which order Electron tells of an end: it promises none between the two events. */
type Telling = 'gone, exit' | 'exit, gone' | 'gone only' | 'exit only';

/** A real process with the app's own entry in it. */
class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;

  constructor(entry: string, args: string[], options: Electron.ForkOptions) {
    super();
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.');
    this.#name = options.serviceName ?? 'Node Utility Process';
    const pipe = options.stdio === 'pipe' ? 'pipe' : 'inherit';
    this.#child = fork(entry, args, {
      execArgv: ['--import', parentPort, ...(options.execArgv ?? [])],
      env: (options.env as NodeJS.ProcessEnv) ?? process.env,
      stdio: ['ignore', pipe, pipe, 'ipc'],
    });
    this.stdout = this.#child.stdout;
    this.stderr = this.#child.stderr;
    this.#child.on('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('exit', (code, signal) => this.#ended(code, signal));
    app.beforeExit.push(() => this.#child.kill('SIGKILL'));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  postMessage(message: object): void {
    if (this.#child.connected) this.#child.send(message);
  }

  kill(): boolean {
    return this.#child.kill();
  }

  #ended(status: number | null, signal: NodeJS.Signals | null): void {
    const exitCode = signal === null ? (status ?? 0) : constants.signals[signal];
    const gone = () => {
      if (exitCode === 0) return;
      const reason = signal === null ? 'abnormal-exit' : /KILL|TERM/.test(signal) ? 'killed' : 'crashed';
      const details = {
        type: 'Utility',
        reason,
        exitCode,
        name: this.#name,
        serviceName: 'node.mojom.NodeService',
      };
      app.emit('child-process-gone', new ElectronEvent(), details);
    };
    const exit = () => this.emit('exit', exitCode);
    const events = {
      'gone, exit': [gone, exit],
      'exit, gone': [exit, gone],
      'gone only': [gone],
      'exit only': [exit],
    };
    for (const event of events[utilityProcess.telling]) event();
  }
}

export const utilityProcess = {
  telling: 'gone, exit' as Telling,
  forked: [] as UtilityProcess[],
  fork(entry: string, args: string[] = [], options: Electron.ForkOptions = {}): UtilityProcess {
    const forked = new UtilityProcess(entry, args, options);
    utilityProcess.forked.push(forked);
    return forked;
  },
};
