import { z } from 'zod';
import { fieldMeanings, typeMeanings } from './field-meanings.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The schemas of the document. Those that have an `id` in their `meta` are written once, under
 * `#/components/schemas`, and referred to.
 */
export class Components {
  readonly schemas: Record<string, JsonSchema> = {};

  /** @throws Error when two different schemas bear the same id: a request's and an answer's need two */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const { properties, $defs = {} } = z.toJSONSchema(z.object({ root: schema }), {
      io,
      unrepresentable: 'any',
      override: ({ jsonSchema }) => withoutIntegerLimits(jsonSchema),
    });
    for (const [id, definition] of Object.entries($defs)) this.#keep(id, referring(definition));
    return referring(properties?.root ?? {});
  }

  #keep(id: string, { id: _, ...bare }: JsonSchema): void {
    const definition = explained(id, bare);
    const known = this.schemas[id];
    if (known && JSON.stringify(known) !== JSON.stringify(definition)) {
      throw new Error(`Two different schemas have the id ${id}. Give each its own in its meta.`);
    }
    this.schemas[id] = definition;
  }
}

/** The schema with a sentence for each of its fields, and for its values, where there are such. */
function explained(id: string, schema: JsonSchema): JsonSchema {
  const description = typeMeanings[id];
  const { properties } = schema as { readonly properties?: Readonly<Record<string, JsonSchema>> };
  return {
    ...schema,
    ...(description === undefined ? {} : { description }),
    ...(properties && { properties: explainedFields(properties, fieldMeanings[id]) }),
  };
}

/** Fields, each with its sentence before whatever else it is. */
export function explainedFields(
  fields: Readonly<Record<string, JsonSchema>>,
  meanings: Readonly<Record<string, string>> = {},
): Record<string, JsonSchema> {
  const entries = Object.entries(fields).map(([name, field]) => {
    const description = meanings[name];
    return [name, description === undefined ? field : { ...field, description }];
  });
  return Object.fromEntries(entries);
}

/** Every integer of the schema library says that it is exact in a double, which goes without saying. */
function withoutIntegerLimits(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

/** The same schema with its references as the document needs them. */
function referring(schema: unknown): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
