import type { OwnNumber } from '../../src/contract/modem.ts';

/** A program that sends texts through the gateway's API, as any customer's does. */
export class Customer {
  readonly #address: string;
  readonly #key: string;

  constructor(address: string, key: string) {
    this.#address = address;
    this.#key = key;
  }

  /** The gateway's own numbers; with two emulated modems they are two. */
  async numbers(): Promise<readonly string[]> {
    const numbers = await this.#ask<OwnNumber[]>('/v1/numbers');
    return numbers.map(({ number }) => number);
  }

  /** Sends a text from the first of the gateway's numbers to the second; gives its id. */
  async send(body: string, idempotencyKey?: string): Promise<string> {
    const [from, to] = await this.numbers();
    const headers = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
    const request = { method: 'POST', body: JSON.stringify({ from, to, body }), headers };
    const accepted = await this.#ask<{ message_id: string }>('/v1/sms/send', request);
    return accepted.message_id;
  }

  /** Takes back a text that was to leave in an hour. */
  async sendInVain(body: string): Promise<void> {
    const [from, to] = await this.numbers();
    const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
    const request = { method: 'POST', body: JSON.stringify({ from, to, body, scheduled_at }) };
    const { message_id: id } = await this.#ask<{ message_id: string }>('/v1/sms/send', request);
    await this.#ask(`/v1/sms/${id}/cancel`, { method: 'POST' });
  }

  async #ask<Data>(path: string, request: RequestInit = {}): Promise<Data> {
    const headers = {
      authorization: `Bearer ${this.#key}`,
      'content-type': 'application/json',
      ...request.headers,
    };
    const answer = await fetch(this.#address + path, { ...request, headers });
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
    const { data } = (await answer.json()) as { data: Data };
    return data;
  }
}
