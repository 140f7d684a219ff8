import type { OpenApiDocument } from '../../../src/api/openapi/document.ts';

/** Words that would end a statement, widen a condition, or open another one, if any of them ever became SQL. */
export const sqlWords = [
  "'; DROP TABLE messages; --",
  "' OR '1'='1",
  "%' UNION SELECT secret FROM keys --",
  '1 OR 1=1',
  'x" MATCH "y* NEAR( -',
] as const;

/** A request of the OpenAPI document in which one value, told by `place`, is SQL. */
export interface SqlRequest {
  readonly method: string;
  readonly path: string;
  readonly place: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly example?: unknown;
  readonly schema?: { readonly example?: unknown; readonly enum?: readonly unknown[] };
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: unknown }>> };
}

/** It goes on for ever. */
const streams = new Set(['get /v1/events']);
/** So many of the words are enough for each value of a body, of which there are many. */
const wordsOfBodies = 2;

/** Every operation with SQL in each of its parameters and in each value of its body, one at a time. */
export function* sqlRequests({ paths }: OpenApiDocument): Generator<SqlRequest> {
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!streams.has(`${method} ${path}`)) yield* requestsOf(path, method.toUpperCase(), operation);
    }
  }
}

function* requestsOf(template: string, method: string, operation: Operation): Generator<SqlRequest> {
  const { parameters = [] } = operation;
  const [type, media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const usual = {
    method,
    path: filled(template, parameters),
    headers: type === undefined ? {} : { 'Content-Type': type },
    body: media && written(media.example),
  };
  for (const [index, words] of sqlWords.entries()) {
    for (const parameter of parameters)
      yield { ...usual, ...withParameter(template, parameters, parameter, words, usual) };
    if (media && index < wordsOfBodies)
      for (const [place, body] of variants(media.example, words))
        yield { ...usual, place, body: written(body) };
  }
}

function withParameter(
  template: string,
  parameters: readonly Parameter[],
  { name, in: where }: Parameter,
  words: string,
  usual: Omit<SqlRequest, 'place'>,
): Partial<SqlRequest> & { readonly place: string } {
  const place = `${where} ${name}`;
  if (where === 'path') return { place, path: filled(template, parameters, { [name]: words }) };
  if (where === 'header') return { place, headers: { ...usual.headers, [name]: words } };
  return { place, path: `${usual.path}?${new URLSearchParams({ [name]: words })}` };
}

function filled(
  template: string,
  parameters: readonly Parameter[],
  other: Record<string, string> = {},
): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = parameters.find((candidate) => candidate.in === 'path' && candidate.name === name);
    return encodeURIComponent(other[name] ?? String(parameter?.example ?? parameter?.schema?.example ?? 'x'));
  });
}

/** The example with each of its values, and each of its names, in turn replaced. */
function* variants(example: unknown, words: string): Generator<[place: string, body: unknown]> {
  if (typeof example !== 'object' || example === null) {
    yield ['the body', words];
    return;
  }
  for (const [name, value] of Object.entries(example)) {
    const replaced = (other: unknown) => (Array.isArray(example) ? [other] : { ...example, [name]: other });
    for (const [place, inner] of variants(value, words)) yield [`${name} › ${place}`, replaced(inner)];
  }
  if (!Array.isArray(example)) yield [`a name of its own`, { ...example, [words]: words }];
}

function written(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
