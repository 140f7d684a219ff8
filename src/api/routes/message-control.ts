import type { IRouter, Request, Response } from 'express';
import { z } from 'zod';
import { acceptedMessage, message } from '../../contract/message.ts';
import { messagePdu, story } from '../../contract/story.ts';
import { decodePdu } from '../../gsm/pdu/index.ts';
import { actorOf } from '../actor.ts';
import { ApiError } from '../api-error.ts';
import type { ApiDependencies, StoredPdu } from '../dependencies.ts';
import { acceptedMessageExample, cancelledMessageExample } from '../openapi/examples/message.ts';
import { pdusExample, storyExample } from '../openapi/examples/story.ts';
import { type Operation, one } from '../openapi/operation.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { messageIdOf, originOf, sendHeaders } from './messages.ts';

type Dependencies = Pick<ApiDependencies, 'control' | 'stories' | 'audit'>;

const operations = {
  cancel: {
    id: 'cancelMessage',
    tag: 'Messages',
    summary: 'Take a text back of which no part has left',
    answers: [one(message, cancelledMessageExample)],
    errors: ['MESSAGE_NOT_FOUND', 'MESSAGE_NOT_CANCELLABLE'],
  },
  resend: {
    id: 'resendMessage',
    tag: 'Messages',
    summary: 'Send a failed text again, as a new one',
    headers: sendHeaders,
    answers: [one(acceptedMessage, acceptedMessageExample, { status: 202, description: 'Accepted.' })],
    errors: [
      'MESSAGE_NOT_FOUND',
      'MESSAGE_NOT_RESENDABLE',
      'NUMBER_NOT_FOUND',
      'RECIPIENT_OPTED_OUT',
      'RECIPIENT_BLOCKED',
      'IDEMPOTENCY_CONFLICT',
      'QUEUE_FULL',
    ],
  },
  events: {
    id: 'getMessageStory',
    tag: 'Messages',
    summary: 'What happened to a text, part by part',
    answers: [one(story, storyExample)],
    errors: ['MESSAGE_NOT_FOUND'],
  },
  pdus: {
    id: 'getMessagePdus',
    tag: 'Messages',
    summary: 'The PDUs of a text, field by field',
    answers: [one(z.array(messagePdu), pdusExample)],
    errors: ['MESSAGE_NOT_FOUND'],
  },
} as const satisfies Record<string, Operation>;

/** What a person does to one message, and its whole story: `/sms/{message_id}/cancel`, `/resend`, `/events`, `/pdus`. */
export function addMessageControlRoutes(router: IRouter, dependencies: Dependencies): void {
  const { control, stories, audit } = dependencies;
  addResource(router, '/sms/:messageId/cancel', {
    POST: {
      scope: 'sms:send',
      operation: operations.cancel,
      handle(request, response) {
        const id = messageIdOf(request);
        const act = { action: 'message.cancel', target: id } as const;
        sendOne(
          response,
          200,
          audit.during(actorOf(request, response), act, () => control.cancel(id)),
        );
      },
    },
  });
  addResource(router, '/sms/:messageId/resend', {
    POST: {
      scope: 'sms:send',
      operation: operations.resend,
      handle: (request, response) => resend(request, response, dependencies),
    },
  });
  addResource(router, '/sms/:messageId/events', {
    GET: {
      scope: 'sms:read',
      operation: operations.events,
      handle: (request, response) => sendOne(response, 200, found(stories.of(messageIdOf(request)))),
    },
  });
  addResource(router, '/sms/:messageId/pdus', {
    GET: {
      scope: 'sms:read',
      operation: operations.pdus,
      handle: (request, response) =>
        sendOne(response, 200, found(stories.pdus(messageIdOf(request))).map(withSpans)),
    },
  });
}

async function resend(request: Request, response: Response, { control, audit }: Dependencies): Promise<void> {
  const id = messageIdOf(request);
  const note = (again: string) =>
    audit.note(actorOf(request, response), { action: 'message.resend', target: id, details: { as: again } });
  sendOne(response, 202, await control.resend(id, { ...originOf(request, response), note }));
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
