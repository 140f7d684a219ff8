import { expect, it } from 'vitest';
import { momentOf, nameOf, refusedOf } from '../../../renderer/compose/sending.ts';
import type { AcceptedBatch } from '../../../src/contract/batch.ts';

const draft = { from: '+15550100001', to: '+15550100142\nnobody\n+15550100143', body: 'Hello', at: '' };

it('tells which numbers of a batch were refused, and why', () => {
  const answer: AcceptedBatch = {
    batch_id: '0',
    accepted: 1,
    refused: 1,
    results: [
      { success: true, data: { message_id: '1', status: 'queued' } },
      { success: false, error: { code: 'VALIDATION_ERROR', message: 'They said STOP.' } },
    ],
  };
  expect(refusedOf(draft, answer)).toEqual([{ number: '+15550100143', why: 'They said STOP.' }]);
  expect(refusedOf(draft, { message_id: '1', status: 'queued' } as never)).toEqual([]);
});

it.each([
  ['Hello', 'Hello'],
  [`\n\n${' '.repeat(80)}Hello`, 'Hello'],
  [`${'x'.repeat(59)}😀 and more`, `${'x'.repeat(59)}😀`],
  [' \n ', ''],
])('a batch of %j is called %j', (body, name) => expect(nameOf(body)).toBe(name));

it.each(['12026-01-01T10:00', ''])('%o is no moment', (local) => expect(momentOf(local)).toBeUndefined());
