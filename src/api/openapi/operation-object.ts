import { z } from 'zod';
import { one, pageOf } from '../../contract/envelope.ts';
import { type ErrorCode, errorEnvelope } from '../../contract/error.ts';
import { isOpen } from '../open-endpoints.ts';
import type { Endpoint, Method } from '../resource.ts';
import { type Components, explainedFields, type JsonSchema } from './components.ts';
import { bodyErrors, byStatus, errorMeanings, globalErrors, keyErrors } from './error-meanings.ts';
import { fieldMeanings } from './field-meanings.ts';
import type { Answer, Operation } from './operation.ts';
import { pathParameters } from './path-parameters.ts';

type Content = Readonly<Record<string, object>>;

const requestIdHeader = { 'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' } };
const rateLimitHeaders = {
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimit-Policy' },
  RateLimit: { $ref: '#/components/headers/RateLimit' },
};
const retryLater: ReadonlySet<number> = new Set([429, 503]);

/** What the document says of one method on one path, as OpenAPI 3.1 writes it. */
export function operationObject(
  method: Method,
  path: string,
  { scope, operation }: Endpoint,
  components: Components,
): object {
  const underKey = path.startsWith('/v1/') && !isOpen({ method, path: path.slice('/v1'.length) });
  const parameters = [
    ...pathParameters(path),
    ...parametersOf(operation.query, 'query', components),
    ...parametersOf(operation.headers, 'header', components),
  ];
  const needs = scope === undefined ? [] : [`Needs the scope \`${scope}\`.`];
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    description: [operation.description ?? `${operation.summary}.`, ...needs].join('\n\n'),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(operation.body ? { requestBody: bodyOf(operation.body, components) } : {}),
    responses: responsesOf(operation, underKey, components),
    security: underKey ? [{ ApiKey: [] }, { Session: [] }] : [],
    ...(scope === undefined ? {} : { 'x-required-scope': scope }),
  };
}

function parametersOf(
  schema: z.ZodObject | undefined,
  place: 'query' | 'header',
  components: Components,
): object[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = components.of(z.object(schema.shape), 'input') as {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
  };
  const meanings = fieldMeanings[z.globalRegistry.get(schema)?.id ?? ''];
  return Object.entries(explainedFields(properties, meanings)).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

function bodyOf(
  { schema, example, type = 'application/json' }: NonNullable<Operation['body']>,
  components: Components,
): object {
  return { required: true, content: { [type]: { schema: components.of(schema, 'input'), example } } };
}

function responsesOf(operation: Operation, underKey: boolean, components: Components): object {
  const judged = operation.query ?? operation.headers ?? operation.body;
  const codes: readonly ErrorCode[] = [
    ...globalErrors,
    ...(underKey ? keyErrors : []),
    ...(operation.body ? bodyErrors : []),
    ...(judged ? (['VALIDATION_ERROR'] as const) : []),
    ...(operation.errors ?? []),
  ];
  const errors = byStatus(codes);
  const statuses = new Set([...operation.answers.map(({ status }) => status), ...errors.keys()]);
  return Object.fromEntries(
    [...statuses].map((status) => {
      const answer = operation.answers.find((candidate) => candidate.status === status);
      const response = responseOf(status, answer, errors.get(status) ?? [], components);
      if (underKey) Object.assign(response.headers, rateLimitHeaders);
      return [status, response];
    }),
  );
}

function responseOf(
  status: number,
  answer: Answer | undefined,
  codes: readonly ErrorCode[],
  components: Components,
): { readonly description: string; readonly headers: object; readonly content?: Content } {
  const meanings = codes.map((code) => `\`${code}\`: ${errorMeanings[code].when}.`);
  const content: Content = {
    ...(answer ? contentOf(answer, components) : {}),
    ...(codes.length > 0 ? errorContent(codes, components) : {}),
  };
  return {
    description: [...(answer ? [answer.description] : []), ...meanings].join('\n\n'),
    headers: {
      ...requestIdHeader,
      ...(retryLater.has(status) ? { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } : {}),
    },
    ...(Object.keys(content).length > 0 ? { content } : {}),
  };
}

function contentOf(answer: Answer, components: Components): Content {
  switch (answer.kind) {
    case 'one': {
      const schema = components.of(one(answer.data), 'output');
      return json(schema, { example: { success: true, data: answer.example } });
    }
    case 'page': {
      const schema = components.of(pageOf(answer.data), 'output');
      const meta = { page: 1, per_page: 20, total: 1, total_pages: 1 };
      return json(schema, { example: { success: true, data: [answer.example], meta } });
    }
    case 'other':
      return { [answer.type]: { schema: answer.schema, example: answer.example } };
    default:
      return {};
  }
}

/** The envelope of errors, narrowed to the codes that can come here, each with an example. */
function errorContent(codes: readonly ErrorCode[], components: Components): Content {
  const envelope = components.of(errorEnvelope, 'output');
  const error = { properties: { code: { enum: codes }, message: {}, details: {} } };
  const narrowed = { properties: { success: {}, error } };
  const examples = Object.fromEntries(codes.map((code) => [code, { value: errorExample(code) }]));
  return json({ allOf: [envelope, narrowed] }, { examples });
}

function errorExample(code: ErrorCode): object {
  const details =
    code === 'VALIDATION_ERROR' ? { details: { to: 'must be an international number in E.164 form' } } : {};
  return { success: false, error: { code, message: errorMeanings[code].message, ...details } };
}

function json(schema: JsonSchema, more: object): Content {
  return { 'application/json': { schema, ...more } };
}
