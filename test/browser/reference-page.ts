import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { picture } from './chromium.ts';
import { cutTo, type Document, operationsOf } from './cut-document.ts';
import { Office } from './office.ts';

/** What the page shows of the document: all of it, which its library takes half a minute for, or some of its paths. */
export function showReference(paths: 'all' | readonly string[]): void {
  describe.skipIf(leftOut('chromium'))('the reference page', () => {
    let office: Office;
    let page: Page;
    let operations = 0;

    beforeAll(async () => {
      office = await Office.open();
      page = await office.visit();
      await page.route('**/openapi.json', async (route) => {
        const response = await route.fetch();
        const whole = (await response.json()) as Document;
        const shown = paths === 'all' ? whole : cutTo(paths, whole);
        operations = operationsOf(shown);
        await route.fulfill({ response, json: shown });
      });
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
      expect(operations).toBeGreaterThan(paths === 'all' ? 30 : 1);
      expect(await page.locator('.opblock').count()).toBe(operations);
    });

    it('lets a person try a request, and shows its answer', async () => {
      await page.getByRole('button', { name: 'Execute' }).click();
      const [number] = await office.customer.numbers();
      await page.locator('.live-responses-table').getByText(`"${number}"`).waitFor();
    });
  });
}
