import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { faultsOf } from './axe.ts';
import { picture } from './chromium.ts';
import { patient } from './office.ts';

/** One way to see a page. */
export interface Sight {
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
}

/** In which ways the `nth` page is looked at, from 0; in none where it is not looked at. */
export type Sights = (nth: number) => readonly Sight[];

const lightAndWide: Sight = { colorScheme: 'light', width: 1280 };
const darkAndNarrow: Sight = { colorScheme: 'dark', width: 400 };
const lightAndNarrow: Sight = { colorScheme: 'light', width: 400 };
const darkAndWide: Sight = { colorScheme: 'dark', width: 1280 };

export const everySight: readonly Sight[] = [lightAndWide, lightAndNarrow, darkAndWide, darkAndNarrow];

/** Every sixth page in one way, so that `npm test` sees both themes and widths. */
export const inTurn: Sights = (nth) => {
  if (nth % 6 !== 0) return [];
  return nth % 4 === 0 ? [lightAndWide] : [darkAndNarrow];
};

/** All other ways to see each page, which are a matter of `npm run test:long`. */
export const otherwise: Sights = (nth) => everySight.filter((sight) => !inTurn(nth).includes(sight));

/** Changes the window and the theme of the system under a page that is shown. */
export async function see(page: Page, { colorScheme, width }: Sight): Promise<void> {
  await page.setViewportSize({ width, height: 860 });
  await page.emulateMedia({ colorScheme });
  // What is half hidden under the head of the page would be too small a target.
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor(patient);
}

/** Expects that axe finds nothing on a page as it stands. */
export async function expectNoFaults(page: Page, name: string, { colorScheme, width }: Sight): Promise<void> {
  expect(await faultsOf(page), `${name}, ${colorScheme}, ${width} pixels wide`).toEqual([]);
  expect(await sidewaysTables(page), `tables of ${name} that scroll sideways, ${width} pixels wide`).toEqual(
    [],
  );
  await picture(page, `${name}-${colorScheme}-${width}`);
}

/** The names of tables that have not room enough for what stands in them. */
function sidewaysTables(page: Page): Promise<(string | null)[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('section:has(> table)')]
      .filter((frame) => frame.scrollWidth > frame.clientWidth)
      .map((frame) => frame.getAttribute('aria-label')),
  );
}
