import type { IRouter, Request, Response } from 'express';
import { z } from 'zod';
import { acceptedMessage, message, sendRequest } from '../../contract/message.ts';
import { messageQuery } from '../../contract/message-query.ts';
import { actorOf } from '../actor.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies, Origin } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import {
  acceptedMessageExample,
  erasedMessageExample,
  messageExample,
  sendRequestExample,
} from '../openapi/examples/message.ts';
import { type Operation, one, page } from '../openapi/operation.ts';
import { principalOf } from '../principal.ts';
import { sendOne, sendPage } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate, validationError } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'messages' | 'outbox' | 'control' | 'audit'>;

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** The header with which a request can be repeated safely. */
export const sendHeaders = z.object({
  'Idempotency-Key': z
    .string()
    .min(1, 'must not be empty')
    .max(255, 'must be at most 255 characters')
    .optional()
    .meta({
      description:
        'A word of your own for this request. The same request with the same word gets the first answer again for 24 hours, and sends nothing; another request with it is refused.',
    }),
});

const operations = {
  send: {
    id: 'sendMessage',
    tag: 'Messages',
    summary: 'Send a text',
    description: 'The text is on disk when this answers. A repeated `Idempotency-Key` sends nothing again.',
    headers: sendHeaders,
    body: { schema: sendRequest, example: sendRequestExample },
    answers: [one(acceptedMessage, acceptedMessageExample, { status: 202, description: 'Accepted.' })],
    errors: [
      'NUMBER_NOT_FOUND',
      'RECIPIENT_OPTED_OUT',
      'RECIPIENT_BLOCKED',
      'IDEMPOTENCY_CONFLICT',
      'QUEUE_FULL',
    ],
  },
  list: {
    id: 'listMessages',
    tag: 'Messages',
    summary: 'List texts, newest first',
    query: messageQuery,
    answers: [page(message, messageExample)],
  },
  show: {
    id: 'getMessage',
    tag: 'Messages',
    summary: 'Look at a text',
    answers: [one(message, messageExample)],
    errors: ['MESSAGE_NOT_FOUND'],
  },
  erase: {
    id: 'eraseMessage',
    tag: 'Messages',
    summary: 'Erase text and number of a message that is final',
    answers: [one(message, erasedMessageExample)],
    errors: ['MESSAGE_NOT_FOUND', 'MESSAGE_NOT_FINAL'],
  },
} as const satisfies Record<string, Operation>;

/** `POST /sms/send`, `GET /sms` and `GET /sms/{message_id}`. */
export function addMessageRoutes(router: IRouter, dependencies: Dependencies): void {
  addResource(router, '/sms/send', {
    POST: {
      scope: 'sms:send',
      operation: operations.send,
      handle: (request, response) => send(request, response, dependencies),
    },
  });
  addResource(router, '/sms', {
    GET: {
      scope: 'sms:read',
      operation: operations.list,
      handle: (request, response) => list(request, response, dependencies),
    },
  });
  addResource(router, '/sms/:messageId', {
    GET: {
      scope: 'sms:read',
      operation: operations.show,
      handle: (request, response) => show(request, response, dependencies),
    },
    DELETE: {
      scope: 'admin',
      operation: operations.erase,
      handle: (request, response) => erase(request, response, dependencies),
    },
  });
}

/** The id in the address, in the case it is stored in. What is no UUID names no message. */
export function messageIdOf(request: Request): string {
  const messageId = String(request.params.messageId);
  if (!uuid.test(messageId)) throw new ApiError('MESSAGE_NOT_FOUND', 'There is no message with this id.');
  return messageId.toLowerCase();
}

async function send(request: Request, response: Response, dependencies: Dependencies): Promise<void> {
  const body = await readJson(request);
  const origin = originOf(request, response);
  const wanted = validate(sendRequest, body);
  sendOne(response, 202, await dependencies.outbox.accept(wanted, origin));
}

/** Who asks, and the `Idempotency-Key` given. */
export function originOf(request: Request, response: Response): Origin {
  const headers = validate(sendHeaders, { 'Idempotency-Key': request.headers['idempotency-key'] });
  const { 'Idempotency-Key': idempotencyKey } = headers;
  const { kind, id } = principalOf(response);
  const keyId = kind === 'key' ? id : `session:${id}`;
  return idempotencyKey === undefined ? { keyId } : { keyId, idempotencyKey };
}

async function list(request: Request, response: Response, { messages }: Dependencies): Promise<void> {
  const query = validate(messageQuery, request.query);
  const found = await messages.page(query);
  if (!found) throw validationError({ after: 'is not the message_id of a message here' });
  sendPage(response, found.data, found.total, query);
}

async function show(request: Request, response: Response, { messages }: Dependencies): Promise<void> {
  const found = await messages.find(messageIdOf(request));
  if (!found) throw new ApiError('MESSAGE_NOT_FOUND', 'There is no message with this id.');
  sendOne(response, 200, found);
}

function erase(request: Request, response: Response, { control, audit }: Dependencies): void {
  const id = messageIdOf(request);
  const act = { action: 'message.erase', target: id } as const;
  sendOne(
    response,
    200,
    audit.during(actorOf(request, response), act, () => control.erase(id)),
  );
}
