import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { picture } from './chromium.ts';
import { patient } from './office.ts';
import { Visit } from './visit.ts';

/** A text that is in the log before any test begins. */
const oldText = 'The door of the archive is open.';

/** What the page shows may be of before the gateway was lost. */
const isReady = (page: Page, modem: string | null) =>
  page.evaluate(async (id) => {
    const { data } = await (await fetch('/v1/modems')).json();
    return data.some((one: { id: string; state: string }) => one.id === id && one.state === 'ready');
  }, modem);

describe.skipIf(leftOut('chromium'))(
  'the pages of a gateway at work, in any size and whatever befalls it',
  () => {
    const visit = Visit.duringBlock();
    const { open } = visit;

    beforeAll(() => visit.office.customer.send(oldText));

    beforeEach(async () => {
      await visit.page.emulateMedia({ colorScheme: 'light' });
      await visit.page.setViewportSize({ width: 1280, height: 860 });
    });

    const rowOf = (messageId: string) => visit.page.locator(`tr[data-message="${messageId}"]`);
    const isLive = () => visit.page.getByText('Live', { exact: true }).first().waitFor(patient);

    it('copy a number as E.164, however it is grouped for reading', async () => {
      const [number = ''] = await visit.office.customer.numbers();
      await open('/');
      const shown = visit.page.locator('article[data-modem]', { hasText: number }).locator('p').first();
      await shown.selectText(patient);
      expect(await visit.page.evaluate(() => String(document.getSelection()))).toBe(number);
    });

    it.each(['', 'messages'])('fit a page of any width in either theme: /%s', async (screen) => {
      await open(`/${screen}`);
      for (const colorScheme of ['light', 'dark'] as const) {
        await visit.page.emulateMedia({ colorScheme });
        await visit.page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor(patient);
        for (const width of [1280, 1024, 400]) {
          await visit.page.setViewportSize({ width, height: 860 });
          await visit.page.locator('tr[data-message]', { hasText: oldText }).first().waitFor(patient);
          const measured = await visit.page.evaluate(() => ({
            ground: getComputedStyle(document.body).backgroundColor,
            hasFont: document.fonts.check('13px "Inter Variable"'),
            overflow: document.documentElement.scrollWidth - window.innerWidth,
          }));
          const ground = colorScheme === 'dark' ? 'rgb(18, 21, 22)' : 'rgb(246, 247, 247)';
          expect(measured, `${colorScheme}, ${width}`).toEqual({ ground, hasFont: true, overflow: 0 });
          const spare = await visit.page.locator('td[data-wide]:visible').count();
          expect(spare > 0, 'columns that a narrow page has no room for').toBe(width > 760);
          await picture(visit.page, `${screen || 'overview'}-${colorScheme}-${width}`);
        }
      }
    });

    it('tell a stranger where the link is, and show nothing else', async () => {
      const stranger = await visit.office.strangerVisits();
      await stranger.goto(`${visit.office.address}/messages`);
      await stranger.getByText('Sign in with the link that Postern prints').waitFor();
      expect(await stranger.getByText('Overview').count()).toBe(0);
      await stranger.close();
    });

    it('open for nobody with a made-up link', async () => {
      const stranger = await visit.office.strangerVisits();
      const answer = await stranger.goto(`${visit.office.address}/session?token=made-up`);
      expect(answer?.status()).toBe(403);
      await stranger.getByText('no longer works').waitFor();
      await stranger.close();
    });

    it('say that the gateway is lost, keep what they show, and are whole again when it is back', async () => {
      await open('/');
      const earlier = await visit.office.customer.send('Before the cut.');
      await rowOf(earlier).getByText('Delivered').waitFor(patient);

      await visit.office.loseGateway();
      await visit.page.getByText('The connection to Postern is lost').waitFor(patient);
      expect(await rowOf(earlier).count()).toBe(1);
      await picture(visit.page, 'lost-light-1280');

      await visit.office.restoreGateway();
      const later = await visit.office.customer.send('After the cut.');
      await isLive();
      await rowOf(later).getByText('Delivered').waitFor(patient);
      expect(await visit.page.getByText('The connection to Postern is lost').count()).toBe(0);
    });

    it('say in the AT log and the console that the gateway is lost, and go on when it is back', async () => {
      await open('/');
      const modem = await visit.page.locator('article[data-modem]').first().getAttribute('data-modem');
      await open(`/modems/${modem}/log`);
      const main = visit.page.getByRole('main');
      const lines = main.getByRole('region', { name: 'AT log' });
      await lines.getByText('AT+CSQ').first().waitFor(patient);

      await visit.office.loseGateway();
      await main.getByText('Not live').and(visit.page.locator(':visible')).last().waitFor(patient);
      await main.getByRole('alert').getByText('Postern does not answer').waitFor(patient);
      await lines.getByText('AT+CSQ').first().waitFor(patient);
      await main.getByRole('link', { name: 'Console' }).click(patient);
      await visit.fill('AT command', 'AT+CGMM');
      await visit.press('Run');
      await main.getByRole('log').getByText('Postern does not answer').waitFor(patient);

      await visit.office.restoreGateway();
      await isLive();
      await expect.poll(() => isReady(visit.page, modem), patient).toBe(true);
      await main.getByText('Ready', { exact: true }).first().waitFor(patient);
      expect(await main.getByRole('log').getByText('Postern does not answer').count()).toBe(1);
      await visit.page.getByLabel('AT command').press('ArrowUp');
      await visit.press('Run');
      await main.getByRole('log').getByText('OK').waitFor(patient);
      await main.getByRole('link', { name: 'AT log' }).click(patient);
      await lines.getByText('AT+CGMM').first().waitFor(patient);
      expect(await main.getByRole('alert').count()).toBe(0);
    });
  },
);
