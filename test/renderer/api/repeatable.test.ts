import { expect, it } from 'vitest';
import { RepeatableRequest } from '../../../renderer/api/repeatable.ts';

const key = (request: RepeatableRequest, body: unknown) => request.headersFor(body)['Idempotency-Key'];

it('the same that is sent again without an answer goes under the same key', () => {
  const request = new RepeatableRequest();
  expect(key(request, { to: '+1', body: 'x' })).toBe(key(request, { to: '+1', body: 'x' }));
});

it('something else, or the same again once it was taken, goes under another key', () => {
  const request = new RepeatableRequest();
  const first = key(request, { body: 'x' });
  const other = key(request, { body: 'y' });
  request.taken();
  expect(new Set([first, other, key(request, { body: 'y' })]).size).toBe(3);
});
