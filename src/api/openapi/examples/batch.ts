import type { AcceptedBatch, BatchView, ImportReport } from '../../../contract/batch.ts';

const batchId = '5b0f5a0e-3a0a-4f0a-9b1f-6d1c2f1f7a10';

export const batchRequestExample = {
  name: 'Invitations',
  messages: [{ from: '+14155552671', to: '+14155553000', body: 'You are invited.' }],
};

export const acceptedBatchExample: AcceptedBatch = {
  batch_id: batchId,
  accepted: 1,
  refused: 1,
  results: [
    { success: true, data: { message_id: '2a583efc-0c41-47b5-a1fe-885fc7ec2720', status: 'dispatched' } },
    {
      success: false,
      error: {
        code: 'VALIDATION_ERROR',
        message: 'The field to is wrong.',
        details: { to: 'must be an international number in E.164 form' },
      },
    },
  ],
};

export const batchExample: BatchView = {
  batch_id: batchId,
  name: 'Invitations',
  state: 'running',
  total: 100,
  refused: 1,
  counts: { queued: 0, dispatched: 60, sent: 10, delivered: 30, failed: 0 },
  created_at: '2026-06-08T13:30:06Z',
  paused_at: null,
  cancelled_at: null,
};

export const importReportExample: ImportReport = {
  dry_run: false,
  batch_id: batchId,
  rows: 2,
  accepted: 1,
  refused: 1,
  segments: 1,
  ignored_columns: ['name'],
  errors: [
    {
      row: 3,
      error: {
        code: 'VALIDATION_ERROR',
        message: 'The field body is wrong.',
        details: { body: 'is required' },
      },
    },
  ],
};
