import type { IRouter } from 'express';
import { z } from 'zod';
import type { ApiDependencies } from '../dependencies.ts';
import type { EventStreams } from '../event-streams.ts';
import { streamExample } from '../openapi/examples/event.ts';
import { type Operation, text } from '../openapi/operation.ts';
import { isStillValid, principalOf } from '../principal.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

/** The header is empty until a reader has seen its first event. */
const resumeHeaders = z.object({
  'Last-Event-ID': z
    .string()
    .regex(/^(?:[0-7][0-9A-HJKMNP-TV-Z]{25})?$/, 'must be the id of an event')
    .transform((id) => id || undefined)
    .optional()
    .meta({ description: 'The `id` of the last event that you have seen: the stream goes on after it.' }),
});

const stream: Operation = {
  id: 'streamEvents',
  tag: 'Events',
  summary: 'Hear what happens, as server-sent events',
  description: `The events that webhooks get, each with its id: what came after the one that \`Last-Event-ID\` names, for up
to 24 hours back, and then all that happens. Between them come \`message.changed\`, \`modem.changed\` and
\`modem.removed\`, which have no id and are not kept. A comment every 15 seconds shows that the stream lives; a reader
that does not keep up is cut off and resumes.`,
  headers: resumeHeaders,
  answers: [text('text/event-stream', streamExample, { description: 'The stream, which stays open.' })],
};

/** `GET /events`: server-sent events, resumed after the one that `Last-Event-ID` names. */
export function addEventRoutes(
  router: IRouter,
  dependencies: Pick<ApiDependencies, 'keys' | 'sessions'>,
  streams: EventStreams,
): void {
  addResource(router, '/events', {
    GET: {
      scope: 'sms:read',
      operation: stream,
      handle(request, response) {
        const principal = principalOf(response);
        const headers = validate(resumeHeaders, { 'Last-Event-ID': request.headers['last-event-id'] });
        if (request.method === 'HEAD') {
          response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' }).end();
          return;
        }
        streams.open(response, {
          lastEventId: headers['Last-Event-ID'],
          mayStayOpen: () => isStillValid(principal, dependencies),
        });
      },
    },
  });
}
