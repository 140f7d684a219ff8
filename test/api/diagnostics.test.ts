import { expect, test } from 'vitest';
import { storeMessage } from '../store/stored-message.ts';
import { Administrator } from './administrator.ts';
import { gatewayVersion } from './running-api.ts';

test('sizes, places and the state of the database are told', async () => {
  const admin = await Administrator.of();
  const { data } = (await admin.ask('/diagnostics')).json;
  expect(data).toMatchObject({
    version: gatewayVersion,
    node: process.version,
    backups: { count: 0, bytes: 0, newest_at: null },
    not_ready: null,
  });
  expect(data.database_bytes).toBeGreaterThan(4_096);
  expect((await admin.ask('/diagnostics/check', 'POST')).json.data).toMatchObject({
    sound: true,
    finding: null,
  });
});

test('what is handed to helpers has no text, secret or whole number in it, and is written down', async () => {
  const admin = await Administrator.of();
  storeMessage(admin.api.database, { body: 'nobody else may read this' });
  await admin.ask('/settings', 'PATCH', { mail_forward_to: ['boss@example.com'] });
  await admin.ask('/mail/password', 'PUT', { password: 'open sesame' });
  admin.api.logLines.push(
    '{"level":40,"to":"+14155553000","msg":"late"}',
    `a key ak_${'x'.repeat(40)} was shown to person@example.org`,
  );
  const { text, json } = await admin.ask('/diagnostics/bundle');
  expect(json.data.log).toEqual([
    '{"level":40,"to":"…000","msg":"late"}',
    'a key [secret] was shown to …@example.org',
  ]);
  expect(json.data.settings.mail_forward_to).toEqual(['…@example.com']);
  expect(json.data.modems).toMatchObject([{ manufacturer: 'Huawei', number: '…671', iccid: '…012' }]);
  for (const secret of ['nobody else', 'open sesame', '14155552671', '8901260123456789012', 'boss@'])
    expect(text).not.toContain(secret);
  expect(await admin.actions()).toContainEqual(['diagnostics.download', null]);
});
