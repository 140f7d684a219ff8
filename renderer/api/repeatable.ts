import { ApiError, change, upload } from './client.ts';

/** So many requests without an answer are remembered. */
const mostUnanswered = 8;

type Headers = Readonly<Record<string, string>>;

/**
 * Gives what a person sends its `Idempotency-Key`: the same as long as the same is sent, because nobody knows whether a
 * request without an answer was taken. Once it was, the same again is another.
 */
export class RepeatableRequests {
  readonly #keys = new Map<string, string>();

  /** `content` says what is sent and where to. */
  async send<Data>(content: string, run: (headers: Headers) => Promise<Data>): Promise<Data> {
    const answer = await run({ 'Idempotency-Key': this.#keyOf(content) }).catch(unanswered);
    this.#keys.delete(content);
    return answer;
  }

  #keyOf(content: string): string {
    const key = this.#keys.get(content) ?? `page-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
    this.#keys.delete(content);
    this.#keys.set(content, key);
    const [oldest = content] = this.#keys.keys();
    if (this.#keys.size > mostUnanswered) this.#keys.delete(oldest);
    return key;
  }
}

/** Where no answer came it may have been taken, which whoever would send it again has to know. */
function unanswered(error: unknown): never {
  if (!(error instanceof ApiError) || error.status !== 0) throw error;
  throw new ApiError(0, 'UNANSWERED', error.message);
}

/** Of the whole page: whoever leaves a screen and comes back to send the same meets it here. */
const requests = new RepeatableRequests();

/** Creates texts: sent again after an answer that was lost, it creates no others. Throws an `ApiError`. */
export function create<Data>(path: string, body?: unknown): Promise<Data> {
  const content = JSON.stringify([path, body]);
  return requests.send(content, (headers) => change('POST', path, body, headers));
}

/** Creates texts out of a file, likewise. Throws an `ApiError`. */
export function createFrom<Data>(path: string, file: string, type: string): Promise<Data> {
  return requests.send(`${path}\n${file}`, (headers) => upload(path, file, type, 'POST', headers));
}
