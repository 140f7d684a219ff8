import type { z } from 'zod';
import { ApiError } from './api-error.ts';

/** So many wrong fields are named; nobody makes more by mistake. */
const mostDetails = 50;
const longestName = 100;

/**
 * What `schema` makes of a request's body, query or header.
 *
 * @throws ApiError `VALIDATION_ERROR` that names every failing field at once
 */
export function validate<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const judged = judge(schema, value);
  if ('error' in judged) throw judged.error;
  return judged.data;
}

/** What `schema` makes of a value, or the `VALIDATION_ERROR` that names every failing field at once. */
export function judge<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): { readonly data: z.output<Schema> } | { readonly error: ApiError } {
  const result = schema.safeParse(value, { error: plainMessage });
  if (result.success) return { data: result.data };
  return { error: validationError(detailsOf(result.error.issues)) };
}

/** The error for fields that no schema could judge. */
export function validationError(details: Readonly<Record<string, string>>): ApiError {
  const names = Object.keys(details);
  if (names.length === 0) return new ApiError('VALIDATION_ERROR', 'The body must be a JSON object.');
  const message =
    names.length === 1 ? `The field ${names[0]} is wrong.` : `${names.length} fields are wrong.`;
  return new ApiError('VALIDATION_ERROR', message, { details });
}

function detailsOf(issues: readonly z.core.$ZodIssue[]): Record<string, string> {
  const found = new Map<string, string>();
  const note = (name: string, message: string) => {
    if (name !== '' && !found.has(name) && found.size < mostDetails) {
      found.set(name.slice(0, longestName), message);
    }
  };
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) note(nameAt([...issue.path, key]), 'is not a field of this request');
    } else {
      note(nameAt(issue.path), issue.message);
    }
  }
  return Object.fromEntries(found);
}

/** Where a field stands: `windows.0.from`. */
function nameAt(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

/** Plain words where the schema has none of its own. */
function plainMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'is required';
      return `must be ${nameOf(issue.expected, issue.input)}${issue.input === null ? ', not null' : ''}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `must be at least ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${unitOf(issue.origin)}`;
    case 'invalid_format':
      return issue.format === 'datetime' ? 'must be a time such as 2026-06-08T13:30:06Z' : undefined;
    default:
      return undefined;
  }
}

function nameOf(type: string, input: unknown): string {
  const names: Readonly<Record<string, string>> = {
    int: 'a whole number',
    object: 'an object',
    array: 'a list',
    boolean: 'true or false',
  };
  return names[type] ?? `a ${Array.isArray(input) ? 'single ' : ''}${type}`;
}

function unitOf(origin: string): string {
  return origin === 'string' ? ' characters' : '';
}
