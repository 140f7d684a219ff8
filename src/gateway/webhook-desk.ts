import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Database } from '../store/database.ts';
import { DeliveryLog } from '../store/delivery-log.ts';
import { DeliveryStore } from '../store/delivery-store.ts';
import type { EventLog } from '../store/event-log.ts';
import type { SecretBox } from '../store/secret-box.ts';
import { WebhookStore } from '../store/webhook-store.ts';
import { Dispatcher } from '../webhooks/dispatcher.ts';
import { HttpPost, type Resolve, systemResolve } from '../webhooks/http-post.ts';
import { Webhooks } from '../webhooks/webhooks.ts';

interface DeskSurroundings {
  readonly clock: Clock;
  readonly believedNow?: () => number;
  readonly log: Logger;
  readonly database: Database;
  readonly secrets: SecretBox;
  readonly events: EventLog;
  readonly resolve?: Resolve;
  readonly random?: () => number;
}

/** All that webhooks need: what programs do with them, what brings events to them, and what waits. */
export interface WebhookDesk {
  readonly webhooks: Webhooks;
  readonly dispatcher: Dispatcher;
  readonly deliveries: DeliveryStore;
}

/** Builds it, and lets every event leave its deliveries in its own transaction. */
export function webhookDesk(surroundings: DeskSurroundings): WebhookDesk {
  const { clock, log, database, secrets, events } = surroundings;
  const { resolve = systemResolve, random = Math.random, believedNow = () => clock.now() } = surroundings;
  const store = new WebhookStore(database, secrets);
  const deliveries = new DeliveryStore(database);
  events.alongside((event) => deliveries.add(event, clock.now()));
  const post = new HttpPost(resolve);
  const dispatcher = new Dispatcher({
    ...{ clock, believedNow, log },
    ...{ webhooks: store, deliveries, post, random },
  });
  const webhooks = new Webhooks({
    clock,
    store,
    deliveries,
    log: new DeliveryLog(database),
    dispatcher,
    resolve,
  });
  return { webhooks, dispatcher, deliveries };
}
