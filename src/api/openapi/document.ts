import { z } from 'zod';
import { eventEnvelope, eventPayloads, eventTypes } from '../../contract/event.ts';
import { Components } from './components.ts';
import { eventExample } from './examples/event.ts';
import { tags } from './operation.ts';
import { operationObject } from './operation-object.ts';
import { type MountedRouter, routesOf } from './routes-of.ts';

/** An OpenAPI document as far as its readers here look into it. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly components: object;
}

const introduction = `Everything a program needs to send texts over the modems of this gateway and to hear what came in.

Answers are JSON in an envelope: \`{"success": true, "data": ...}\`, lists with \`meta\`, errors as
\`{"success": false, "error": {"code", "message", "details"}}\`. Times are UTC. Every answer has an \`X-Request-Id\`.
HEAD is answered wherever GET is, OPTIONS everywhere.`;

const securitySchemes = {
  ApiKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key, as "postern keys create" makes one: `Authorization: Bearer ak_...`.',
  },
  Session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'postern_session_8026',
    description: "The cookie of a person who is signed in; the gateway's port stands in its name.",
  },
} as const;

const headers = {
  'X-Request-Id': {
    description: 'Names this request in the log: the id that the caller gave, or a new one.',
    schema: { type: 'string' },
    example: 'f3b1c2d4-5e6f-4a7b-8c9d-0e1f2a3b4c5d',
  },
  'Retry-After': {
    description: 'Ask again after so many seconds.',
    schema: { type: 'string' },
    example: '10',
  },
  'RateLimit-Policy': {
    description:
      'How many requests (`q`) the key may make in how many seconds (`w`); only for keys with a limit ' +
      '(draft-ietf-httpapi-ratelimit-headers-10).',
    schema: { type: 'string' },
    example: '"key";q=60;w=60',
  },
  RateLimit: {
    description: 'How many requests are left (`r`), and in how many seconds all are again (`t`).',
    schema: { type: 'string' },
    example: '"key";r=59;t=60',
  },
} as const;

/** The OpenAPI 3.1 document of all that these routers answer to. */
export function openApiDocument(mounted: readonly MountedRouter[], version: string): OpenApiDocument {
  const components = new Components();
  const paths: Record<string, Record<string, object>> = {};
  for (const { path, endpoints = [] } of routesOf(mounted)) {
    for (const [method, endpoint] of endpoints) {
      paths[path] = {
        ...paths[path],
        [method.toLowerCase()]: operationObject(method, path, endpoint, components),
      };
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Postern',
      version,
      summary: 'The SMS gateway on this machine.',
      description: introduction,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This gateway' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    webhooks: webhookRequests(components),
    components: { securitySchemes, headers, schemas: components.schemas },
  } as OpenApiDocument;
}

/** What the gateway itself sends to a receiver of webhooks, by type of event. */
function webhookRequests(components: Components): object {
  return Object.fromEntries(
    eventTypes.map((type) => {
      const schema = components.of(
        eventEnvelope.extend({ event_type: z.literal(type), data: eventPayloads[type] }),
        'output',
      );
      const example = eventExample(type);
      const operation = {
        operationId: `receive.${type}`,
        tags: ['Events'],
        summary: `The event ${type}`,
        description: `What a webhook that asks for \`${type}\` is sent.`,
        requestBody: { required: true, content: { 'application/json': { schema, example } } },
        security: [],
        responses: {
          '2XX': { description: 'Received. Anything else is tried again later.' },
          '410': { description: 'Not wanted any more: this event is not tried again.' },
        },
      };
      return [type, { post: operation }];
    }),
  );
}
