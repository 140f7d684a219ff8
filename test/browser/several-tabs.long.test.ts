import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { Office, patient } from './office.ts';

describe.skipIf(leftOut('chromium'))('somebody who loads pages anew, and has more than one', () => {
  let office: Office;
  let first: Page;
  let second: Page;

  beforeAll(async () => {
    office = await Office.open();
    [first, second] = [await office.visit(), await office.visit()];
    await first.goto(office.address);
    await first.getByText('All 2 modems are ready').waitFor(patient);
    await office.customer.send('Who is at the door?');
  });
  afterAll(() => office?.close());

  const writtenIn = (page: Page, label: string) => page.getByLabel(label, { exact: true }).inputValue();
  /** A conversation of the list, and whether it has something unread. */
  const unread = (page: Page) => page.locator('nav a[data-unread]');

  it('finds what was written again, also where the page was opened by an address that began it', async () => {
    await first.goto(`${office.address}/compose?to=%2B15550109999&body=Begun`);
    await first.waitForURL('**/compose', patient);
    await first.getByLabel('Text', { exact: true }).fill('Begun, and gone on with');
    expect(await writtenIn(first, 'To')).toBe('+15550109999');
    await first.reload();
    await first.getByLabel('Text', { exact: true }).waitFor(patient);
    expect([await writtenIn(first, 'To'), await writtenIn(first, 'Text')]).toEqual([
      '+15550109999',
      'Begun, and gone on with',
    ]);
  });

  it('finds an answer again, and each tab has its own', async () => {
    const [number = ''] = await office.customer.numbers();
    for (const page of [first, second]) await page.goto(`${office.address}/conversations/${number}`);
    await first.getByLabel('Reply', { exact: true }).fill('It is me');
    await first.reload();
    await first.getByLabel('Reply', { exact: true }).waitFor(patient);
    expect([await writtenIn(first, 'Reply'), await writtenIn(second, 'Reply')]).toEqual(['It is me', '']);
  });

  it('has read in one what was read in the other', async () => {
    const [number = ''] = await office.customer.numbers();
    for (const page of [first, second]) await page.goto(`${office.address}/conversations`);
    await office.customer.send('Nobody has seen this');
    await unread(second).getByText('Nobody has seen this').waitFor(patient);
    await first.goto(`${office.address}/conversations/${number}`);
    await first.locator('section p', { hasText: 'Nobody has seen this' }).last().waitFor(patient);
    await unread(second).waitFor({ state: 'detached', ...patient });
  });

  it('signs out in all of them, and leaves nothing that was written to who comes next', async () => {
    const away = await office.visit();
    await away.goto(`${office.address}/compose?to=%2B15550109999&body=Private`);
    await away.getByLabel('Text', { exact: true }).waitFor(patient);
    await away.goto('about:blank');
    await first.getByRole('button', { name: 'Sign out' }).click(patient);
    await second.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor(patient);
    await away.goto(office.address);
    await away.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor(patient);
    for (const tab of [first, away])
      await expect.poll(() => tab.evaluate(() => sessionStorage.length), patient).toBe(0);
    expect(office.seen.complaints).toEqual([]);
  });
});
