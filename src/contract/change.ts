import { z } from 'zod';

type WithoutDefault<Schema> = Schema extends z.ZodDefault<infer Inner> ? Inner : Schema;
type WithoutDefaults<Shape> = { [Name in keyof Shape]: WithoutDefault<Shape[Name]> };

/** The fields of settings as a change names them: a default would set what a change does not name. */
export function withoutDefaults<Shape extends Record<string, z.ZodType>>(
  shape: Shape,
): WithoutDefaults<Shape> {
  const entries = Object.entries(shape).map(([name, schema]) => [
    name,
    schema instanceof z.ZodDefault ? schema.unwrap() : schema,
  ]);
  return Object.fromEntries(entries) as WithoutDefaults<Shape>;
}
