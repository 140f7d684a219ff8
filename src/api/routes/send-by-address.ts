import type { IRouter, Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { acceptedMessage, sendRequest } from '../../contract/message.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { acceptedMessageExample } from '../openapi/examples/message.ts';
import { type Operation, one } from '../openapi/operation.ts';
import { type Principal, requireScope, setPrincipal } from '../principal.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'keys' | 'outbox' | 'allowsGetSend'>;

/** A `+` that was not percent-encoded arrives as a blank. */
const number = <Schema extends z.ZodType<unknown, string>>(schema: Schema) =>
  z.preprocess((value) => (typeof value === 'string' ? value.replace(/^ /, '+') : value), schema);

const query = z
  .object({
    from: number(sendRequest.shape.from).meta({ type: 'string' }),
    to: number(sendRequest.shape.to).meta({ type: 'string' }),
    text: sendRequest.shape.body,
    key: z.string().min(1, 'must not be empty').max(200),
  })
  .meta({ id: 'SendQuery' });

const operation: Operation = {
  id: 'sendByAddress',
  tag: 'Messages',
  summary: 'Send a text by fetching an address',
  description:
    'For alarm panels and controllers that can do nothing else. Off unless the gateway runs with `--allow-get-send`: ' +
    'the key stands in the address, where logs, histories and proxies keep it. Give such a key the scope `sms:send` ' +
    'alone and the one address it is used from.',
  query,
  answers: [one(acceptedMessage, acceptedMessageExample, { status: 202, description: 'Accepted.' })],
  errors: [
    'NOT_FOUND',
    'METHOD_NOT_ALLOWED',
    'MISSING_API_KEY',
    'INVALID_API_KEY',
    'RATE_LIMIT_EXCEEDED',
    'NUMBER_NOT_FOUND',
    'RECIPIENT_OPTED_OUT',
    'RECIPIENT_BLOCKED',
    'QUEUE_FULL',
  ],
};

/** `GET /send?to&text&from&key`, where that is switched on. `limit` counts it with all else that the key asks. */
export function addSendByAddressRoute(
  router: IRouter,
  dependencies: Dependencies,
  limit: RequestHandler,
): void {
  addResource(router, '/send', {
    GET: {
      scope: undefined,
      acts: true,
      operation,
      handle(request, response) {
        response.setHeader('Cache-Control', 'no-store');
        if (!dependencies.allowsGetSend) throw new ApiError('NOT_FOUND', 'There is nothing at /send.');
        refusePreview(request);
        return send(request, response, dependencies, limit);
      },
    },
  });
}

/** Whoever only looks at an address must not send with it. */
function refusePreview({ headers }: Request): void {
  const purpose = String(headers['sec-purpose'] ?? headers.purpose ?? '');
  if (!/prefetch|prerender|preview/i.test(purpose)) return;
  throw new ApiError('METHOD_NOT_ALLOWED', 'Only a GET of its own sends a text.', {
    headers: { Allow: 'GET, OPTIONS' },
  });
}

async function send(
  request: Request,
  response: Response,
  { keys, outbox }: Dependencies,
  limit: RequestHandler,
): Promise<void> {
  const principal = identify(request, keys);
  setPrincipal(response, principal);
  limit(request, response, () => undefined);
  requireScope(principal, 'sms:send');
  const { from, to, text } = validate(query, request.query);
  sendOne(response, 202, await outbox.accept({ from, to, body: text }, { keyId: principal.id }));
}

/** Who asks is told by the address here. */
function identify({ query: { key }, socket }: Request, keys: Dependencies['keys']): Principal {
  if (!key) throw new ApiError('MISSING_API_KEY', 'Put an API key into the address: "...&key=ak_...".');
  const holder = typeof key === 'string' && keys.authenticate(key, socket.remoteAddress ?? '');
  if (holder) return { kind: 'key', ...holder };
  throw new ApiError('INVALID_API_KEY', 'The API key is wrong, expired or was revoked.');
}
