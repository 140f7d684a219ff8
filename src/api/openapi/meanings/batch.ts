import type { z } from 'zod';
import type {
  AcceptedBatch,
  BatchRequest,
  BatchView,
  batchControl,
  ImportQuery,
  ImportReport,
} from '../../../contract/batch.ts';
import type { Meanings } from './meanings.ts';

export const batchMeanings = {
  BatchRequest: {
    messages: 'Up to 1,000 texts with the fields of `POST /v1/sms/send`. Each is judged by itself.',
    name: 'What people will know it by.',
    paused: '`true`: nothing of it leaves until it is resumed.',
  } satisfies Meanings<BatchRequest>,
  AcceptedBatch: {
    batch_id: 'Names the batch from now on.',
    accepted: 'How many texts are on disk.',
    refused: 'How many are not; `results` says why.',
    results: 'The answer to each text, in the order of `messages`.',
  } satisfies Meanings<AcceptedBatch>,
  Batch: {
    batch_id: 'Names the batch.',
    name: 'What people know it by, or null.',
    state:
      '`running`: texts of it wait or are under way; `paused`: the same, and nothing more leaves until it is resumed; `finished`: none waits; `cancelled`: what had not left by then never will.',
    total: 'How many texts were accepted.',
    refused: 'How many were refused when it was made.',
    counts: 'How many of the accepted ones stand where.',
    created_at: 'When it was made.',
    paused_at: 'Since when it is paused, or null.',
    cancelled_at: 'When it was cancelled, or null.',
  } satisfies Meanings<BatchView>,
  BatchControl: {
    action: '`pause`, `resume`, or `cancel`, which cannot be taken back.',
  } satisfies Meanings<z.infer<typeof batchControl>>,
  ImportQuery: {
    dry_run: '`true`: look at every row and send nothing.',
    from: 'The number that rows without a `from` of their own leave from.',
    name: 'What people will know the batch by.',
    paused: '`true`: nothing of it leaves until it is resumed.',
  } satisfies Meanings<ImportQuery>,
  ImportReport: {
    dry_run: 'Whether nothing was to be sent.',
    batch_id: 'The batch that the good rows are; null where nothing was to be sent.',
    rows: 'How many rows there are below the titles.',
    accepted: 'How many are good.',
    refused: 'How many are not.',
    segments: 'How many SMS the good ones are.',
    ignored_columns: 'Columns whose titles mean nothing here.',
    errors: 'The first hundred rows that are refused, counted as a spreadsheet does: the titles are row 1.',
  } satisfies Meanings<ImportReport>,
};
