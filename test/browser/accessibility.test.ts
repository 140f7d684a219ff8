import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { faultsOf } from './axe.ts';
import { picture } from './chromium.ts';
import { Office, patient } from './office.ts';

/** Every screen, and words by which it is known to be there. */
const screens: readonly (readonly [name: string, path: string, words: string])[] = [
  ['overview', '/', 'All 2 modems are ready'],
  ['messages', '/messages', 'The door of the archive'],
  ['conversations', '/conversations', 'The door of the archive'],
  ['compose', '/compose?to=nobody&body=“x”', 'What is wrong'],
  ['modems', '/modems', 'Ready'],
  ['keys', '/keys', 'New key'],
  ['webhooks', '/webhooks', 'No webhook yet'],
  ['settings', '/settings', 'Long texts'],
  ['settings-network', '/settings/network', 'SMPP clients'],
  ['settings-backup', '/settings/backup', 'No backup yet'],
  ['settings-diagnostics', '/settings/diagnostics', 'Data directory'],
  ['settings-retention', '/settings/retention', 'Keep inbound, days'],
  ['settings-lists', '/settings/lists', 'Said STOP'],
  ['settings-email', '/settings/email', 'Texts by e-mail'],
  ['settings-access', '/settings/access', 'Make a sign-in link'],
  ['settings-audit', '/settings/audit', 'session.open'],
  ['setup', '/setup', 'With it you sign in'],
];
const modemTabs = ['', '/log', '/console', '/ussd', '/settings'];

describe.skipIf(leftOut('chromium'))('every page', () => {
  let office: Office;
  let page: Page;
  let modem: string;

  beforeAll(async () => {
    office = await Office.open();
    page = await office.visit();
    await page.goto(office.address);
    await page.getByText('All 2 modems are ready').waitFor(patient);
    await office.customer.send('The door of the archive is open.');
    modem = (await page.locator('article[data-modem]').first().getAttribute('data-modem')) ?? '';
  });

  afterAll(() => office?.close());

  describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
    it.each(screens)('has nothing that axe finds: %s', async (name, path, words) => {
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 400]) {
        await page.setViewportSize({ width, height: 860 });
        await page.goto(office.address + path);
        await page.getByText(words).first().waitFor(patient);
        expect(await faultsOf(page), `${width} pixels wide`).toEqual([]);
        expect(await overflowOf(page), `${width} pixels wide`).toBe(0);
        await picture(page, `${name}-${colorScheme}-${width}`);
      }
    });

    it('has nothing that axe finds: a modem', async () => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 1280, height: 860 });
      for (const tab of modemTabs) {
        await page.goto(`${office.address}/modems/${modem}${tab}`);
        await page.getByRole('link', { name: 'AT log' }).waitFor(patient);
        expect(await faultsOf(page), tab).toEqual([]);
        await picture(page, `modem${tab.replace('/', '-')}-${colorScheme}-1280`);
      }
      await page.goto(`${office.address}/modems/${modem}/welcome`);
      await page.getByText('Answers AT commands at').waitFor(patient);
      expect(await faultsOf(page), 'a modem that is new').toEqual([]);
    });
  });
});

function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
