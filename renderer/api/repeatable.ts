import { useState } from 'react';

/**
 * The `Idempotency-Key` of what a person sends: the same as long as the same is sent, because nobody knows whether a
 * request without an answer was taken. Once it was, the same again is another.
 */
export class RepeatableRequest {
  #content: string | undefined;
  #key = '';

  headersFor(body: unknown): Readonly<Record<string, string>> {
    const content = JSON.stringify(body);
    if (content !== this.#content) this.#key = `page-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
    this.#content = content;
    return { 'Idempotency-Key': this.#key };
  }

  taken(): void {
    this.#content = undefined;
  }
}

/** One for as long as the form is there. */
export function useRepeatable(): RepeatableRequest {
  const [request] = useState(() => new RepeatableRequest());
  return request;
}
