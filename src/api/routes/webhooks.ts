import type { IRouter, Request, Response } from 'express';
import { z } from 'zod';
import { pageQuery } from '../../contract/message-query.ts';
import {
  changedWebhook,
  delivery,
  deliveryQuery,
  newWebhook,
  webhook,
  webhookChange,
  webhookWithSecret,
} from '../../contract/webhook.ts';
import { actorOf } from '../actor.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { eventExample } from '../openapi/examples/event.ts';
import {
  deliveryExample,
  newWebhookExample,
  waitingDeliveryExample,
  webhookExample,
  webhookSecretExample,
} from '../openapi/examples/webhook.ts';
import { type Operation, one, page } from '../openapi/operation.ts';
import { sendOne, sendPage, sendPageOf } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';
import { validateEvents } from '../webhook-events.ts';

type Dependencies = Pick<ApiDependencies, 'webhooks' | 'audit'>;

const withSecret = { ...webhookExample, secret: webhookSecretExample };
const operations = {
  list: {
    id: 'listWebhooks',
    tag: 'Events',
    summary: 'List the webhooks',
    query: pageQuery,
    answers: [page(webhook, webhookExample)],
  },
  create: {
    id: 'createWebhook',
    tag: 'Events',
    summary: 'Make a webhook',
    description:
      'The answer is the only one that holds the secret. Every request to the webhook bears `X-ReachCell-Signature`: ' +
      '`sha256=` and the HMAC-SHA256 of the raw body in hex, its key the SHA-256 of the secret as raw octets; and ' +
      '`X-Timestamp`, seconds since 1970. Any 2xx within 10 seconds counts; else it is tried again after 10 s, 30 s, ' +
      '2 min, 10 min, 1 h, 6 h and 24 h. The events of one message come in their order. An event can come twice: ' +
      '`event_id` tells.',
    body: { schema: newWebhook, example: newWebhookExample },
    answers: [one(webhookWithSecret, withSecret, { status: 201, description: 'Made.' })],
    errors: ['INVALID_EVENT_TYPE'],
  },
  show: {
    id: 'getWebhook',
    tag: 'Events',
    summary: 'Look at a webhook',
    answers: [one(webhook, webhookExample)],
    errors: ['WEBHOOK_NOT_FOUND'],
  },
  change: {
    id: 'changeWebhook',
    tag: 'Events',
    summary: 'Change a webhook, or its secret',
    description: 'What is named is changed, all else stays.',
    body: { schema: webhookChange, example: { label: 'Till 2', rotate_secret: true } },
    answers: [one(changedWebhook, withSecret)],
    errors: ['WEBHOOK_NOT_FOUND', 'INVALID_EVENT_TYPE'],
  },
  remove: {
    id: 'deleteWebhook',
    tag: 'Events',
    summary: 'Delete a webhook with all that waits for it',
    answers: [one(z.object({ id: z.string() }), { id: webhookExample.id })],
    errors: ['WEBHOOK_NOT_FOUND'],
  },
  test: {
    id: 'testWebhook',
    tag: 'Events',
    summary: 'Send an event that did not happen, and see what comes of it',
    answers: [one(delivery, { ...deliveryExample, test: true })],
    errors: ['WEBHOOK_NOT_FOUND'],
  },
  deliveries: {
    id: 'listDeliveries',
    tag: 'Events',
    summary: 'What was sent to a webhook, with every attempt, newest first',
    description: 'What has ended is kept for 30 days.',
    query: deliveryQuery,
    answers: [page(delivery, deliveryExample)],
    errors: ['WEBHOOK_NOT_FOUND'],
  },
  redeliver: {
    id: 'redeliver',
    tag: 'Events',
    summary: 'Bring the event of a delivery once more',
    answers: [one(delivery, waitingDeliveryExample, { status: 202, description: 'It will be sent.' })],
    errors: ['WEBHOOK_NOT_FOUND'],
  },
} as const satisfies Record<string, Operation>;

/** `/webhooks`: where events are sent, and what came of it. */
export function addWebhookRoutes(router: IRouter, dependencies: Dependencies): void {
  const { webhooks } = dependencies;
  const endpoint = (
    operation: Operation,
    handle: (request: Request, response: Response) => void | Promise<void>,
  ) => ({ scope: 'webhooks' as const, operation, handle });
  addResource(router, '/webhooks', {
    GET: endpoint(operations.list, (request, response) =>
      sendPageOf(response, webhooks.list(), validate(pageQuery, request.query)),
    ),
    POST: endpoint(operations.create, (request, response) => create(request, response, dependencies)),
  });
  addResource(router, '/webhooks/:id', {
    GET: endpoint(operations.show, (request, response) =>
      sendOne(response, 200, webhooks.get(idOf(request))),
    ),
    PATCH: endpoint(operations.change, (request, response) => change(request, response, dependencies)),
    DELETE: endpoint(operations.remove, (request, response) => remove(request, response, dependencies)),
  });
  addResource(router, '/webhooks/:id/test', {
    POST: endpoint(operations.test, async (request, response) =>
      sendOne(response, 200, await webhooks.test(idOf(request), eventExample)),
    ),
  });
  addResource(router, '/webhooks/:id/deliveries', {
    GET: endpoint(operations.deliveries, (request, response) => {
      const query = validate(deliveryQuery, request.query);
      const { data, total } = webhooks.deliveries(idOf(request), query);
      sendPage(response, data, total, query);
    }),
  });
  addResource(router, '/webhooks/:id/deliveries/:deliveryId/redeliver', {
    POST: endpoint(operations.redeliver, (request, response) =>
      sendOne(response, 202, webhooks.redeliver(idOf(request), String(request.params.deliveryId))),
    ),
  });
}

async function create(
  request: Request,
  response: Response,
  { webhooks, audit }: Dependencies,
): Promise<void> {
  const wanted = validateEvents(newWebhook, await readJson(request));
  await webhooks.judge(wanted.url);
  const made = audit.during(
    actorOf(request, response),
    ({ id }) => ({ action: 'webhook.create', target: id, details: wanted }),
    () => webhooks.create(wanted),
  );
  sendOne(response, 201, made);
}

async function change(
  request: Request,
  response: Response,
  { webhooks, audit }: Dependencies,
): Promise<void> {
  const id = idOf(request);
  webhooks.get(id);
  const wanted = validateEvents(webhookChange, await readJson(request));
  if (wanted.url !== undefined) await webhooks.judge(wanted.url);
  const act = { action: 'webhook.change', target: id, details: wanted } as const;
  const changed = audit.during(actorOf(request, response), act, () => webhooks.change(id, wanted));
  sendOne(response, 200, changed);
}

function remove(request: Request, response: Response, { webhooks, audit }: Dependencies): void {
  const id = idOf(request);
  const act = { action: 'webhook.delete', target: id } as const;
  audit.during(actorOf(request, response), act, () => webhooks.remove(id));
  sendOne(response, 200, { id });
}

const idOf = (request: Request) => String(request.params.id);
