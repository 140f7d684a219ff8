import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { faultsOf } from './axe.ts';
import { openBrowser, picture } from './chromium.ts';
import { patient } from './office.ts';
import { type RunningGateway, startDemo } from './running-gateway.ts';

describe.skipIf(leftOut('chromium'))('the demo', () => {
  let demo: RunningGateway;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    demo = await startDemo();
    page = await browser.newPage({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(patient.timeout);
    await page.goto(demo.link);
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  it('is an office of four modems, one of them far from the window', async () => {
    for (const label of ['Alerts', 'Appointments', 'Warehouse']) {
      await page.getByRole('article').filter({ hasText: label }).first().waitFor(patient);
    }
    await page.getByText('Warehouse hears the network badly').waitFor(patient);
    await page.getByText('The SIM in Front desk needs its PIN.').waitFor(patient);
    await page.getByText('Last 24 hours').waitFor(patient);
    expect(await faultsOf(page)).toEqual([]);
    await picture(page, 'demo-overview-light-1280');
  });

  it('has a past of some hundred messages', async () => {
    await page.goto(`${demo.address}/messages`);
    await page.getByText(/^3\d\d messages$/).waitFor(patient);
    await picture(page, 'demo-messages-light-1280');
    await page.goto(demo.address);
  });

  it('lets somebody unlock the SIM that asks for its PIN, in the line that says so', async () => {
    await page.getByLabel('PIN', { exact: true }).fill('1234', patient);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByText('Yes, from 3 of 4').waitFor({ state: 'detached', ...patient });
    await page.getByText('All 4 modems are ready').waitFor(patient);
  });

  it('goes on: texts come and go', async () => {
    const shown = () => page.locator('tr[data-message]').first().getAttribute('data-message');
    const before = await shown();
    await expect.poll(shown, patient).not.toBe(before);
  });
});
