import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { picture } from './chromium.ts';
import { Office } from './office.ts';

describe.skipIf(leftOut('chromium'))('the reference page', () => {
  let office: Office;

  beforeAll(async () => {
    office = await Office.open();
  });

  afterAll(() => office?.close());

  it('shows every operation, loading nothing from outside', async () => {
    const page = await office.visit();
    await page.goto(`${office.address}/docs`);
    await page.getByText('/v1/sms/send').first().waitFor();
    await picture(page, 'reference');
    expect(await page.locator('.opblock').count()).toBeGreaterThan(30);
    expect(office.seen.outside(office.address)).toEqual([]);
    expect(office.seen.complaints).toEqual([]);
    await page.close();
  });

  it('lets a person try a request, and shows its answer', async () => {
    const page = await office.visit();
    await page.goto(`${office.address}/docs#/Numbers/listNumbers`);
    await page.getByRole('button', { name: 'Execute' }).click();
    const [number] = await office.customer.numbers();
    await page.locator('.live-responses-table').getByText(`"${number}"`).waitFor();
    expect(office.seen.outside(office.address)).toEqual([]);
    expect(office.seen.complaints).toEqual([]);
    await page.close();
  });
});
