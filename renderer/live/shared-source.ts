import type { Source } from './event-stream.ts';
import type { PageWord, StreamWord } from './stream-shares.ts';
import { browserTimers } from './timer.ts';

/** So often it is asked whether the stream is there: one that ends with the tab that began it, as in a crash, says nothing. */
const askEveryMs = 15_000;

/** The event stream that all pages of this browser share; where the browser cannot share one, a stream of this page's own. */
export function openSource(): Source {
  const worker = sharedWorker();
  return worker ? new SharedSource(worker) : new EventSource('/v1/events');
}

/** Not any more once its file could not be had: of a gateway that was updated, pages of before ask in vain. */
let isThere = true;

/** Undefined where there are none, or they are forbidden, as with cookies that are kept from a page. */
function sharedWorker(): SharedWorker | undefined {
  if (!isThere) return undefined;
  try {
    return new SharedWorker(new URL('./stream-worker.ts', import.meta.url));
  } catch {
    return undefined;
  }
}

/** A page's share of the stream: to the page as good as an EventSource. */
class SharedSource implements Source {
  readonly #port: MessagePort;
  readonly #heard = new EventTarget();
  #asking: { cancel(): void } | undefined;
  #isAnswered = false;

  constructor(worker: SharedWorker) {
    this.#port = worker.port;
    this.#port.addEventListener('message', ({ data: word }: MessageEvent<StreamWord>) => this.#tell(word));
    worker.addEventListener('error', () => {
      isThere = false;
      this.#tell({ type: 'error' });
    });
    this.#port.start();
    this.#ask();
  }

  addEventListener(type: string, listener: (event: Event) => void): void {
    this.#heard.addEventListener(type, listener);
    this.#say({ listen: type });
  }

  close(): void {
    this.#asking?.cancel();
    this.#say('leave');
    this.#port.close();
  }

  /** Whatever is heard until it is asked again is an answer. */
  #ask(): void {
    this.#isAnswered = false;
    this.#say('ask');
    this.#asking = browserTimers.after(askEveryMs, () =>
      this.#isAnswered ? this.#ask() : this.#tell({ type: 'error' }),
    );
  }

  #tell({ type, data }: StreamWord): void {
    this.#isAnswered = true;
    this.#heard.dispatchEvent(new MessageEvent<unknown>(type, { data }));
  }

  #say(word: PageWord): void {
    this.#port.postMessage(word);
  }
}
