import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { go, Office, patient } from './office.ts';

const password = 'correct horse battery';
const answer = { ok: true, lines: [], result: 'OK', elapsed_ms: 1, prompted: false };

describe.skipIf(leftOut('chromium'))('whoever signs in after somebody else on the same page', () => {
  let office: Office;
  let page: Page;

  beforeAll(async () => {
    office = await Office.open();
    page = await office.visit();
    await page.goto(office.address);
    await page.getByText('All 2 modems are ready').waitFor(patient);
  });
  afterAll(() => office?.close());

  /** Sets a password as the page itself would; gives the way to the console of the first modem. */
  const prepare = () =>
    page.evaluate(async (secret) => {
      const body = JSON.stringify({ password: secret });
      const headers = { 'content-type': 'application/json' };
      await fetch('/v1/passwords/administrator', { method: 'PUT', headers, body });
      const { data } = await (await fetch('/v1/modems')).json();
      return `/modems/${data[0].id}/console`;
    }, password);

  it('does not see what a modem was told, and said when they were gone', async () => {
    const console = await prepare();
    await go(page, console);
    const asked = Promise.withResolvers<Route>();
    await page.route('**/at', (route) => asked.resolve(route));
    await page.getByLabel('AT command', { exact: true }).fill('AT+CPIN=1234');
    await page.keyboard.press('Enter');
    const question = await asked.promise;
    await page.getByRole('button', { name: 'Sign out' }).click(patient);
    await page.getByLabel('Password', { exact: true }).fill(password);
    const said = page.waitForResponse('**/at');
    await question.fulfill({ json: { success: true, data: answer } });
    await (await said).finished();
    await page.getByRole('button', { name: 'Sign in', exact: true }).click(patient);
    await page.getByLabel('Answers', { exact: true }).waitFor(patient);
    expect(await page.getByLabel('Answers', { exact: true }).textContent()).not.toContain('1234');
    expect(office.seen.complaints).toEqual([]);
  });

  it('does not see what was typed by who signed out of a session that was over already', async () => {
    await page.getByLabel('AT command', { exact: true }).fill('AT+CPIN=4321');
    const error = { code: 'MISSING_API_KEY', message: 'Send an API key.' };
    await page.route('**/v1/session', async (route) => {
      if (route.request().method() !== 'POST') {
        return route.fulfill({ status: 401, json: { success: false, error } });
      }
      await page.unroute('**/v1/session');
      return route.continue();
    });
    await page.getByRole('button', { name: 'Sign out' }).click(patient);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click(patient);
    await page.getByLabel('AT command', { exact: true }).waitFor(patient);
    expect(await page.getByLabel('AT command', { exact: true }).inputValue()).toBe('');
    expect(await page.getByText('That did not work').count()).toBe(0);
  });
});
