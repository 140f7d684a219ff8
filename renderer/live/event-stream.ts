import type { LiveChange } from '../../src/contract/event.ts';
import type { Timers } from './timer.ts';

/** `lost` is said from the first failure until the stream is open again. */
export type Connection = 'connecting' | 'live' | 'lost';

/** What this needs of a browser's EventSource. */
export interface Source {
  addEventListener(type: string, listener: (event: Event) => void): void;
  close(): void;
}

export interface EventStreamOptions {
  readonly open: () => Source;
  readonly timers: Timers;
  readonly onChange: (change: LiveChange) => void;
  /** The stream is open. Whatever was read before may be old: changes were missed, or fell between reading and now. */
  readonly onOpen: () => void;
  readonly onConnection: (connection: Connection) => void;
  /** A kept event of one of the types `told`, as it stands on the stream. */
  readonly onEvent?: (data: string) => void;
  readonly told?: readonly string[];
}

const changeTypes = ['message.changed', 'modem.changed', 'modem.removed'] as const;

const firstRetryMs = 1_000;
const longestRetryMs = 30_000;

/** How long to wait before the try after `failures` failures in a row, in milliseconds. */
export function retryDelayMs(failures: number): number {
  return Math.min(firstRetryMs * 2 ** Math.max(failures - 1, 0), longestRetryMs);
}

/**
 * `GET /v1/events` kept open. The browser's own reconnecting is not used: it gives up for good on an HTTP error, and
 * a gateway that starts answers some of those.
 */
export class EventStream {
  readonly #options: EventStreamOptions;
  #source: Source | undefined;
  #retry: { cancel(): void } | undefined;
  #failures = 0;

  constructor(options: EventStreamOptions) {
    this.#options = options;
  }

  /** Begins anew where it was begun already. */
  start(): void {
    this.stop();
    this.#options.onConnection('connecting');
    this.#open();
  }

  stop(): void {
    this.#retry?.cancel();
    this.#source?.close();
    this.#source = undefined;
  }

  #open(): void {
    const source = this.#options.open();
    this.#source = source;
    source.addEventListener('open', () => this.#opened());
    source.addEventListener('error', () => this.#lost(source));
    for (const type of this.#options.told ?? []) {
      source.addEventListener(type, (event) => this.#options.onEvent?.((event as MessageEvent<string>).data));
    }
    for (const type of changeTypes) {
      source.addEventListener(type, (event) => this.#receive(event as MessageEvent<string>));
    }
  }

  #opened(): void {
    this.#failures = 0;
    this.#options.onConnection('live');
    this.#options.onOpen();
  }

  #lost(source: Source): void {
    if (source !== this.#source) return;
    source.close();
    this.#source = undefined;
    this.#failures++;
    this.#options.onConnection('lost');
    this.#retry = this.#options.timers.after(retryDelayMs(this.#failures), () => this.#open());
  }

  #receive(event: MessageEvent<string>): void {
    const change = parseChange(event.data);
    if (change) this.#options.onChange(change);
  }
}

/** A change as it stands on the stream; undefined for what is none, say from a gateway of another version. */
export function parseChange(data: string): LiveChange | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return isChange(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isChange(value: unknown): value is LiveChange {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('data' in value)) return false;
  return (
    changeTypes.some((type) => type === value.type) && typeof value.data === 'object' && value.data !== null
  );
}
