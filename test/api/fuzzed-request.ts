import fc from 'fast-check';
import type { OpenApiDocument } from '../../src/api/openapi/document.ts';

/** A request that the document led to: right, nearly right, or nothing of the kind. */
export interface FuzzedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
  readonly example?: string;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: Schema; example: unknown }>> };
}

// biome-ignore lint/suspicious/noExplicitAny: JSON Schema as it comes
type Schema = any;
type Components = { readonly schemas: Readonly<Record<string, Schema>> };

/** Any UTF-16 at all, halves of surrogate pairs and NUL among it. */
const anyUnits = fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)), maxLength: 40 });
const anyText = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    "' OR 1=1 --",
    '../../etc/passwd',
    '%00',
    '\u0000',
    '__proto__',
    '1e999',
    '-1',
    '9'.repeat(40),
  ),
);

/**
 * Requests to every operation of the document but those in `except`, which are told by method and path.
 *
 * @param keys what to send as the API key, one of them at a time
 */
export function fuzzedRequests(
  document: OpenApiDocument,
  keys: readonly string[],
  except: ReadonlySet<string>,
): fc.Arbitrary<FuzzedRequest> {
  const components = document.components as Components;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => !except.has(`${method} ${path}`))
      .map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        operation: operation as Operation,
      })),
  );
  const each = operations.map(({ method, path, operation }) =>
    fc
      .record({
        method: mostly(
          fc.constant(method),
          fc.constantFrom('PUT', 'PATCH', 'DELETE', 'POST', 'OPTIONS', 'HEAD'),
        ),
        path: pathOf(path, operation.parameters ?? [], components),
        headers: headersOf(operation.parameters ?? [], components),
        key: fc.constantFrom(...keys),
        body: bodyOf(operation, components),
        type: mostly(
          fc.constant('application/json'),
          fc.constantFrom('text/plain', 'application/json; charset=x'),
        ),
      })
      .map(({ key, type, headers, body, ...request }) => ({
        ...request,
        body,
        headers: {
          ...headers,
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': type }),
        },
      })),
  );
  return fc.oneof(...each);
}

function mostly<Value>(usual: fc.Arbitrary<Value>, other: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: other });
}

function pathOf(
  template: string,
  parameters: readonly Parameter[],
  components: Components,
): fc.Arbitrary<string> {
  const steps = template.split('/').map((step) => {
    const name = /^\{(\w+)\}$/.exec(step)?.[1];
    const parameter = parameters.find((candidate) => candidate.in === 'path' && candidate.name === name);
    return parameter
      ? fc.oneof(fc.constant(parameter.example ?? 'x'), fc.uuid(), anyText).map(encoded)
      : fc.constant(step);
  });
  const pairs = parameters
    .filter((parameter) => parameter.in === 'query')
    .map((parameter) =>
      fc.option(
        fc
          .oneof(valuesOf(parameter.schema, components).map(String), anyText)
          .map((value) => `${parameter.name}=${encoded(value)}`),
      ),
    );
  return fc
    .tuple(fc.tuple(...steps), fc.tuple(...pairs))
    .map(([path, query]) => [path.join('/'), query.filter((pair) => pair !== null).join('&')])
    .map(([path, query]) => (query ? `${path}?${query}` : (path ?? '/')));
}

function headersOf(
  parameters: readonly Parameter[],
  components: Components,
): fc.Arbitrary<Record<string, string>> {
  const given = parameters
    .filter((parameter) => parameter.in === 'header')
    .map(({ name, schema }) =>
      fc.option(fc.oneof(valuesOf(schema, components).map(String), fc.string({ maxLength: 300 }))).map(
        // what HTTP itself forbids in a header never leaves this client
        (value) => [name, value?.replace(/[^\x20-\x7e]/g, '?')] as const,
      ),
    );
  return fc
    .tuple(...given)
    .map((pairs) =>
      Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined)),
    );
}

function bodyOf({ requestBody }: Operation, components: Components): fc.Arbitrary<string | undefined> {
  const [media] = Object.values(requestBody?.content ?? {});
  const junk = fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc.string({ maxLength: 60 }),
    fc.constantFrom('', '{', '[]', 'null', '{"a":1}x', '{"__proto__":{}}'),
  );
  if (!media) return mostly(fc.constant(undefined), junk);
  const right = valuesOf(media.schema, components);
  const nearly = fc
    .tuple(
      fc.oneof(right, fc.constant(media.example)),
      fc.string({ maxLength: 12 }),
      fc.jsonValue({ maxDepth: 2 }),
      fc.nat(9),
    )
    .map(([value, name, other, which]) => disturbed(value, name, other, which));
  return fc.oneof(
    { weight: 3, arbitrary: right.map((value) => JSON.stringify(value)) },
    { weight: 3, arbitrary: nearly.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.constant(JSON.stringify(media.example)) },
    { weight: 1, arbitrary: junk },
  );
}

/** The value with one field replaced, added or taken out. */
function disturbed(value: unknown, name: string, other: unknown, which: number): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return other;
  const fields = Object.entries(value);
  const [chosen] = fields[which % Math.max(fields.length, 1)] ?? [name];
  if (which < 4) return { ...value, [chosen]: other };
  if (which < 7) return { ...value, [name]: other };
  return Object.fromEntries(fields.filter(([field]) => field !== chosen));
}

/** Values that a schema allows, as far as JSON Schema says all there is. */
function valuesOf(schema: Schema, components: Components, depth = 0): fc.Arbitrary<unknown> {
  if (depth > 6) return fc.constant(null);
  const inner = (part: Schema) => valuesOf(part, components, depth + 1);
  if (schema.$ref) return inner(components.schemas[schema.$ref.split('/').at(-1)]);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(inner));
  switch (schema.type) {
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.oneof(
        fc.integer({ min: schema.minimum ?? -5, max: Math.min(schema.maximum ?? 200, 2 ** 31 - 1) }),
      );
    case 'number':
      return fc.double({ min: schema.minimum ?? -100, max: schema.maximum ?? 100, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(inner(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 5),
      });
    case 'object': {
      const fields = Object.entries(schema.properties ?? {}).map(
        ([name, part]) => [name, inner(part)] as const,
      );
      return fc.record(Object.fromEntries(fields), { requiredKeys: schema.required ?? [] });
    }
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function textOf({ pattern, format, example, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  const known = example === undefined ? [] : [fc.constant(String(example))];
  if (format === 'date-time')
    return fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
      .map((date) => date.toISOString());
  return fc.oneof(
    ...known,
    ...matching(pattern),
    fc.oneof(anyText, anyUnits).map((text) => text.slice(0, maxLength)),
  );
}

/** Nothing where the pattern has what the library cannot make texts for. */
function matching(pattern: string | undefined): fc.Arbitrary<string>[] {
  if (pattern === undefined) return [];
  try {
    return [fc.stringMatching(new RegExp(pattern, 'u'))];
  } catch {
    return [];
  }
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
