import { expect, test } from 'vitest';
import { StoreError, type StoreErrorCode } from '../../src/store/store-error.ts';
import { ownNumber, startApi } from './running-api.ts';

const text = { from: ownNumber, to: '+14155553000', body: 'Hello' };
const secret = '/var/lib/postern/postern.db';

test.each<[StoreErrorCode, RegExp]>([
  ['locked', /locked the database/],
  ['unwritable', /cannot write to its disk.*postern doctor/],
  ['corrupt', /is damaged.*Restore a backup/],
  ['newer', /written by a newer version/],
])('a store that is %s takes no text, and says so without telling where it lies', async (code, sentence) => {
  const accept = () => Promise.reject(new StoreError(code, `${secret} is in trouble`));
  const api = await startApi({ outbox: { accept } });
  const { status, json, headers } = await api.ask('/v1/sms/send', { method: 'POST', body: text });
  expect([status, json.error.code, headers['retry-after']]).toEqual([503, 'NOT_READY', '10']);
  expect(json.error.message).toMatch(sentence);
  expect(json.error.message).toContain('Nothing was accepted');
  expect(json.error.message).not.toContain(secret);
});

test('while the disk is nearly full no text is taken, and what says so is what /readyz says', async () => {
  const api = await startApi({ notReady: () => 'The disk is full. Make room.' });
  for (const [path, asked] of [
    ['/v1/sms/send', { method: 'POST', body: text }],
    ['/readyz', {}],
  ] as const) {
    const { status, json } = await api.ask(path, asked);
    expect([status, json.error.message]).toEqual([503, 'The disk is full. Make room.']);
  }
});
