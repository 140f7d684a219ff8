import { z } from 'zod';
import { errorCodes } from './error.ts';
import { timestamp } from './message.ts';
import { e164 } from './phone-number.ts';

/** So many texts one request of `POST /v1/sms/batch` takes. */
export const largestBatch = 1_000;
/** So many rows one file of `POST /v1/sms/import` may have. */
export const largestImport = 10_000;

const name = z.string().trim().min(1, 'must not be empty').max(100, 'must be at most 100 characters');

/** What `POST /v1/sms/batch` takes. Each of `messages` is judged by itself, as `POST /v1/sms/send` would. */
export const batchRequest = z
  .strictObject({
    messages: z
      .array(z.unknown())
      .min(1, 'must hold at least one message')
      .max(largestBatch, `must hold at most ${largestBatch} messages`),
    name: name.optional(),
    /** Nothing of it leaves until it is resumed. */
    paused: z.boolean().default(false),
  })
  .meta({ id: 'BatchRequest' });
export type BatchRequest = z.infer<typeof batchRequest>;

/** What is wrong with one text of a batch. */
export const batchError = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  details: z.record(z.string(), z.string()).optional(),
});
export type BatchError = z.infer<typeof batchError>;

/** The answer to one text of a batch. */
export const batchResult = z
  .discriminatedUnion('success', [
    z.object({
      success: z.literal(true),
      data: z.object({ message_id: z.uuid(), status: z.enum(['queued', 'dispatched']) }),
    }),
    z.object({ success: z.literal(false), error: batchError }),
  ])
  .meta({ id: 'BatchResult' });
export type BatchResult = z.infer<typeof batchResult>;

/** The answer to `POST /v1/sms/batch`; `results` are in the order of the request's `messages`. */
export const acceptedBatch = z
  .object({
    batch_id: z.uuid(),
    accepted: z.int(),
    refused: z.int(),
    results: z.array(batchResult),
  })
  .meta({ id: 'AcceptedBatch' });
export type AcceptedBatch = z.infer<typeof acceptedBatch>;

/**
 * - `running`: texts of it wait or are under way
 * - `paused`: nothing more leaves until it is resumed
 * - `cancelled`: what had not left by then never will
 * - `finished`: every text of it left, or failed
 */
export const batchStates = ['running', 'paused', 'cancelled', 'finished'] as const;

/** A batch as `GET /v1/batches/{batch_id}` shows it. */
export const batch = z
  .object({
    batch_id: z.uuid(),
    name: z.string().nullable(),
    state: z.enum(batchStates),
    /** How many texts were accepted, and how many were refused when the batch was made. */
    total: z.int(),
    refused: z.int(),
    /** How many of the accepted ones stand where. */
    counts: z.object({
      queued: z.int(),
      dispatched: z.int(),
      sent: z.int(),
      delivered: z.int(),
      failed: z.int(),
    }),
    created_at: timestamp,
    paused_at: timestamp.nullable(),
    cancelled_at: timestamp.nullable(),
  })
  .meta({ id: 'Batch' });
export type BatchView = z.infer<typeof batch>;

export const batchActions = ['pause', 'resume', 'cancel'] as const;
export type BatchAction = (typeof batchActions)[number];

/** What `POST /v1/batches/{batch_id}` takes. */
export const batchControl = z.strictObject({ action: z.enum(batchActions) }).meta({ id: 'BatchControl' });

/** What the address of `POST /v1/sms/import` can say. */
export const importQuery = z
  .object({
    /** Look at every row and send nothing. */
    dry_run: z.enum(['true', 'false']).default('false'),
    /** For rows without a `from` of their own. A `+` that was not percent-encoded arrives as a blank. */
    from: z
      .preprocess((value) => (typeof value === 'string' ? value.replace(/^ /, '+') : value), e164)
      .meta({ type: 'string' })
      .optional(),
    name: name.optional(),
    paused: z.enum(['true', 'false']).default('false'),
  })
  .meta({ id: 'ImportQuery' });
export type ImportQuery = z.infer<typeof importQuery>;

/** What became of a CSV file, or would. */
export const importReport = z
  .object({
    dry_run: z.boolean(),
    /** Null when nothing was to be sent. */
    batch_id: z.uuid().nullable(),
    rows: z.int(),
    accepted: z.int(),
    refused: z.int(),
    /** How many segments the accepted texts are. */
    segments: z.int(),
    /** Columns whose names mean nothing here. */
    ignored_columns: z.array(z.string()),
    /** The first hundred rows that are refused; `row` counts as a spreadsheet does, the titles being row 1. */
    errors: z.array(z.object({ row: z.int(), error: batchError })),
  })
  .meta({ id: 'ImportReport' });
export type ImportReport = z.infer<typeof importReport>;
