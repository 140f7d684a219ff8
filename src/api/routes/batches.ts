import { setImmediate as nextTurn } from 'node:timers/promises';
import type { IRouter, Request, Response } from 'express';
import { acceptedBatch, batch, batchControl, batchRequest } from '../../contract/batch.ts';
import { pageQuery } from '../../contract/message-query.ts';
import type { BatchItem } from '../../messages/batch-outbox.ts';
import { actorOf } from '../actor.ts';
import { ApiError } from '../api-error.ts';
import { toBatchItem } from '../batch-item.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { batchBodyLimitBytes, readJson } from '../json-body.ts';
import { acceptedBatchExample, batchExample, batchRequestExample } from '../openapi/examples/batch.ts';
import { type Operation, one, page } from '../openapi/operation.ts';
import { sendOne, sendPage } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';
import { originOf, sendHeaders } from './messages.ts';

type Dependencies = Pick<ApiDependencies, 'batches' | 'batchOutbox' | 'audit'>;

const judgedAtOnce = 100;

const operations = {
  accept: {
    id: 'sendBatch',
    tag: 'Batches',
    summary: 'Send up to 1,000 texts',
    description:
      'Each text is judged by itself; what is good is on disk, in one commit, before this is answered. `results` stand in the order of `messages`. The body may have 24 MiB.',
    headers: sendHeaders,
    body: { schema: batchRequest, example: batchRequestExample },
    answers: [
      one(acceptedBatch, acceptedBatchExample, {
        status: 202,
        description: 'Judged, and accepted what is good.',
      }),
    ],
    errors: ['IDEMPOTENCY_CONFLICT'],
  },
  list: {
    id: 'listBatches',
    tag: 'Batches',
    summary: 'List the batches, newest first',
    query: pageQuery,
    answers: [page(batch, batchExample)],
  },
  show: {
    id: 'getBatch',
    tag: 'Batches',
    summary: 'See how the texts of a batch stand',
    answers: [one(batch, batchExample)],
    errors: ['BATCH_NOT_FOUND'],
  },
  act: {
    id: 'controlBatch',
    tag: 'Batches',
    summary: 'Pause, resume or cancel a batch',
    description:
      'While it is paused nothing more of it is handed over. Cancelling takes back every text of which no segment was handed over.',
    body: { schema: batchControl, example: { action: 'pause' } },
    answers: [one(batch, { ...batchExample, state: 'paused', paused_at: '2026-06-08T13:31:00Z' })],
    errors: ['BATCH_NOT_FOUND', 'BATCH_CANCELLED'],
  },
} as const satisfies Record<string, Operation>;

/** `POST /sms/batch`: many texts at once. `/batches`: how they stand, and pause, resume and cancel. */
export function addBatchRoutes(router: IRouter, dependencies: Dependencies): void {
  const { batches } = dependencies;
  addResource(router, '/sms/batch', {
    POST: {
      scope: 'sms:send',
      operation: operations.accept,
      handle: (request, response) => accept(request, response, dependencies),
    },
  });
  addResource(router, '/batches', {
    GET: {
      scope: 'sms:read',
      operation: operations.list,
      handle(request, response) {
        const query = validate(pageQuery, request.query);
        const { data, total } = batches.page(query.page, query.per_page);
        sendPage(response, data, total, query);
      },
    },
  });
  addResource(router, '/batches/:batchId', {
    GET: {
      scope: 'sms:read',
      operation: operations.show,
      handle: (request, response) => sendOne(response, 200, batches.view(idOf(request))),
    },
    POST: {
      scope: 'sms:send',
      operation: operations.act,
      handle: (request, response) => act(request, response, dependencies),
    },
  });
}

async function accept(request: Request, response: Response, dependencies: Dependencies): Promise<void> {
  const { name, paused, messages } = validate(batchRequest, await readJson(request, batchBodyLimitBytes));
  const origin = originOf(request, response);
  const items = await judged(messages);
  const note = noteOf(request, response, dependencies, name);
  sendOne(response, 202, dependencies.batchOutbox.accept(items, { ...origin, name, paused, note }));
}

/** Writes down who made a batch, in its own transaction. */
export function noteOf(
  request: Request,
  response: Response,
  { audit }: Pick<ApiDependencies, 'audit'>,
  name: string | undefined,
) {
  return (batchId: string, accepted: number, refused: number) =>
    audit.note(actorOf(request, response), {
      action: 'batch.create',
      target: batchId,
      details: { ...(name === undefined ? {} : { name }), accepted, refused },
    });
}

/** So many are judged in one turn that nothing else waits for it. */
async function judged(messages: readonly unknown[]): Promise<BatchItem[]> {
  const items: BatchItem[] = [];
  for (let first = 0; first < messages.length; first += judgedAtOnce) {
    items.push(...messages.slice(first, first + judgedAtOnce).map(toBatchItem));
    await nextTurn();
  }
  return items;
}

async function act(request: Request, response: Response, { batches, audit }: Dependencies): Promise<void> {
  const { action } = validate(batchControl, await readJson(request));
  const id = idOf(request);
  const done = { action: `batch.${action}`, target: id } as const;
  const during = (work: () => void) => audit.during(actorOf(request, response), done, work);
  sendOne(response, 200, await batches.act(id, action, during));
}

function idOf(request: Request): string {
  const id = String(request.params.batchId).toLowerCase();
  if (!/^[\da-f-]{36}$/.test(id)) throw new ApiError('BATCH_NOT_FOUND', 'There is no batch with this id.');
  return id;
}
