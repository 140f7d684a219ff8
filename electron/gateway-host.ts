import type { Glance, PersonNotice } from '../src/contract/glance.ts';
import {
  type BackendSettings,
  type FromBackend,
  parseToBackend,
  type ToBackend,
} from './backend-messages.ts';

/** What is needed of the gateway. */
export interface HostedGateway {
  /** Resolves when it takes requests: where, and a link that signs one browser in. */
  start(): Promise<{ readonly url: string; readonly signInUrl: string }>;
  stop(): Promise<void>;
  /** Lets every port go before the machine sleeps. */
  suspending(): Promise<void>;
  /** The machine is awake again. */
  resumed(): void;
  /** A fresh link of that kind. */
  issueSignInLink(url: string): string;
  pauseSending(paused: boolean): void;
  /** Tells how all stands after every change, and what a person should notice; answers how to end that. */
  watch(listener: {
    readonly glance: (glance: Glance) => void;
    readonly notice: (notice: PersonNotice) => void;
  }): () => void;
}

/** What is needed of Electron's `process.parentPort`. */
export interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  postMessage(message: FromBackend): void;
}

/** Builds a gateway; `restart` asks the main process to stop it in order and start it again. */
export type CreateGateway = (settings: BackendSettings, restart: () => void) => HostedGateway;

interface Running {
  readonly gateway: HostedGateway;
  readonly url: string;
  readonly unwatch: () => void;
}

/** Runs the gateway at the word of the main process, and ends the process when it is told to. */
export class GatewayHost {
  readonly #port: ParentPort;
  readonly #create: CreateGateway;
  readonly #exit: (code: number) => void;
  #running: Running | undefined;
  #starting: Promise<void> | undefined;
  #ending = false;

  constructor(port: ParentPort, create: CreateGateway, exit: (code: number) => void) {
    this.#port = port;
    this.#create = create;
    this.#exit = exit;
  }

  listen(): void {
    this.#port.on('message', ({ data }) => {
      const message = parseToBackend(data);
      if (message?.type === 'start') this.#starting ??= this.#start(message.settings);
      else if (message?.type === 'stop') void this.#stop();
      else if (message && this.#running) this.#pass(message, this.#running);
    });
  }

  #pass(message: ToBackend, { gateway, url }: Running): void {
    if (message.type === 'link') this.#port.postMessage({ type: 'link', link: gateway.issueSignInLink(url) });
    if (message.type === 'pause') gateway.pauseSending(message.paused);
    if (message.type === 'suspend') void gateway.suspending().catch(() => undefined);
    if (message.type === 'resume') gateway.resumed();
  }

  async #start(settings: BackendSettings): Promise<void> {
    try {
      const gateway = this.#create(settings, () => this.#port.postMessage({ type: 'restart' }));
      const { url, signInUrl } = await gateway.start();
      this.#port.postMessage({ type: 'ready', address: url, link: signInUrl });
      const unwatch = gateway.watch({
        glance: (glance) => this.#port.postMessage({ type: 'glance', glance }),
        notice: (notice) => this.#port.postMessage({ type: 'notice', notice }),
      });
      this.#running = { gateway, url, unwatch };
    } catch (error) {
      this.#port.postMessage({ type: 'failed', reason: (error as Error).message });
      this.#end(1);
    }
  }

  /** A stop in the middle of a start waits for it: half a gateway cannot be taken down in order. */
  async #stop(): Promise<void> {
    await this.#starting;
    try {
      this.#running?.unwatch();
      await this.#running?.gateway.stop();
      this.#end(0);
    } catch {
      this.#end(1);
    }
  }

  #end(code: number): void {
    if (this.#ending) return;
    this.#ending = true;
    this.#exit(code);
  }
}
