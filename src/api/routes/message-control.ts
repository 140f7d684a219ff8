import type { IRouter, Request, Response } from 'express';
import { decodePdu } from '../../gsm/pdu/index.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies, StoredPdu } from '../dependencies.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { messageIdOf, originOf } from './messages.ts';

type Dependencies = Pick<ApiDependencies, 'control' | 'stories'>;

/** What a person does to one message, and its whole story: `/sms/{message_id}/cancel`, `/resend`, `/events`, `/pdus`. */
export function addMessageControlRoutes(router: IRouter, { control, stories }: Dependencies): void {
  addResource(router, '/sms/:messageId/cancel', {
    POST: {
      scope: 'sms:send',
      handle: (request, response) => sendOne(response, 200, control.cancel(messageIdOf(request))),
    },
  });
  addResource(router, '/sms/:messageId/resend', {
    POST: { scope: 'sms:send', handle: (request, response) => resend(request, response, control) },
  });
  addResource(router, '/sms/:messageId/events', {
    GET: {
      scope: 'sms:read',
      handle: (request, response) => sendOne(response, 200, found(stories.of(messageIdOf(request)))),
    },
  });
  addResource(router, '/sms/:messageId/pdus', {
    GET: {
      scope: 'sms:read',
      handle: (request, response) =>
        sendOne(response, 200, found(stories.pdus(messageIdOf(request))).map(withSpans)),
    },
  });
}

async function resend(
  request: Request,
  response: Response,
  control: ApiDependencies['control'],
): Promise<void> {
  sendOne(response, 202, await control.resend(messageIdOf(request), originOf(request, response)));
}

/** The octets with what each of them means, as far as they can be read. */
function withSpans({ direction, part, attempt, pdu }: StoredPdu): object {
  const { spans, problems } = decodePdu(pdu, { direction, mode: 'lenient', spans: true });
  return { direction, part, attempt: attempt ?? null, pdu, spans, problems };
}

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new ApiError('MESSAGE_NOT_FOUND', 'There is no message with this id.');
  return value;
}
