import type { Glance, PersonNotice } from '../src/contract/glance.ts';
import { countFailure, restartDelayMs } from './back-off.ts';
import { type BackendSettings, parseFromBackend, type ToBackend } from './backend-messages.ts';
import { endReason, fatalReason } from './end-reason.ts';
import { LastWords } from './last-words.ts';
import type { Timer, Timing } from './timing.ts';
import type { UtilityHandle } from './utility-handle.ts';

/**
 * A start that is neither ready nor failed by then hangs. Before the gateway knows its settings a person may be asked for
 * leave to read the key of its secrets, who takes as long as it takes.
 */
export const startDeadlineMs = 60_000;
/** The gateway itself stops within 10 s; a little more for the process to end. */
export const stopDeadlineMs = 12_000;

/**
 * `waiting`: the gateway has ended, for the `crashes`th time since the app started, and is started again in
 * `retryInMs`, counted from when it ended.
 */
export type BackendState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  | {
      readonly kind: 'waiting';
      readonly reason: string | null;
      readonly retryInMs: number;
      readonly crashes: number;
    }
  | { readonly kind: 'stopping' };

export interface BackendProcessOptions {
  /** Starts a process that Electron's events call by `name`, which no other one has. */
  readonly fork: (name: string) => UtilityHandle;
  readonly timing: Timing;
  /** Asked before every start. Where it fails the start does, for the reason that it gives. */
  readonly settings: () => Promise<BackendSettings>;
  readonly onState: (state: BackendState) => void;
  /** The gateway can be reached at `address`; `link` signs one window in. */
  readonly onReady: (address: string, link: string) => void;
  readonly onLink: (link: string) => void;
  readonly onGlance: (glance: Glance) => void;
  readonly onNotice: (notice: PersonNotice) => void;
}

/**
 * The gateway in its own process: started, watched, started again after it ended, and stopped in order.
 *
 *   starting --ready--> running --ended--> waiting --back-off--> starting ...   any --stop--> stopping
 */
export class BackendProcess {
  readonly #options: BackendProcessOptions;
  #state: BackendState = { kind: 'starting' };
  /** Of the last run: the same address again after a crash, so that open pages find it. */
  #port: number | undefined;
  #handle: UtilityHandle | undefined;
  #starts = 0;
  #timer: Timer | undefined;
  #output = new LastWords();
  #reason: string | null = null;
  #fatal: string | null = null;
  #failures = 0;
  #crashes = 0;
  #startedAt = 0;
  #stopped: (() => void) | undefined;
  #stopping: Promise<void> | undefined;
  #restarting: Promise<void> | undefined;
  #isFinal = false;

  constructor(options: BackendProcessOptions) {
    this.#options = options;
  }

  get state(): BackendState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#handle?.pid;
  }

  get #name(): string {
    return `Postern gateway ${this.#starts}`;
  }

  start(): void {
    this.#timer?.cancel();
    this.#output = new LastWords();
    this.#reason = null;
    this.#fatal = null;
    this.#startedAt = this.#options.timing.monotonic();
    this.#starts++;
    const handle = this.#options.fork(this.#name);
    this.#handle = handle;
    handle.on('message', (message) => this.#receive(handle, message));
    handle.on('exit', (code) => this.#ended(handle, endReason(code)));
    handle.on('error', (_type, location, report) => {
      if (handle === this.#handle) this.#fatal = fatalReason(location, report);
    });
    handle.stderr?.on('data', (piece: unknown) => this.#output.add(String(piece)));
    this.#enter({ kind: 'starting' });
    void this.#instruct(handle);
  }

  /** Ends the wait for the next start, if there is one. */
  restartNow(): void {
    if (this.#state.kind === 'waiting') this.start();
  }

  /** Stops the gateway in order and starts it with the settings that hold by then; asked twice meanwhile, once. */
  restart(): Promise<void> {
    this.#restarting ??= this.#startAnew().finally(() => {
      this.#restarting = undefined;
    });
    return this.#restarting;
  }

  async #startAnew(): Promise<void> {
    if (this.#isFinal) return;
    await this.#stopOnce();
    if (this.#isFinal) return;
    this.#stopping = undefined;
    this.#port = undefined;
    this.#failures = 0;
    this.start();
  }

  /** Asks for a fresh link; `onLink` gets it. */
  requestLink(): void {
    this.#tell({ type: 'link' });
  }

  /** Keeps all texts from leaving, or lets them go on. */
  pauseSending(paused: boolean): void {
    this.#tell({ type: 'pause', paused });
  }

  /** The machine goes to sleep. A gateway that is only starting has no port open yet, or finds out by its clock. */
  suspending(): void {
    this.#tell({ type: 'suspend' });
  }

  /** The machine is awake again. */
  resumed(): void {
    this.#tell({ type: 'resume' });
  }

  /**
   * Electron saw the process of that name go: it may have been before, after, or without its `exit`, and so when the next
   * one already runs.
   */
  gone(name: string | undefined, reason: string, code: number): void {
    if (this.#handle && name === this.#name) this.#ended(this.#handle, endReason(code, reason));
  }

  /** Resolves when the process has ended for good: by itself within the deadline, else by force. */
  stop(): Promise<void> {
    this.#isFinal = true;
    return this.#stopOnce();
  }

  #tell(message: ToBackend): void {
    if (this.#state.kind === 'running') this.#handle?.postMessage(message);
  }

  #stopOnce(): Promise<void> {
    this.#stopping ??= new Promise((resolve) => {
      this.#timer?.cancel();
      const handle = this.#handle;
      this.#enter({ kind: 'stopping' });
      if (!handle) return resolve();
      this.#stopped = resolve;
      handle.postMessage({ type: 'stop' });
      this.#timer = this.#options.timing.after(stopDeadlineMs, () => this.#force(handle));
    });
    return this.#stopping;
  }

  async #instruct(handle: UtilityHandle): Promise<void> {
    try {
      const settings = await this.#options.settings();
      const port = this.#port === undefined ? {} : { port: this.#port };
      if (handle !== this.#handle || this.#state.kind !== 'starting') return;
      this.#timer = this.#options.timing.after(startDeadlineMs, () => this.#giveUpStart(handle));
      handle.postMessage({ type: 'start', settings: { ...settings, ...port } });
    } catch (error) {
      this.#reason = (error as Error).message;
      handle.kill();
    }
  }

  #receive(handle: UtilityHandle, received: unknown): void {
    const message = parseFromBackend(received);
    if (!message || handle !== this.#handle) return;
    if (message.type === 'failed') this.#reason = message.reason;
    else if (message.type === 'link') this.#options.onLink(message.link);
    else if (message.type === 'glance') this.#options.onGlance(message.glance);
    else if (message.type === 'notice') this.#options.onNotice(message.notice);
    else if (message.type === 'restart') void this.restart();
    else if (this.#state.kind === 'starting') this.#ready(message.address, message.link);
  }

  #ready(address: string, link: string): void {
    this.#timer?.cancel();
    this.#port = Number(new URL(address).port);
    this.#enter({ kind: 'running' });
    this.#options.onReady(address, link);
  }

  #ended(handle: UtilityHandle, reason: string | null): void {
    if (handle !== this.#handle) return;
    this.#handle = undefined;
    this.#timer?.cancel();
    if (this.#state.kind === 'stopping') return this.#stopped?.();
    const ranMs = this.#options.timing.monotonic() - this.#startedAt;
    this.#failures = countFailure(this.#failures, ranMs);
    this.#crashes++;
    const retryInMs = restartDelayMs(this.#failures);
    this.#timer = this.#options.timing.after(retryInMs, () => this.start());
    const why = this.#reason ?? this.#output.cause ?? this.#fatal ?? reason;
    this.#enter({ kind: 'waiting', reason: why, retryInMs, crashes: this.#crashes });
  }

  #giveUpStart(handle: UtilityHandle): void {
    this.#reason = `It was not ready after ${startDeadlineMs / 1_000} seconds.`;
    handle.kill();
  }

  #force(handle: UtilityHandle): void {
    handle.kill();
    this.#ended(handle, null);
  }

  #enter(state: BackendState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}
