import { onTestFinished } from 'vitest';
import type { EventType } from '../../src/contract/event.ts';
import type { DeliveryView } from '../../src/contract/webhook.ts';
import { type Answer, type Asked, type RunningApi, startApi } from '../api/running-api.ts';

/** The API with webhooks that are served, asked with a key that may see to them. */
export class HookedApi {
  readonly api: RunningApi;
  readonly #key: string;

  constructor(api: RunningApi) {
    this.api = api;
    this.#key = api.newKey(['webhooks']);
  }

  ask(path: string, asked: Asked = {}): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.#key}`, ...asked.headers };
    return this.api.ask(`/v1/webhooks${path}`, { ...asked, headers });
  }

  post(path: string, body?: object): Promise<Answer> {
    return this.ask(path, { method: 'POST', ...(body ? { body } : {}) });
  }

  /** Makes a webhook; its id and secret. */
  async hook(url: string, ...events: EventType[]): Promise<{ id: string; secret: string }> {
    const wanted = events.length > 0 ? events : (['sms.received'] as const);
    const answer = await this.post('', { url, label: 'Till', events: wanted });
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.json.data;
  }

  async deliveries(id: string, query = ''): Promise<DeliveryView[]> {
    return (await this.ask(`/${id}/deliveries${query}`)).json.data;
  }

  /** An event about a message, as the gateway records it. */
  record(type: EventType, messageId = crypto.randomUUID(), body = 'Hello'): string {
    const data = { message_id: messageId, from: '+14155553000', to: '+14155552671', body };
    return this.api.events.record(type, data).event_id;
  }

  /** Waits until the deliveries of a webhook are as wanted. */
  async until(id: string, isSo: (deliveries: DeliveryView[]) => boolean): Promise<DeliveryView[]> {
    for (;;) {
      const deliveries = await this.deliveries(id);
      if (isSo(deliveries)) return deliveries;
    }
  }

  /** Waits until the newest delivery was tried so often and that is written down. */
  async tried(id: string, attempts: number): Promise<DeliveryView> {
    const [newest] = await this.until(id, ([first]) => (first?.attempts.length ?? 0) >= attempts);
    return newest as DeliveryView;
  }
}

/** Starts it for one test, and stops it after that. */
export async function startHookedApi(): Promise<HookedApi> {
  const api = await startApi();
  api.hooks.dispatcher.start();
  onTestFinished(() => api.hooks.dispatcher.stop());
  return new HookedApi(api);
}
