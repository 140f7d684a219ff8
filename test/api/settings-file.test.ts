import { expect, test } from 'vitest';
import { type SettingsFile, settingsFile } from '../../src/contract/settings-file.ts';
import { Administrator } from './administrator.ts';

const iccid = '8901260123456789012';
const passphrase = 'correct horse battery';
const hook = 'https://93.184.216.34/texts';

/** A gateway on which a little of everything is set. */
async function furnished(): Promise<Administrator> {
  const admin = await Administrator.of();
  const { sims } = admin.api;
  const { simId } = sims.findOrCreate({ iccid, imsi: undefined, modemId: 'x' }, 1);
  sims.setNumber(simId, '+14155552671', 'person');
  sims.setPin(simId, '4711');
  sims.changeSettings(simId, { limits: { per_day: 200 } });
  await admin.ask('/settings', 'PATCH', { keep_inbound_days: 90, mail_forward_to: ['boss@example.com'] });
  await admin.ask('/mail/password', 'PUT', { password: 'open sesame' });
  await admin.ask('/lists/blocked', 'POST', { number: '+4915*', note: 'advertising' });
  await admin.ask('/webhooks', 'POST', { url: hook, label: 'Till', events: ['sms.received'] });
  return admin;
}

async function exported(admin: Administrator, body: object = {}): Promise<SettingsFile> {
  return (await admin.ask('/settings/export', 'POST', body)).json.data;
}

const pinOf = (admin: Administrator) => {
  const sim = admin.api.sims.list().find((one) => one.iccid === iccid);
  return sim && admin.api.sims.pin(sim.simId);
};

test('what is exported is all that is set, without secrets and messages, and can be imported', async () => {
  const file = await exported(await furnished());
  expect(settingsFile.parse(file)).toEqual(file);
  expect(file).toMatchObject({
    settings: { keep_inbound_days: 90 },
    sims: [{ iccid, number: '+14155552671', limits: { per_day: 200 } }],
    lists: { blocked: [{ number: '+4915*', note: 'advertising', source: 'person' }] },
    webhooks: [{ url: hook, label: 'Till' }],
    secrets: null,
  });
  expect(JSON.stringify(file)).not.toMatch(/4711|open sesame|whsec_|ak_/);
  const other = await Administrator.of();
  const dry = await other.ask('/settings/import?dry_run=true', 'POST', { file });
  expect(dry.json.data.changes).toEqual(
    expect.arrayContaining([
      { part: 'settings', target: null, name: 'keep_inbound_days', before: null, after: 90 },
      { part: 'sims', target: iccid, name: 'number', before: null, after: '+14155552671' },
      { part: 'lists', target: 'blocked', name: '+4915*', before: null, after: 'advertising' },
    ]),
  );
  expect(await exported(other)).toMatchObject({
    settings: { keep_inbound_days: null },
    sims: [],
    webhooks: [],
  });

  const done = await other.ask('/settings/import', 'POST', { file });
  expect(done.json.data).toMatchObject({ dry_run: false, changes_total: dry.json.data.changes_total });
  expect(done.json.data.new_secrets).toEqual([{ url: hook, secret: expect.stringMatching(/^whsec_/) }]);
  const { exported_at: _, ...same } = file;
  expect(await exported(other)).toMatchObject(same);
  const again = await other.ask('/settings/import', 'POST', { file });
  expect(again.json.data).toMatchObject({ changes: [], changes_total: 0, new_secrets: [] });
  expect((await other.actions()).map(([action]) => action)).toContain('settings.import');
});

test('secrets go along under a passphrase, and only that opens them', async () => {
  const from = await furnished();
  const file = await exported(from, { passphrase });
  expect(JSON.stringify(file)).not.toMatch(/4711|open sesame|whsec_/);
  const to = await Administrator.of();
  const wrong = await to.ask('/settings/import', 'POST', { file, passphrase: 'something else' });
  expect([wrong.status, wrong.json.error.details]).toEqual([
    422,
    { passphrase: 'does not open the secrets of this file' },
  ]);
  expect((await exported(to)).sims).toEqual([]);
  const done = await to.ask('/settings/import', 'POST', { file, passphrase });
  expect(done.json.data.new_secrets).toEqual([]);
  expect(done.text).not.toMatch(/4711|open sesame|whsec_/);
  expect(pinOf(to)).toBe('4711');
  expect((await to.ask('/mail')).json.data).toMatchObject({ has_password: true, password_readable: true });
  const without = await Administrator.of();
  const left = await without.ask('/settings/import', 'POST', { file });
  expect(left.json.data.left_out).toEqual([
    { part: 'secrets', target: null, why: 'The secrets stay out: no passphrase was given.' },
  ]);
  expect(pinOf(without)).toBeUndefined();
});

test('what cannot be taken is left out with its reason, and the rest is done', async () => {
  const file = await exported(await furnished());
  const to = await Administrator.of();
  const { simId } = to.api.sims.findOrCreate(
    { iccid: '8901260123456789020', imsi: undefined, modemId: 'y' },
    1,
  );
  to.api.sims.setNumber(simId, '+14155552671', 'person');
  const odd = {
    ...file,
    network: { host: '0.0.0.0' },
    webhooks: [{ url: 'http://169.254.169.254/', label: 'x', events: ['sms.received'] }],
  };
  const { data } = (await to.ask('/settings/import', 'POST', { file: odd })).json;
  expect(data.left_out.map(({ part, why }: { part: string; why: string }) => [part, why])).toEqual([
    ['network', expect.stringMatching(/^host is said by a flag/)],
    ['sims', 'Its number +14155552671 belongs to another SIM here.'],
    ['webhooks', expect.stringMatching(/^Its address/)],
  ]);
  expect((await exported(to)).settings.keep_inbound_days).toBe(90);
});

test.each([
  [{ file: {} }, 'file.format'],
  [{ file: { format: 'postern-settings', version: 2 } }, 'file.version'],
  [{}, 'file'],
])('%j is no file of settings, and it names the field', async (body, field) => {
  const admin = await Administrator.of();
  const refused = await admin.ask('/settings/import', 'POST', body);
  expect(refused.status).toBe(422);
  expect(Object.keys(refused.json.error.details)).toContain(field);
});
