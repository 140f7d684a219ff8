import { ulid } from 'ulid';
import type { Clock } from '../clock.ts';
import type { EventEnvelope, EventType } from '../contract/event.ts';
import { formatTimestamp } from '../contract/message.ts';
import type {
  DeliveryQuery,
  DeliveryView,
  NewWebhook,
  WebhookChange,
  WebhookView,
} from '../contract/webhook.ts';
import type { DeliveryLog } from '../store/delivery-log.ts';
import type { DeliveryStore } from '../store/delivery-store.ts';
import type { StoredWebhook, WebhookStore } from '../store/webhook-store.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Resolve } from './http-post.ts';
import { targetFault } from './target.ts';
import { WebhookError } from './webhook-error.ts';

/** So many an office may have. */
const mostWebhooks = 100;

/** What the webhooks are made of. */
export interface WebhooksContext {
  readonly clock: Clock;
  readonly store: WebhookStore;
  readonly deliveries: DeliveryStore;
  readonly log: DeliveryLog;
  readonly dispatcher: Pick<Dispatcher, 'changed' | 'test'>;
  readonly resolve: Resolve;
}

/** What a program does with its webhooks. Throws and rejects with a `WebhookError`. */
export class Webhooks {
  readonly #context: WebhooksContext;

  constructor(context: WebhooksContext) {
    this.#context = context;
  }

  /** Rejects where nothing may be sent to an address. It is asked before `create` and `change`, which cannot wait. */
  async judge(url: string): Promise<void> {
    const fault = await targetFault(url, this.#context.resolve);
    if (fault !== undefined)
      throw new WebhookError('VALIDATION_ERROR', 'The field url is wrong.', { url: fault });
  }

  /** Makes a webhook to an address that was judged; the answer is the only one that holds its secret. */
  create(wanted: NewWebhook): WebhookView & { secret: string } {
    const { store, clock } = this.#context;
    if (store.list().length >= mostWebhooks) {
      throw new WebhookError('VALIDATION_ERROR', `There are ${mostWebhooks} webhooks already.`, {
        url: `there can be at most ${mostWebhooks} webhooks; delete one`,
      });
    }
    const { id, secret } = store.create(wanted, clock.now());
    return { ...this.get(id), secret };
  }

  list(): WebhookView[] {
    return this.#context.store.list().map((webhook) => this.#view(webhook));
  }

  get(id: string): WebhookView {
    return this.#view(this.#stored(id));
  }

  /** Changes what is named. What waits goes to the new address; the answer holds the secret where it was changed. */
  change(id: string, change: WebhookChange): WebhookView & { secret?: string } {
    const { store, clock, dispatcher } = this.#context;
    const before = this.#stored(id);
    const { url = before.url, label = before.label, events = before.events } = change;
    store.change(id, { url, label, events }, clock.now());
    const secret = change.rotate_secret ? store.rotate(id, clock.now()) : undefined;
    store.afterCommit(() => dispatcher.changed(id));
    return { ...this.get(id), ...(secret === undefined ? {} : { secret }) };
  }

  /** Deletes a webhook with all that waits for it. */
  remove(id: string): void {
    const { store, clock, dispatcher } = this.#context;
    this.#stored(id);
    store.remove(id, clock.now());
    store.afterCommit(() => dispatcher.changed(id));
  }

  /** Sends an event that did not happen, at once and once only, and tells what came of it. */
  async test(id: string, example: (type: EventType) => EventEnvelope): Promise<DeliveryView> {
    const { clock, dispatcher } = this.#context;
    const webhook = this.#stored(id);
    const event = {
      ...example(webhook.events[0] ?? 'sms.received'),
      event_id: ulid(clock.now()),
      timestamp: formatTimestamp(clock.now()),
    };
    return this.#delivery(id, await dispatcher.test(webhook, event));
  }

  deliveries(id: string, query: DeliveryQuery): ReturnType<DeliveryLog['page']> {
    this.#stored(id);
    return this.#context.log.page(id, query);
  }

  /** Brings the event of a delivery once more, as a new one that names the old. */
  redeliver(id: string, deliveryId: string): DeliveryView {
    this.#stored(id);
    const again = this.#context.deliveries.addAgain(id, deliveryId, this.#context.clock.now());
    if (again === undefined) throw notFound('delivery');
    return this.#delivery(id, again);
  }

  #stored(id: string): StoredWebhook {
    const webhook = this.#context.store.get(id);
    if (!webhook) throw notFound('webhook');
    return webhook;
  }

  #delivery(id: string, deliveryId: string): DeliveryView {
    const delivery = this.#context.log.find(id, deliveryId);
    if (!delivery) throw notFound('delivery');
    return delivery;
  }

  #view(webhook: StoredWebhook): WebhookView {
    const { log, clock } = this.#context;
    const overlaps = (webhook.previousUntil ?? 0) > clock.now();
    return {
      id: webhook.id,
      url: webhook.url,
      label: webhook.label,
      events: [...webhook.events],
      previous_secret_until: overlaps ? formatTimestamp(webhook.previousUntil ?? 0) : null,
      waiting: log.count(webhook.id, 'waiting'),
      given_up: log.count(webhook.id, 'given_up'),
      created_at: formatTimestamp(webhook.createdAt),
      updated_at: formatTimestamp(webhook.updatedAt),
    };
  }
}

function notFound(what: 'webhook' | 'delivery'): WebhookError {
  return new WebhookError('WEBHOOK_NOT_FOUND', `There is no ${what} with this id.`);
}
