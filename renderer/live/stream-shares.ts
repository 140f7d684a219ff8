import type { Source } from './event-stream.ts';

/** What a page says to the stream that it shares: that it listens for a type of event, asks whether it is there, or leaves. */
export type PageWord = { readonly listen: string } | 'ask' | 'leave';

/** What a page hears: something happened on the stream; `data` where it was told with some. `here` answers who asks. */
export interface StreamWord {
  readonly type: string;
  readonly data?: string | undefined;
}

/** The page's end of the line, as far as this needs it. */
export interface Listener {
  postMessage(word: StreamWord): void;
}

interface OpenedSource extends Source {
  readonly readyState: number;
}

/** `EventSource.OPEN`, which a test has no EventSource for. */
const isOpen = 1;

/**
 * One event stream for all pages of the browser that show this gateway:
 *
 *   GET /v1/events --> one EventSource --> each page that listens
 *
 * A browser keeps six connections to a gateway and no more: with a stream a page, the seventh page would wait for ever.
 * When the stream breaks all pages are told and it is given up; the first page that asks again opens it anew.
 */
export class StreamShares {
  readonly #open: () => OpenedSource;
  readonly #pages = new Map<Listener, Set<string>>();
  #types = new Set<string>();
  #source: OpenedSource | undefined;

  constructor(open: () => OpenedSource) {
    this.#open = open;
  }

  /** A page wants to hear of the stream: also of its being open, where it is already. */
  join(page: Listener): void {
    this.#pages.set(page, new Set());
    if (this.#source?.readyState === isOpen) page.postMessage({ type: 'open' });
    this.#source ??= this.#opened();
  }

  hear(page: Listener, word: PageWord): void {
    if (word === 'leave') return this.leave(page);
    if (word === 'ask') return page.postMessage({ type: 'here' });
    const types = this.#pages.get(page);
    if (!types) return;
    types.add(word.listen);
    this.#listen(word.listen);
  }

  /** The last one closes the stream. */
  leave(page: Listener): void {
    this.#pages.delete(page);
    if (this.#pages.size === 0) this.#close();
  }

  #opened(): OpenedSource {
    const source = this.#open();
    source.addEventListener('open', () => this.#tellAll({ type: 'open' }));
    source.addEventListener('error', () => this.#lost(source));
    return source;
  }

  #listen(type: string): void {
    if (type === 'open' || type === 'error' || this.#types.has(type)) return;
    this.#types.add(type);
    this.#source?.addEventListener(type, (event) => {
      const { data } = event as MessageEvent<string>;
      for (const [page, types] of this.#pages) if (types.has(type)) page.postMessage({ type, data });
    });
  }

  #lost(source: OpenedSource): void {
    if (source !== this.#source) return;
    const pages = [...this.#pages.keys()];
    this.#pages.clear();
    this.#close();
    for (const page of pages) page.postMessage({ type: 'error' });
  }

  #tellAll(word: StreamWord): void {
    for (const page of this.#pages.keys()) page.postMessage(word);
  }

  #close(): void {
    this.#source?.close();
    this.#source = undefined;
    this.#types = new Set();
  }
}
