import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { picture } from './chromium.ts';
import { Office, patient } from './office.ts';

/** A text that is in the log before any test begins. */
const oldText = 'The door of the archive is open.';

describe.skipIf(leftOut('chromium'))('the pages of a gateway at work', () => {
  let office: Office;
  let page: Page;

  beforeAll(async () => {
    office = await Office.open();
    await office.customer.send(oldText);
    page = await office.visit();
    await page.goto(office.address);
  });

  afterAll(() => office?.close());

  /** One page serves all tests: what costs most is the process that a browser starts for each. */
  beforeEach(async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 860 });
  });

  afterEach(() => {
    expect(office.seen.outside(office.address), 'requests that left the gateway').toEqual([]);
    expect(office.seen.complaints, 'errors, and what the security policy refused').toEqual([]);
  });

  const open = (path: string) => office.turnTo(page, path);
  const rowOf = (messageId: string) => page.locator(`tr[data-message="${messageId}"]`);
  const isLive = () => page.getByText('Live', { exact: true }).first().waitFor(patient);

  it('show each modem with its state, number, operator and signal', async () => {
    await open('/');
    const cards = page.locator('article[data-modem]');
    for (const card of [cards.nth(0), cards.nth(1)]) {
      await card.getByText('Ready', { exact: true }).waitFor(patient);
      const words = await card.innerText();
      expect(words).toMatch(/−\d+ dBm\s+(?:strong|good|fair)/);
      expect(words).toMatch(/Network\s+\S.*, (?:home|roaming)/);
    }
    const shown = await cards.locator('p').allTextContents();
    expect(shown).toEqual(expect.arrayContaining([...(await office.customer.numbers())]));
    await page.getByText('All 2 modems are ready').waitFor(patient);
  });

  it('show a text that is sent, its delivery and its arrival, without being asked', async () => {
    await open('/');
    await isLive();
    await page.evaluate(() => document.body.setAttribute('data-untouched', ''));
    const messageId = await office.customer.send('Is anybody there?');
    await rowOf(messageId).getByText('Is anybody there?').waitFor(patient);
    await rowOf(messageId).getByText('Delivered', { exact: true }).waitFor(patient);
    const incoming = page.locator('tr[data-direction="inbound"]', { hasText: 'Is anybody there?' });
    await incoming.getByText('Received', { exact: true }).waitFor(patient);
    await page.getByText(/^Last text (?:just now|1 min ago)/).waitFor(patient);
    expect(await page.locator('body[data-untouched]').count()).toBe(1);
  });

  it('copy a number as E.164, however it is grouped for reading', async () => {
    const [number = ''] = await office.customer.numbers();
    await open('/');
    const shown = page.locator('article[data-modem]', { hasText: number }).locator('p').first();
    await shown.selectText(patient);
    expect(await page.evaluate(() => String(document.getSelection()))).toBe(number);
  });

  it('can be walked by keyboard', async () => {
    await page.goto(office.address);
    await page.getByText(oldText).first().waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the page');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Messages' }).waitFor();
    expect(page.url()).toBe(`${office.address}/messages`);
    expect(await page.title()).toBe('Messages · Postern');
  });

  it('have addresses that can be kept, and a way back', async () => {
    await page.goto(`${office.address}/messages?status=failed`);
    await page.getByText('No message passes this filter').waitFor();
    await page.getByRole('link', { name: 'Show all messages' }).click();
    await page.getByText(oldText).first().waitFor();
    await page.goBack();
    await page.getByText('No message passes this filter').waitFor();
  });

  it('show a whole text when asked', async () => {
    const long = `First line\n${'and on it goes '.repeat(20)}to the end.`;
    await office.customer.send(long);
    await open('/');
    await page.getByRole('button', { name: 'First line' }).first().click(patient);
    expect(await page.locator('p', { hasText: 'First line' }).first().innerText()).toBe(long);
    await page.getByRole('button', { name: 'Show less' }).click();
    expect(await page.getByRole('button', { name: 'Show less' }).count()).toBe(0);
  });

  it.each(['', 'messages'])('fit a page of any width in either theme: /%s', async (screen) => {
    await open(`/${screen}`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor(patient);
      for (const width of [1280, 1024, 400]) {
        await page.setViewportSize({ width, height: 860 });
        await page.getByText(oldText).first().waitFor(patient);
        const measured = await page.evaluate(() => ({
          ground: getComputedStyle(document.body).backgroundColor,
          hasFont: document.fonts.check('13px "Inter Variable"'),
          overflow: document.documentElement.scrollWidth - window.innerWidth,
        }));
        const ground = colorScheme === 'dark' ? 'rgb(18, 21, 22)' : 'rgb(246, 247, 247)';
        expect(measured, `${colorScheme}, ${width}`).toEqual({ ground, hasFont: true, overflow: 0 });
        const spare = await page.locator('td[data-wide]:visible').count();
        expect(spare > 0, 'columns that a narrow page has no room for').toBe(width > 760);
        await picture(page, `${screen || 'overview'}-${colorScheme}-${width}`);
      }
    }
  });

  it('are served with a policy that lets nothing in from outside', async () => {
    const answer = await fetch(office.address, { headers: { accept: 'text/html' } });
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await answer.text()).not.toMatch(/<script(?![^>]* src=)|https?:\/\//);
  });

  it('tell a stranger where the link is, and show nothing else', async () => {
    const stranger = await office.strangerVisits();
    await stranger.goto(`${office.address}/messages`);
    await stranger.getByText('Sign in with the link that Postern prints').waitFor();
    expect(await stranger.getByText('Overview').count()).toBe(0);
    await stranger.close();
  });

  it('open for nobody with a made-up link', async () => {
    const stranger = await office.strangerVisits();
    const answer = await stranger.goto(`${office.address}/session?token=made-up`);
    expect(answer?.status()).toBe(403);
    await stranger.getByText('no longer works').waitFor();
    await stranger.close();
  });

  it('say that the gateway is lost, keep what they show, and are whole again when it is back', async () => {
    await open('/');
    const earlier = await office.customer.send('Before the cut.');
    await rowOf(earlier).getByText('Delivered').waitFor(patient);

    await office.loseGateway();
    await page.getByText('The connection to Postern is lost').waitFor(patient);
    expect(await rowOf(earlier).count()).toBe(1);
    await picture(page, 'lost-light-1280');

    await office.restoreGateway();
    const later = await office.customer.send('After the cut.');
    await isLive();
    await rowOf(later).getByText('Delivered').waitFor(patient);
    expect(await page.getByText('The connection to Postern is lost').count()).toBe(0);
  });
});
