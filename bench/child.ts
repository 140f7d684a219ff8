import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A module of this folder in a process of its own, so that it does not share a core's time with what is measured. */
export class Child<Report extends { readonly type: string }> {
  readonly #process: ChildProcess;
  readonly #name: string;

  constructor(module: string, options: object) {
    this.#name = module;
    this.#process = fork(join(import.meta.dirname, module), [JSON.stringify(options)], { execArgv: [] });
    this.#process.setMaxListeners(0);
    endWithUs(this.#process);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  tell(order: object): void {
    this.#process.send(order);
  }

  /** The next report of this type. Rejects when the process ends first or says nothing in time. */
  next<Type extends Report['type']>(type: Type, withinMs = 60_000): Promise<Extract<Report, { type: Type }>> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.#process.off('message', onMessage).off('exit', onExit);
        act();
      };
      const onMessage = (report: unknown) => {
        if ((report as Report).type === type)
          settle(() => resolve(report as Extract<Report, { type: Type }>));
      };
      const onExit = () => settle(() => reject(new Error(`${this.#name} ended before "${type}".`)));
      const timer = setTimeout(
        () => settle(() => reject(new Error(`${this.#name} did not tell "${type}" in time.`))),
        withinMs,
      );
      this.#process.on('message', onMessage).on('exit', onExit);
    });
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await exited;
  }
}

/** Ends a process that would outlive this one, however this one ends. */
export function endWithUs(child: ChildProcess): void {
  const end = () => void child.kill('SIGTERM');
  process.on('exit', end);
  child.on('exit', () => process.off('exit', end));
}

/** In the child: the options that it was started with. */
export function optionsOf<Options>(): Options {
  return JSON.parse(process.argv[2] ?? '{}') as Options;
}

/** In the child: tells the parent. */
export function report(message: object): void {
  process.send?.(message);
}
