import { expect, test } from 'vitest';
import { Administrator } from './administrator.ts';
import { mailServer } from './mail-server.ts';

test('the password of the mail server is kept sealed, is never shown, and serves for a test mail', async () => {
  const admin = await Administrator.of();
  const { mails, settings } = await mailServer('open sesame');
  await admin.ask('/settings', 'PATCH', settings);
  const set = await admin.ask('/mail/password', 'PUT', { password: 'open sesame' });
  expect(set.json.data).toEqual({ has_password: true, password_readable: true, waiting: 0, given_up: 0 });
  const kept = JSON.stringify(admin.api.database.prepare('SELECT * FROM settings').all());
  expect(kept).not.toContain('open sesame');
  expect((await admin.ask('/mail/test', 'POST', { to: 'boss@example.com' })).status).toBe(200);
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatch(/Subject: A test mail from Postern/);
  expect((await admin.ask('/mail/password', 'DELETE')).json.data.has_password).toBe(false);
  expect(await admin.actions()).toEqual([
    ['password.remove', 'mail server'],
    ['mail.test', 'boss@example.com'],
    ['password.set', 'mail server'],
    ['settings.change', null],
  ]);
  expect((await admin.ask('/audit')).text).not.toContain('open sesame');
});

test('what the mail server says against it is told', async () => {
  const admin = await Administrator.of();
  const without = await admin.ask('/mail/test', 'POST', { to: 'boss@example.com' });
  expect([without.status, Object.keys(without.json.error.details)]).toEqual([422, ['mail_server_host']]);
  const { settings } = await mailServer('open sesame');
  await admin.ask('/settings', 'PATCH', settings);
  await admin.ask('/mail/password', 'PUT', { password: 'wrong' });
  const refused = await admin.ask('/mail/test', 'POST', { to: 'boss@example.com' });
  expect([refused.status, refused.json.error.code]).toEqual([502, 'MAIL_FAILED']);
  expect(refused.json.error.message).toMatch(/does not take this user and password .*nobody I know/);
  await admin.ask('/settings', 'PATCH', { mail_server_port: 1 });
  const away = await admin.ask('/mail/test', 'POST', { to: 'boss@example.com' });
  expect(away.json.error.message).toMatch(/^The mail server 127\.0\.0\.1 cannot be reached/);
});

test('a key gets a short password for SMPP, shown once and written down without it', async () => {
  const admin = await Administrator.of();
  const { id } = admin.api.keys.create({ name: 'kannel', scopes: ['sms:send'] });
  const made = await admin.ask(`/keys/${id}/smpp-password`, 'POST');
  expect([made.status, made.json.data]).toEqual([
    201,
    { key_id: id, password: expect.stringMatching(/^\w{8}$/) },
  ]);
  expect(await admin.actions()).toEqual([['password.set', `smpp ${id}`]]);
  expect((await admin.ask('/audit')).text).not.toContain(made.json.data.password);
  expect((await admin.ask('/keys/nobody/smpp-password', 'POST')).json.error.code).toBe('KEY_NOT_FOUND');
});
