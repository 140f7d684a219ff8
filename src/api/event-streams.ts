import type { ServerResponse } from 'node:http';
import type { Clock, Timer } from '../clock.ts';
import type { EventEnvelope } from '../contract/event.ts';
import type { Announcement } from '../store/event-log.ts';
import { ApiError } from './api-error.ts';
import type { EventSourceLog } from './dependencies.ts';

export const heartbeatMs = 15_000;
export const mostStreams = 100;
/** What may wait for one slow reader before it is cut off; it can resume from the last event it read. */
export const longestBacklogBytes = 1024 * 1024;
const catchUpAtOnce = 100;
const retryMs = 2_000;

interface StreamRequest {
  /** The last event that the reader has seen; undefined: only what happens from now on. */
  readonly lastEventId: string | undefined;
  /** Asked at every heartbeat: a revoked key or an ended session ends its streams. */
  readonly mayStayOpen: () => boolean;
}

interface Stream {
  readonly response: ServerResponse;
  readonly mayStayOpen: () => boolean;
  live: boolean;
}

/**
 * The open answers to `GET /v1/events`:
 *
 *   database --since--> catching up (at the reader's pace) --+
 *   event log --subscribe--> formatted once -----------------+--> live (bounded backlog)
 */
export class EventStreams {
  readonly #events: EventSourceLog;
  readonly #clock: Clock;
  readonly #streams = new Set<Stream>();
  #unsubscribe: (() => void) | undefined;
  #heartbeat: Timer | undefined;

  /** When `stopping` is aborted every stream ends. */
  constructor(events: EventSourceLog, clock: Clock, stopping: AbortSignal) {
    this.#events = events;
    this.#clock = clock;
    stopping.addEventListener('abort', () => this.#endAll(), { once: true });
  }

  /** Turns an answer into a stream of server-sent events. Throws a 429 when too many are open. */
  open(response: ServerResponse, request: StreamRequest): void {
    if (this.#streams.size >= mostStreams) {
      throw new ApiError('RATE_LIMIT_EXCEEDED', `More than ${mostStreams} event streams are open.`, {
        headers: { 'Retry-After': '30' },
      });
    }
    const stream: Stream = { response, mayStayOpen: request.mayStayOpen, live: false };
    this.#add(stream);
    response.on('close', () => this.#remove(stream));
    response.on('error', () => response.destroy());
    writeHead(response);
    if (request.lastEventId === undefined) stream.live = true;
    else this.#catchUp(stream, request.lastEventId);
  }

  #add(stream: Stream): void {
    this.#streams.add(stream);
    this.#unsubscribe ??= this.#events.subscribe((announcement) => this.#tell(announcement));
    this.#heartbeat ??= this.#clock.after(heartbeatMs, () => this.#beat());
  }

  #remove(stream: Stream): void {
    this.#streams.delete(stream);
    if (this.#streams.size > 0) return;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#heartbeat?.cancel();
    this.#heartbeat = undefined;
  }

  /** Sends what is kept, as fast as it is read. The turn in which nothing is left is the turn it goes live in. */
  #catchUp(stream: Stream, lastEventId: string): void {
    let last = lastEventId;
    while (!stream.response.destroyed && !stream.response.writableEnded) {
      const kept = this.#events.since(last, catchUpAtOnce);
      if (kept.length === 0) {
        stream.live = true;
        return;
      }
      last = kept.at(-1)?.event_id ?? last;
      if (!stream.response.write(kept.map(formatKept).join(''))) {
        stream.response.once('drain', () => this.#catchUpFurther(stream, last));
        return;
      }
    }
  }

  /** Where nothing can be read the stream ends: its reader asks again for what comes after the last event it has. */
  #catchUpFurther(stream: Stream, lastEventId: string): void {
    try {
      this.#catchUp(stream, lastEventId);
    } catch {
      stream.response.destroy();
    }
  }

  #tell(announcement: Announcement): void {
    const text = 'event_id' in announcement ? formatKept(announcement) : formatChange(announcement);
    for (const stream of this.#streams) if (stream.live) write(stream, text);
  }

  #beat(): void {
    this.#heartbeat = this.#clock.after(heartbeatMs, () => this.#beat());
    for (const stream of this.#streams) {
      if (!mayStayOpen(stream)) stream.response.end();
      else if (stream.live) write(stream, ':\n\n');
    }
  }

  #endAll(): void {
    for (const stream of this.#streams) stream.response.end();
  }
}

function writeHead(response: ServerResponse): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.write(`retry: ${retryMs}\n\n`);
}

/** Where that cannot be told just now, it is asked again at the next heartbeat. */
function mayStayOpen(stream: Stream): boolean {
  try {
    return stream.mayStayOpen();
  } catch {
    return true;
  }
}

function write({ response }: Stream, text: string): void {
  if (response.writableLength > longestBacklogBytes) response.destroy();
  else if (!response.writableEnded) response.write(text);
}

function formatKept(event: EventEnvelope): string {
  return `id: ${event.event_id}\nevent: ${event.event_type}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** Without an id, so that resuming goes on from the last event that was kept. */
function formatChange(change: Exclude<Announcement, EventEnvelope>): string {
  return `event: ${change.type}\ndata: ${JSON.stringify(change)}\n\n`;
}
