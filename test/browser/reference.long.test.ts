import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { faultsOf } from './axe.ts';
import { picture } from './chromium.ts';
import { Office, patient } from './office.ts';

describe.skipIf(leftOut('chromium'))('the reference page', () => {
  let office: Office;
  let page: Page;

  beforeAll(async () => {
    office = await Office.open();
    page = await office.visit();
    await page.goto(`${office.address}/docs#/Numbers/listNumbers`);
  });

  afterAll(() => office?.close());

  afterEach(() => {
    expect(office.seen.outside(office.address)).toEqual([]);
    expect(office.seen.complaints).toEqual([]);
  });

  it('shows every operation', async () => {
    await page.getByText('/v1/sms/send').first().waitFor();
    await picture(page, 'reference');
    expect(await page.locator('.opblock').count()).toBeGreaterThan(30);
  });

  it('lets a person try a request, and shows its answer', async () => {
    await page.getByRole('button', { name: 'Execute' }).click();
    const [number] = await office.customer.numbers();
    await page.locator('.live-responses-table').getByText(`"${number}"`).waitFor();
  });

  it.each(['light', 'dark'] as const)('has nothing that axe finds: %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${office.address}/docs#/Numbers/listNumbers`);
    await page.getByRole('button', { name: 'Execute' }).waitFor(patient);
    await page.locator(colorScheme === 'dark' ? 'html.dark-mode' : 'html:not(.dark-mode)').waitFor(patient);
    expect(await faultsOf(page)).toEqual([]);
  });

  it('wears the theme of the system, and leads back to the other pages', async () => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.locator('html:not(.dark-mode)').waitFor(patient);
    const light = await ground();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(ground, patient).not.toBe(light);
    await picture(page, 'reference-dark');
    await page.getByRole('link', { name: 'Postern' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor(patient);
  });
});
