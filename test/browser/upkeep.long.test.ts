import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { picture } from './chromium.ts';
import { patient } from './office.ts';
import { everySight, expectNoFaults, see } from './sights.ts';
import { Visit } from './visit.ts';

describe.skipIf(leftOut('chromium'))('an administrator at the settings', () => {
  const visit = Visit.duringBlock();
  const { open, press } = visit;

  /** What is in the file that a button saves. */
  async function saved(button: string): Promise<string> {
    const download = visit.page.waitForEvent('download');
    await press(button);
    return text(await (await download).createReadStream());
  }

  /** Looks at the page as it stands in both themes and both widths. */
  async function look(name: string): Promise<void> {
    for (const sight of everySight) {
      await see(visit.page, sight);
      await expectNoFaults(visit.page, name, sight);
    }
    await see(visit.page, { colorScheme: 'light', width: 1280 });
  }

  it('sees who said where the gateway listens, and opens it to SMPP clients at once', async () => {
    await open('/settings/network');
    const port = visit.page.getByLabel('Port', { exact: true });
    await visit.page.getByText('Said by a flag at the start').first().waitFor(patient);
    expect(await port.first().isDisabled()).toBe(true);
    await port.nth(1).fill(new URL(visit.office.address).port);
    await visit.page.getByRole('button', { name: 'Save' }).nth(1).click(patient);
    await visit.page.getByText('is taken by another program').first().waitFor(patient);
    await look('network-fault');
    await visit.page.getByLabel('Further names').fill('sms.office');
    await press('Save');
    await visit.page.getByText('A restart is needed').waitFor(patient);
    await look('network-restart');
  });

  it('saves the settings as a file, and sees what another file would change before it does', async () => {
    await open('/settings/backup');
    const file = JSON.parse(await saved('Save the settings'));
    expect(file).toMatchObject({ format: 'postern-settings', secrets: null });
    file.settings.keep_inbound_days = 90;
    file.lists.blocked.push({ number: '+4915*', note: 'advertising', source: 'person' });
    await visit.page.locator('input[type="file"][accept*="json"]').setInputFiles({
      name: 'postern-settings.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(file)),
    });
    await press('See what would change');
    await visit.page.getByText('2 things would change.').waitFor(patient);
    await look('settings-import');
    await press('Change 2 things');
    await visit.page.getByText('2 things were changed.').waitFor(patient);
    await visit.page.goto(`${visit.office.address}/settings/retention`);
    expect(await visit.page.getByLabel('Keep received texts, days').inputValue()).toBe('90');
  });

  it('checks the database, and saves what can be handed to helpers', async () => {
    await open('/settings/diagnostics');
    await press('Check the database');
    await visit.page.getByText('The database is sound').waitFor(patient);
    const bundle = await saved('Save the diagnostics');
    for (const number of await visit.office.customer.numbers()) expect(bundle).not.toContain(number.slice(1));
    await look('diagnostics');
  });

  it('says how the codes of a modem are written, and asks for the balance so', async () => {
    await visit.page.goto(visit.office.address);
    const card = visit.page.locator('article[data-modem]').first();
    const modem = (await card.getAttribute('data-modem')) ?? '';
    await open(`/modems/${modem}/ussd`);
    const way = visit.page.getByLabel('How codes are written');
    await way.selectOption({ label: 'UCS-2' }, patient);
    await visit.page.getByText('Saved').first().waitFor(patient);
    await visit.page.getByLabel('Code', { exact: true }).fill('*100#');
    await press('Send');
    await visit.page.getByText('Your balance is 12.34 EUR.').first().waitFor(patient);
    await look('modem-ussd-way');
    await picture(visit.page, 'modem-ussd-way');
    await open(`/modems/${modem}/log`);
    await visit.page.getByText('AT+CUSD=1,').first().waitFor(patient);
    await open(`/modems/${modem}/ussd`);
    expect(await way.inputValue()).toBe('ucs2');
  });

  it('makes a backup and restores it: the gateway starts anew on it, and holds what waits', async () => {
    await open('/settings/backup');
    await press('Back up now');
    await visit.page.getByText('Ready', { exact: true }).first().waitFor(patient);
    await look('backup');
    const name = (await visit.page.locator('tr[data-backup]').first().getAttribute('data-backup')) ?? '';
    const buffer = await (
      await visit.page.request.get(`${visit.office.address}/v1/backups/${name}/file`)
    ).body();
    const brought = { name: 'from-elsewhere.db', mimeType: 'application/vnd.sqlite3', buffer };
    await visit.page.locator('input[type="file"][accept=".db"]').setInputFiles(brought);
    await visit.page.locator('tr[data-backup="from-elsewhere.db"]').getByText('Ready').waitFor(patient);
    await visit.office.customer.send('after the backup');
    await press(`Restore ${name}`);
    await visit.page.getByText('After that nothing is sent').waitFor(patient);
    await picture(visit.page, 'backup-restore-question');
    await visit.page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click(patient);
    await visit.page.locator('tr[data-backup^="before-restore-"]').waitFor(patient);
    await visit.page.goto(visit.office.address);
    await visit.page
      .getByRole('button', { name: /^Let texts leave again|^Send/ })
      .first()
      .waitFor(patient);
    await picture(visit.page, 'after-restore');
    expect(await visit.page.getByText('after the backup').count()).toBe(0);
  });
});
