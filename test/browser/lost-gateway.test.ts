import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { picture } from './chromium.ts';
import { Office, patient } from './office.ts';

describe.skipIf(leftOut('chromium'))('the pages of a gateway that is lost', () => {
  let office: Office;

  beforeAll(async () => {
    office = await Office.open();
  });

  afterAll(() => office?.close());

  it('say so, keep what they show, and are whole again when it is back', async () => {
    const page = await office.visit();
    await page.goto(office.address);
    const earlier = await office.customer.send('Before the cut.');
    await page.locator(`tr[data-message="${earlier}"]`).getByText('Delivered').waitFor(patient);

    await office.loseGateway();
    await page.getByText('The connection to Postern is lost').waitFor(patient);
    expect(await page.locator(`tr[data-message="${earlier}"]`).count()).toBe(1);
    await picture(page, 'lost-light-1280');

    await office.restoreGateway();
    const later = await office.customer.send('After the cut.');
    await page.getByText('Live', { exact: true }).first().waitFor(patient);
    await page.locator(`tr[data-message="${later}"]`).getByText('Delivered').waitFor(patient);
    expect(await page.getByText('The connection to Postern is lost').count()).toBe(0);
    await page.close();
  });
});
