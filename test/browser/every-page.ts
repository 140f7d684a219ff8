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
/** Every tab of a modem, and the steps for one that is new. */
const modemPages: readonly (readonly [path: string, words: string])[] = [
  ['', 'AT log'],
  ['/log', 'AT log'],
  ['/console', 'AT log'],
  ['/ussd', 'AT log'],
  ['/settings', 'AT log'],
  ['/welcome', 'Answers AT commands at'],
];

/** One way to see a page. */
export interface Sight {
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
}

/** Looks at every page in each of these ways; at the pages of a modem in the first one. */
export function lookAtEveryPage(sights: readonly [Sight, ...Sight[]]): void {
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

    it.each(screens)('has nothing that axe finds: %s', async (name, path, words) => {
      await prepare(page, sights[0]);
      await page.goto(office.address + path);
      for (const sight of sights) {
        await see(page, sight);
        await page.getByText(words).first().waitFor(patient);
        await expectNoFaults(page, name, sight);
        expect(await overflowOf(page), `${sight.width} pixels wide`).toBe(0);
      }
    });

    it.each(modemPages)('has nothing that axe finds: a modem%s', async (path, words) => {
      await prepare(page, sights[0]);
      await page.goto(`${office.address}/modems/${modem}${path}`);
      await see(page, sights[0]);
      await page.getByText(words).first().waitFor(patient);
      await expectNoFaults(page, `modem${path.replace('/', '-')}`, sights[0]);
    });
  });
}

async function prepare(page: Page, { colorScheme, width }: Sight): Promise<void> {
  await page.setViewportSize({ width, height: 860 });
  await page.emulateMedia({ colorScheme });
}

/** Changes the window and the theme of the system under a page that is shown. */
async function see(page: Page, sight: Sight): Promise<void> {
  await prepare(page, sight);
  await page.locator(`html[data-mantine-color-scheme="${sight.colorScheme}"]`).waitFor(patient);
}

async function expectNoFaults(page: Page, name: string, { colorScheme, width }: Sight): Promise<void> {
  expect(await faultsOf(page), `${colorScheme}, ${width} pixels wide`).toEqual([]);
  await picture(page, `${name}-${colorScheme}-${width}`);
}

function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
