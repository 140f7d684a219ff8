import { setImmediate as nextTurn } from 'node:timers/promises';
import type { IRouter, Request, Response } from 'express';
import { z } from 'zod';
import {
  type BatchResult,
  type ImportReport,
  importQuery,
  importReport,
  largestImport,
} from '../../contract/batch.ts';
import { segmentText } from '../../gsm/pdu/index.ts';
import type { BatchItem } from '../../messages/batch-outbox.ts';
import { toBatchItem } from '../batch-item.ts';
import { toTextRequest } from '../csv/text-request.ts';
import { readTextRows, type TextRows } from '../csv/text-rows.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { batchBodyLimitBytes, readText } from '../json-body.ts';
import { importReportExample } from '../openapi/examples/batch.ts';
import { type Operation, one } from '../openapi/operation.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';
import { noteOf } from './batches.ts';
import { originOf, sendHeaders } from './messages.ts';

type Dependencies = Pick<ApiDependencies, 'batchOutbox' | 'numbers' | 'audit'>;

const judgedAtOnce = 100;
const mostErrors = 100;

const operation: Operation = {
  id: 'importTexts',
  tag: 'Batches',
  summary: 'Send the texts of a CSV file',
  description:
    'At most 10,000 rows and 24 MiB, in UTF-8, with commas, semicolons or tabs. The first row has titles: `to` and `body`, and where wanted `from`, `client_reference`, `scheduled_at`, `validity_seconds`, `priority` and `flash`. With `dry_run=true` every row is judged and nothing is sent.',
  query: importQuery,
  headers: sendHeaders,
  body: { type: 'text/csv', schema: z.string(), example: 'to,body\n+14155553000,You are invited.\n' },
  answers: [
    one(importReport, { ...importReportExample, dry_run: true, batch_id: null }, { description: 'Judged.' }),
    one(importReport, importReportExample, {
      status: 202,
      description: 'Accepted what is good, as one batch.',
    }),
  ],
  errors: ['IDEMPOTENCY_CONFLICT'],
};

/** `POST /sms/import`: the texts of a CSV file, as one batch. With `dry_run=true` every row is judged and none is sent. */
export function addImportRoutes(router: IRouter, dependencies: Dependencies): void {
  addResource(router, '/sms/import', {
    POST: {
      scope: 'sms:send',
      operation,
      handle: (request, response) => take(request, response, dependencies),
    },
  });
}

async function take(request: Request, response: Response, dependencies: Dependencies): Promise<void> {
  const query = validate(importQuery, request.query);
  const origin = originOf(request, response);
  const text = await readText(request, 'text/csv', batchBodyLimitBytes);
  const file = await readTextRows(text, largestImport);
  const items = await judged(file, query.from);
  const isDry = query.dry_run === 'true';
  if (isDry) {
    return sendOne(response, 200, reportOf(file, items, foreseen(items, dependencies), null));
  }
  const { name } = query;
  const note = noteOf(request, response, dependencies, name);
  const { batchId, results } = await dependencies.batchOutbox.acceptMany(items, {
    ...origin,
    name,
    paused: query.paused === 'true',
    note,
  });
  return sendOne(response, 202, reportOf(file, items, results, batchId));
}

async function judged({ rows }: TextRows, from: string | undefined): Promise<BatchItem[]> {
  const items: BatchItem[] = [];
  for (const { cells } of rows) {
    items.push(toBatchItem(toTextRequest(cells, from)));
    if (items.length % judgedAtOnce === 0) await nextTurn();
  }
  return items;
}

/** How each row would be answered: what only shows at the moment of sending, a full queue for one, is not foreseen. */
function foreseen(
  items: readonly BatchItem[],
  { numbers }: Dependencies,
): (Pick<BatchResult, 'success'> & { error?: Refusal })[] {
  const ours = new Set(numbers.views().map(({ number }) => number));
  return items.map((item) => {
    if ('error' in item) return { success: false, error: item.error };
    if (ours.has(item.request.from)) return { success: true };
    const details = { from: 'is none of the numbers of this gateway' };
    const message = `${item.request.from} is none of this gateway's numbers.`;
    return { success: false, error: { code: 'NUMBER_NOT_FOUND', message, details } };
  });
}

type Refusal = ImportReport['errors'][number]['error'];

function reportOf(
  { rows, ignoredColumns }: TextRows,
  items: readonly BatchItem[],
  results: readonly { readonly success: boolean; readonly error?: Refusal }[],
  batchId: string | null,
): ImportReport {
  const refused = results.flatMap(({ error }, index) =>
    error ? [{ row: rows[index]?.row ?? 0, error }] : [],
  );
  return {
    dry_run: batchId === null,
    batch_id: batchId,
    rows: rows.length,
    accepted: rows.length - refused.length,
    refused: refused.length,
    segments: items.reduce((sum, item, index) => sum + (results[index]?.success ? segmentsOf(item) : 0), 0),
    ignored_columns: [...ignoredColumns],
    errors: refused.slice(0, mostErrors),
  };
}

function segmentsOf(item: BatchItem): number {
  return 'request' in item ? segmentText(item.request.body).segments.length : 0;
}
