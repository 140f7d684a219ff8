import { text } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { picture } from './chromium.ts';
import { Office, patient } from './office.ts';
import { everySight, expectNoFaults, see } from './sights.ts';

describe.skipIf(leftOut('chromium'))('an administrator at the settings', () => {
  let office: Office;
  let page: Page;

  beforeAll(async () => {
    office = await Office.open();
    page = await office.visit();
    await page.goto(office.address);
    await page.getByText('All 2 modems are ready').waitFor(patient);
  });

  afterAll(() => office?.close());

  afterEach(() => {
    expect(office.seen.outside(office.address), 'requests that left the gateway').toEqual([]);
    expect(office.seen.complaints, 'errors, and what the security policy refused').toEqual([]);
  });

  const open = (path: string) => office.turnTo(page, path);
  const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click(patient);

  /** What is in the file that a button saves. */
  async function saved(button: string): Promise<string> {
    const download = page.waitForEvent('download');
    await press(button);
    return text(await (await download).createReadStream());
  }

  /** Looks at the page as it stands in both themes and both widths. */
  async function look(name: string): Promise<void> {
    for (const sight of everySight) {
      await see(page, sight);
      await expectNoFaults(page, name, sight);
    }
    await see(page, { colorScheme: 'light', width: 1280 });
  }

  it('sees who said where the gateway listens, and opens it to SMPP clients at once', async () => {
    await open('/settings/network');
    const port = page.getByLabel('Port', { exact: true });
    await page.getByText('Said by a flag at the start').first().waitFor(patient);
    expect(await port.first().isDisabled()).toBe(true);
    await port.nth(1).fill(new URL(office.address).port);
    await page.getByRole('button', { name: 'Save' }).nth(1).click(patient);
    await page.getByText('is taken by another program').first().waitFor(patient);
    await look('network-fault');
    await page.getByLabel('Further names').fill('sms.office');
    await press('Save');
    await page.getByText('A restart is needed').waitFor(patient);
    await look('network-restart');
  });

  it('saves the settings as a file, and sees what another file would change before it does', async () => {
    await open('/settings/backup');
    const file = JSON.parse(await saved('Save the settings'));
    expect(file).toMatchObject({ format: 'postern-settings', secrets: null });
    file.settings.keep_inbound_days = 90;
    file.lists.blocked.push({ number: '+4915*', note: 'advertising', source: 'person' });
    await page.locator('input[type="file"][accept*="json"]').setInputFiles({
      name: 'postern-settings.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(file)),
    });
    await press('See what would change');
    await page.getByText('2 things would change.').waitFor(patient);
    await look('settings-import');
    await press('Change 2 things');
    await page.getByText('2 things were changed.').waitFor(patient);
    await page.goto(`${office.address}/settings/retention`);
    expect(await page.getByLabel('Keep received texts, days').inputValue()).toBe('90');
  });

  it('checks the database, and saves what can be handed to helpers', async () => {
    await open('/settings/diagnostics');
    await press('Check the database');
    await page.getByText('The database is sound').waitFor(patient);
    const bundle = await saved('Save the diagnostics');
    for (const number of await office.customer.numbers()) expect(bundle).not.toContain(number.slice(1));
    await look('diagnostics');
  });

  it('makes a backup and restores it: the gateway starts anew on it, and holds what waits', async () => {
    await open('/settings/backup');
    await press('Back up now');
    await page.getByText('Ready', { exact: true }).first().waitFor(patient);
    await look('backup');
    const name = (await page.locator('tr[data-backup]').first().getAttribute('data-backup')) ?? '';
    const buffer = await (await page.request.get(`${office.address}/v1/backups/${name}/file`)).body();
    const brought = { name: 'from-elsewhere.db', mimeType: 'application/vnd.sqlite3', buffer };
    await page.locator('input[type="file"][accept=".db"]').setInputFiles(brought);
    await page.locator('tr[data-backup="from-elsewhere.db"]').getByText('Ready').waitFor(patient);
    await office.customer.send('after the backup');
    await press(`Restore ${name}`);
    await page.getByText('After that nothing is sent').waitFor(patient);
    await picture(page, 'backup-restore-question');
    await page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click(patient);
    await page.locator('tr[data-backup^="before-restore-"]').waitFor(patient);
    await page.goto(office.address);
    await page
      .getByRole('button', { name: /^Let texts leave again|^Send/ })
      .first()
      .waitFor(patient);
    await picture(page, 'after-restore');
    expect(await page.getByText('after the backup').count()).toBe(0);
  });
});
