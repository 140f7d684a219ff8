import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import type { RunningApi } from './running-api.ts';

export interface StreamEvent {
  readonly id: string | undefined;
  readonly event: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at an event as a page would
  readonly data: any;
}

/** A reader of `GET /v1/events` as the standard describes one. */
export class OpenStream {
  readonly response: IncomingMessage;
  readonly events: StreamEvent[] = [];
  comments = 0;
  ended = false;
  #rest = '';
  #changed = () => {};

  constructor(response: IncomingMessage) {
    this.response = response;
    response.setEncoding('utf8').on('data', (text: string) => this.#read(text));
    response.on('error', () => {});
    response.on('close', () => {
      this.ended = true;
      this.#changed();
    });
  }

  /** Waits until `condition` holds, and fails after a minute. */
  async until(condition: () => boolean): Promise<void> {
    const deadline = performance.now() + 60_000;
    while (!condition()) {
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`not within a minute; ${this.events.length} events came`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#changed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Waits for this many events in all and answers them. */
  async first(count: number): Promise<StreamEvent[]> {
    await this.until(() => this.events.length >= count);
    return this.events.slice(0, count);
  }

  #read(text: string): void {
    const blocks = (this.#rest + text).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) this.#take(block);
    this.#changed();
  }

  #take(block: string): void {
    const fields = new Map(
      block.split('\n').map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon), line.slice(colon + 2)] as const;
      }),
    );
    if (fields.has('')) this.comments++;
    const data = fields.get('data');
    if (data !== undefined) {
      this.events.push({ id: fields.get('id'), event: fields.get('event'), data: JSON.parse(data) });
    }
  }
}

/** Opens the stream with the usual key; it is closed when the test is over. */
export async function openStream(
  api: RunningApi,
  headers: Readonly<Record<string, string>> = {},
): Promise<OpenStream> {
  const request = httpRequest({
    host: '127.0.0.1',
    port: api.port,
    path: '/v1/events',
    headers: { authorization: `Bearer ${api.key}`, ...headers },
    agent: false,
  });
  request.on('error', () => {});
  request.end();
  onTestFinished(() => void request.destroy());
  const [response] = await once(request, 'response');
  return new OpenStream(response);
}
