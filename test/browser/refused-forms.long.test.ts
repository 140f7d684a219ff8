import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { Office, patient } from './office.ts';

const sentence = 'The gateway does not want this today.';

/** Every form: where it stands, what is typed into it, and the button that sends it. `:modem` stands for an id, `:number` for somebody who wrote. */
const forms: readonly (readonly [path: string, typed: Readonly<Record<string, string>>, button: string])[] = [
  ['/compose', { To: '+15550199002', Text: 'Hello' }, 'Send'],
  ['/conversations/:number', { Reply: 'Good to hear' }, 'Send'],
  ['/keys', { Name: 'Till' }, 'Make the key'],
  ['/webhooks', { Label: 'Archive', Address: 'http://127.0.0.1:9/' }, 'Make the webhook'],
  ['/settings', { 'Wait for missing parts, hours': '12' }, 'Save'],
  ['/settings/network', { 'Further names': 'sms.office' }, 'Save'],
  ['/settings/retention', { 'Keep received texts, days': '90' }, 'Save'],
  ['/settings/lists', { Number: '+4915*' }, 'Add'],
  ['/settings/email', { Domain: 'sms.office' }, 'Save'],
  ['/settings/backup', { 'Newest backups': '3' }, 'Save'],
  ['/settings/backup', {}, 'Back up now'],
  ['/settings/access', { Password: 'correct horse battery' }, 'Set the password'],
  ['/setup', { Password: 'correct horse battery' }, 'Set the password'],
  ['/modems/:modem/settings', { Label: 'Porter' }, 'Save'],
  ['/modems/:modem/settings', {}, 'Pause'],
  ['/modems/:modem/console', { 'AT command': 'AT+CSQ' }, 'Run'],
  ['/modems/:modem/ussd', { Code: '*100#' }, 'Send'],
];

describe.skipIf(leftOut('chromium'))('a form that the gateway refuses', () => {
  let office: Office;
  let page: Page;
  let modem: string;
  let number: string;

  /** The next request to what `path` matches is carried out, and its answer is lost on the way. */
  const loseAnswer = (path: string) =>
    page.route(
      path,
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );

  beforeAll(async () => {
    office = await Office.open();
    page = await office.visit();
    await page.goto(office.address);
    await page.getByText('All 2 modems are ready').waitFor(patient);
    modem = (await page.locator('article[data-modem]').first().getAttribute('data-modem')) ?? '';
    await office.customer.send('Hello');
    number = (await office.customer.numbers())[1] ?? '';
    await page.route('**/v1/**', (route) => {
      const isChange = !['GET', 'HEAD'].includes(route.request().method());
      if (!isChange || route.request().url().includes('preview')) return route.continue();
      const error = { code: 'INTERNAL_ERROR', message: sentence };
      return route.fulfill({
        status: 500,
        json: { success: false, error, meta: { request_id: '01K0000000000000000000TEST', timestamp: '' } },
      });
    });
  });

  beforeEach(() => page.goto(office.address));

  afterAll(() => office?.close());

  it.each(forms)('says why, and keeps what was typed: %s, %o', async (path, typed, button) => {
    await office.turnTo(page, path.replace(':modem', modem).replace(':number', encodeURIComponent(number)));
    for (const [label, value] of Object.entries(typed))
      await page.getByLabel(label, { exact: true }).first().fill(value, patient);
    await page
      .getByRole('button', { name: button, exact: true })
      .and(page.locator(':enabled'))
      .first()
      .click();
    await page.getByText(sentence).first().waitFor(patient);
    for (const [label, value] of Object.entries(typed)) {
      const field = page.getByLabel(label, { exact: true }).first();
      await field.and(page.locator(`:is(input, textarea)`)).waitFor(patient);
      const isKept =
        (await field.inputValue()) === value || (await page.getByText(value, { exact: true }).count()) > 0;
      expect(isKept, `${label} stands in its field, or above it with the answer`).toBe(true);
    }
  });

  it('says why to whoever has gone elsewhere meanwhile', async () => {
    await office.turnTo(page, '/compose');
    let refuse: () => void = () => undefined;
    const left = new Promise<void>((resolve) => {
      refuse = resolve;
    });
    await page.route('**/v1/sms/send', async (route) => {
      await left;
      return route.fallback();
    });
    await page.getByLabel('To', { exact: true }).first().fill('+15550199002', patient);
    await page.getByLabel('Text', { exact: true }).first().fill('Hello', patient);
    await page.getByRole('button', { name: 'Send', exact: true }).first().click(patient);
    await office.turnTo(page, '/keys');
    refuse();
    await page.getByText(sentence).first().waitFor(patient);
  });

  it('says why there is no number to send from, and calls a file that it cannot use by its name', async () => {
    const error = { code: 'INTERNAL_ERROR', message: 'Our numbers cannot be read.' };
    await page.unrouteAll();
    await page.route('**/v1/numbers**', (route) =>
      route.fulfill({
        status: 500,
        json: { success: false, error, meta: { request_id: '', timestamp: '' } },
      }),
    );
    await page.goto(`${office.address}/compose`);
    await page.getByRole('alert').getByText(error.message).waitFor(patient);
    await page.unrouteAll();
    const file = { name: 'guests.csv', mimeType: 'text/csv', buffer: Buffer.from('name\nAnna\n') };
    await page.locator('input[type="file"]').setInputFiles(file);
    await page.getByText('“guests.csv” must have a column "to"').waitFor(patient);
  });

  it('a text that got no answer goes once, however often it is sent', async () => {
    await page.unrouteAll();
    await loseAnswer('**/v1/sms/send');
    await office.turnTo(page, '/compose');
    await page.getByLabel('To', { exact: true }).first().fill('+15550199002', patient);
    await page.getByLabel('Text', { exact: true }).first().fill('Only once', patient);
    const send = page.getByRole('button', { name: 'Send', exact: true }).and(page.locator(':enabled'));
    await send.click(patient);
    await page.getByText('Nobody knows whether it was taken.').waitFor(patient);
    await send.click(patient);
    await page.getByText('The text is on its way').waitFor(patient);
    await office.turnTo(page, '/messages?direction=outbound&q=Only%20once');
    await page.getByText('1 message', { exact: true }).waitFor(patient);
  });

  it('what is sent again and got no answer goes once, also from a drawer that was closed between', async () => {
    await page.unrouteAll();
    await office.customer.sendInVain('In vain');
    await office.turnTo(page, '/messages?status=failed&q=In%20vain');
    await page.getByRole('button', { name: 'Open: In vain' }).click(patient);
    await loseAnswer('**/resend');
    const again = page.getByRole('button', { name: 'Send again', exact: true }).and(page.locator(':enabled'));
    await again.click(patient);
    await page.getByText('Nobody knows whether it was taken.').waitFor(patient);
    await page.keyboard.press('Escape');
    await again.waitFor({ ...patient, state: 'detached' });
    await page.getByRole('button', { name: 'Open: In vain' }).last().click(patient);
    await again.click(patient);
    await page.getByText('Sent again as a new message').waitFor(patient);
    await office.turnTo(page, '/messages?direction=outbound&q=In%20vain');
    await page.getByText('2 messages', { exact: true }).waitFor(patient);
  });
});
