import type { IRouter, Request, Response } from 'express';
import { z } from 'zod';
import { sendRequest } from '../../contract/message.ts';
import { messageQuery } from '../../contract/message-query.ts';
import { actorOf } from '../actor.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies, Origin } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { principalOf } from '../principal.ts';
import { sendOne, sendPage } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate, validationError } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'messages' | 'outbox' | 'control' | 'audit' | 'notReady'>;

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

const sendHeaders = z.object({
  'Idempotency-Key': z
    .string()
    .min(1, 'must not be empty')
    .max(255, 'must be at most 255 characters')
    .optional(),
});

/** `POST /sms/send`, `GET /sms` and `GET /sms/{message_id}`. */
export function addMessageRoutes(router: IRouter, dependencies: Dependencies): void {
  addResource(router, '/sms/send', {
    POST: {
      scope: 'sms:send',
      handle: (request, response) => send(request, response, dependencies),
    },
  });
  addResource(router, '/sms', {
    GET: { scope: 'sms:read', handle: (request, response) => list(request, response, dependencies) },
  });
  addResource(router, '/sms/:messageId', {
    GET: { scope: 'sms:read', handle: (request, response) => show(request, response, dependencies) },
    DELETE: {
      scope: 'admin',
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
  const why = dependencies.notReady?.();
  if (why !== undefined) throw new ApiError('NOT_READY', why, { headers: { 'Retry-After': '10' } });
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
  const page = await messages.page(query);
  if (!page) throw validationError({ after: 'is not the message_id of a message here' });
  sendPage(response, page.data, page.total, query);
}

async function show(request: Request, response: Response, { messages }: Dependencies): Promise<void> {
  const message = await messages.find(messageIdOf(request));
  if (!message) throw new ApiError('MESSAGE_NOT_FOUND', 'There is no message with this id.');
  sendOne(response, 200, message);
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
