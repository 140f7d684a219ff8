import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { Office, patient } from './office.ts';
import { expectNoFaults, type Sights, see } from './sights.ts';

type Screen = readonly [name: string, path: string, words: string];

/** Every screen, and words, or the name of a field, by which it is known to be there. */
const screens: readonly Screen[] = [
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
  ['settings-retention', '/settings/retention', 'Keep received texts, days'],
  ['settings-lists', '/settings/lists', 'Said STOP'],
  ['settings-email', '/settings/email', 'Texts by e-mail'],
  ['settings-access', '/settings/access', 'Make a sign-in link'],
  ['settings-audit', '/settings/audit', 'session.open'],
  ['setup', '/setup', 'With it you sign in'],
];
/** Every tab of a modem, and the steps for one that is new; `:modem` stands for its id. */
const modemScreens: readonly Screen[] = [
  ['modem', '/modems/:modem', 'Time shown'],
  ['modem-log', '/modems/:modem/log', 'Filter lines'],
  ['modem-console', '/modems/:modem/console', 'AT command'],
  ['modem-ussd', '/modems/:modem/ussd', 'Code'],
  ['modem-settings', '/modems/:modem/settings', 'Label'],
  ['modem-welcome', '/modems/:modem/welcome', 'Answers AT commands at'],
];
const pages = [...screens, ...modemScreens].map((screen, nth) => [...screen, nth] as const);

/** Looks at every page in each of these ways; `prepare` fills the data directory of the gateway before it starts. */
export function lookAtEveryPage(sights: Sights, prepare?: (dataDir: string) => void): void {
  describe.skipIf(leftOut('chromium'))('every page', () => {
    let office: Office;
    let page: Page;
    let modem: string;

    beforeAll(async () => {
      office = await Office.open(undefined, prepare);
      page = await office.visit();
      await page.goto(office.address);
      await page.getByText('All 2 modems are ready').waitFor(patient);
      await office.customer.send('The door of the archive is open.');
      modem = (await page.locator('article[data-modem]').first().getAttribute('data-modem')) ?? '';
    });

    afterAll(() => office?.close());

    const seen = pages.filter(([, , , nth]) => sights(nth).length > 0);
    it.each(seen)('has nothing that axe finds: %s', async (name, path, words, nth) => {
      for (const [at, sight] of sights(nth).entries()) {
        await see(page, sight);
        if (at === 0) await office.turnTo(page, path.replace(':modem', modem));
        await page.getByText(words).or(page.getByLabel(words)).first().waitFor(patient);
        await expectNoFaults(page, name, sight);
        expect(await overflowOf(page), `${sight.width} pixels wide`).toBe(0);
      }
    });
  });
}

function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
