import type { z } from 'zod';
import type { ErrorCode } from '../../contract/error.ts';

/** The groups of the reference, in its order, each with what it holds. */
export const tags = {
  Messages: 'Send texts, see what became of them, read what came in.',
  Batches: 'Many texts at once.',
  Numbers: 'The numbers of this gateway, its SIMs and modems.',
  Events: 'What happens, as it happens: a stream, and webhooks.',
  Administration: 'Keys, sessions, settings, backups and statistics.',
  Health: 'For whatever watches over the gateway.',
  Pages: 'For people and their browsers.',
} as const;
export type Tag = keyof typeof tags;

/** What one kind of answer holds. `data` is what stands in the envelope. */
export type Answer = { readonly status: number; readonly description: string } & (
  | { readonly kind: 'one' | 'page'; readonly data: z.ZodType; readonly example: unknown }
  | { readonly kind: 'other'; readonly type: string; readonly schema: object; readonly example: unknown }
  | { readonly kind: 'empty' }
);

/**
 * What the OpenAPI document says of one method of a resource. It stands beside the function that answers, and names the
 * schemas that judge the request, so that the two cannot drift apart.
 */
export interface Operation {
  /** The `operationId`: a verb and a noun, for example `sendMessage`. */
  readonly id: string;
  readonly tag: Tag;
  /** A few words, as they stand in a table of contents. */
  readonly summary: string;
  readonly description?: string;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  /** `type` where it is not JSON. */
  readonly body?: { readonly schema: z.ZodType; readonly example: unknown; readonly type?: string };
  readonly answers: readonly Answer[];
  /** What can go wrong beyond what can go wrong anywhere: `globalErrors` and, with a body, `bodyErrors`. */
  readonly errors?: readonly ErrorCode[];
}

interface Told {
  readonly status?: number;
  readonly description?: string;
}

/** An answer with one thing in its envelope; 200 unless said otherwise. */
export function one(data: z.ZodType, example: unknown, told: Told = {}): Answer {
  return { kind: 'one', status: 200, description: 'Done.', ...told, data, example };
}

/** An answer with a page of a list; `example` is one of its items. */
export function page(item: z.ZodType, example: unknown, told: Told = {}): Answer {
  return { kind: 'page', status: 200, description: 'A page of the list.', ...told, data: item, example };
}

/** An answer of text of some type. */
export function text(type: string, example: string, told: Told = {}): Answer {
  return {
    kind: 'other',
    status: 200,
    description: 'Done.',
    ...told,
    type,
    schema: { type: 'string' },
    example,
  };
}

/** An answer that is a file. */
export function octets(type: string, told: Told = {}): Answer {
  const schema = { type: 'string', format: 'binary' };
  return {
    kind: 'other',
    status: 200,
    description: 'Done.',
    ...told,
    type,
    schema,
    example: 'SQLite format 3',
  };
}

/** An answer of JSON without an envelope; `schema` is JSON Schema. */
export function bareJson(schema: object, example: unknown, told: Told = {}): Answer {
  return {
    kind: 'other',
    status: 200,
    description: 'Done.',
    ...told,
    type: 'application/json',
    schema,
    example,
  };
}

/** An answer without a body. */
export function empty(status: number, description: string): Answer {
  return { kind: 'empty', status, description };
}
