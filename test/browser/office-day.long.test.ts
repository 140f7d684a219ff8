import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccessOutcome } from '../../src/contract/port-access.ts';
import { leftOut } from '../foreign-programs.ts';
import { go, Office, patient } from './office.ts';
import { everySight, expectNoFaults, see } from './sights.ts';

const wide = { colorScheme: 'light', width: 1280 } as const;
const narrow = { colorScheme: 'light', width: 400 } as const;

describe.skipIf(leftOut('chromium'))('a day at the office', () => {
  let office: Office;
  let page: Page;

  beforeAll(async () => {
    office = await Office.open();
    page = await office.visit();
    await page.goto(office.address);
    await page.getByText('All 2 modems are ready').waitFor(patient);
    await office.customer.send('The gate is closed until three.');
  });

  afterAll(() => office?.close());

  async function look(name: string): Promise<void> {
    for (const sight of everySight) {
      await see(page, sight);
      await expectNoFaults(page, name, sight);
    }
    await see(page, wide);
  }

  it('a conversation is found by what was said, and by any part of its number', async () => {
    const [, number = ''] = await office.customer.numbers();
    await office.turnTo(page, '/conversations');
    const entries = page.getByRole('navigation', { name: 'Conversations' }).getByRole('listitem');
    await entries.first().waitFor(patient);
    await page.keyboard.press('/');
    await page.keyboard.type('gate is CLOSED');
    await entries.filter({ hasText: 'closed until three' }).first().waitFor(patient);
    await look('conversations-found');
    const field = page.getByLabel('Find a number or a word');
    await field.fill(number.slice(-4));
    await entries
      .filter({ hasText: number.slice(-4) })
      .first()
      .waitFor(patient);
    await field.fill('nothing that was ever said');
    await page.getByText('No conversation with “nothing that was ever said”').waitFor(patient);
    expect(await entries.count()).toBe(0);
    await look('conversations-not-found');
    await field.fill('');
    await entries.first().waitFor(patient);
  });

  it('the conversations with something unread can be seen alone', async () => {
    await office.turnTo(page, '/conversations');
    await page.getByRole('button', { name: /^Unread [1-9]/ }).click(patient);
    const entries = page.getByRole('navigation', { name: 'Conversations' }).getByRole('listitem');
    await entries.filter({ hasText: 'closed until three' }).getByRole('link').click(patient);
    await page.getByRole('button', { name: 'Unread 0' }).waitFor(patient);
    expect(await entries.count(), 'what is being read stays').toBe(1);
    await look('conversations-unread');
    await office.turnTo(page, '/conversations');
    await page.getByRole('button', { name: 'Unread 0' }).click();
    await page.getByText('Everything was read.').waitFor(patient);
    await page.getByRole('button', { name: 'Show all' }).click();
    await entries.nth(1).waitFor(patient);
  });

  it('whoever closes a message is back at its row', async () => {
    await office.turnTo(page, '/messages');
    const opener = page.locator('tr[data-message]').nth(1).getByRole('button');
    const before = await opener.boundingBox(patient);
    await opener.click(patient);
    await page.getByRole('button', { name: 'Show bytes' }).click(patient);
    const beside = await opener.boundingBox();
    expect(beside?.y, 'the log stays where it is').toBe(before?.y);
    expect(beside?.width, 'pixels that its text has left').toBeGreaterThan(160);
    await page.keyboard.press('Escape');
    await page.getByLabel('Details of the message').waitFor({ state: 'detached', ...patient });
    await expect.poll(() => opener.evaluate((row) => row === document.activeElement), patient).toBe(true);
  });

  it('a message that is closed is out of sight at once, also for whoever leafed with J just before', async () => {
    await office.turnTo(page, '/messages');
    await page.locator('tr[data-message]').nth(1).getByRole('button').click(patient);
    const drawer = page.getByRole('complementary', { name: 'Message', exact: true });
    await drawer.waitFor(patient);
    expect(await drawer.evaluate(opacityAfterEscape)).toBe('0');
    await drawer.waitFor({ state: 'detached', ...patient });
  });

  it('what is not sent yet is there again after a look elsewhere, and gone once it was sent', async () => {
    const field = (name: string) => page.getByLabel(name, { exact: true }).first();
    await office.turnTo(page, '/compose');
    await field('To').fill('+15550199004', patient);
    await field('Text').fill('Half a sentence', patient);
    await office.turnTo(page, '/messages');
    await office.turnTo(page, '/compose');
    await field('Text').waitFor(patient);
    expect([await field('To').inputValue(), await field('Text').inputValue()]).toEqual([
      '+15550199004',
      'Half a sentence',
    ]);
    await page.getByRole('button', { name: 'Send', exact: true }).first().click(patient);
    await page.getByRole('complementary', { name: 'Message', exact: true }).waitFor(patient);
    await office.turnTo(page, '/compose');
    await field('Text').waitFor(patient);
    expect([await field('To').inputValue(), await field('Text').inputValue()]).toEqual(['', '']);
  });

  it('the address bar waits until whoever leafs with J stays, and is right for whoever leaves before', async () => {
    await office.customer.send('The gate is open again.');
    await office.turnTo(page, '/messages');
    const rows = page.locator('tr[data-message]');
    await rows.nth(3).waitFor(patient);
    await rows.first().getByRole('button').click(patient);
    await page.waitForURL(/open=/);
    // others may come in above it at any time
    const ids = await rows.evaluateAll(idsFrom, new URL(page.url()).searchParams.get('open'));
    expect(await page.evaluate(leafOn, 2), 'while J is pressed').toEqual([]);
    await page.waitForURL(`**/messages?open=${ids[2]}`);
    await page.locator(`tr[data-message="${ids[2]}"][aria-current]`).waitFor(patient);
    expect(await page.evaluate(leafOn, 1)).toEqual([]);
    await page.getByRole('link', { name: 'Overview' }).first().dispatchEvent('click');
    await page.waitForURL(office.address);
    await page.goBack();
    await page.waitForURL(`**/messages?open=${ids[3]}`);
  });

  it('leaves nothing of one message for the next: its question goes with it, and the other begins at its beginning', async () => {
    await office.customer.send('The pump is running.');
    await page.setViewportSize({ width: 1280, height: 300 });
    await office.turnTo(page, '/messages');
    const rows = page.locator('tr[data-message]');
    await rows.nth(1).waitFor(patient);
    const [id, before] = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-message')));
    const drawer = page.getByRole('complementary', { name: 'Message' });
    const details = drawer.getByRole('region', { name: 'Details' });
    await go(page, `/messages?open=${before}`);
    await details.getByText(before ?? '').waitFor(patient);
    await expect.poll(() => details.evaluate(scrolled), patient).toBeGreaterThan(0);

    await go(page, `/messages?open=${id}`);
    await details.getByText(id ?? '').waitFor(patient);
    expect(await details.evaluate((one) => one.scrollTop)).toBe(0);
    await drawer.getByRole('button', { name: 'More' }).click(patient);
    await page.getByRole('menuitem', { name: 'Erase' }).click(patient);
    const question = page.getByRole('dialog');
    await question.waitFor(patient);
    await page.goBack();
    await question.waitFor({ state: 'hidden', ...patient });
    await details.getByText(before ?? '').waitFor(patient);
    await page.setViewportSize({ width: 1280, height: 860 });
  });

  it('the row that J leads to is there before the next press, however many are beyond the window', async () => {
    for (let nth = 0; nth < 15; nth++) await office.customer.send(`Barrel ${nth} is full.`);
    await page.setViewportSize({ width: 1280, height: 300 });
    await office.turnTo(page, '/messages');
    const rows = page.locator('tr[data-message]');
    await rows.nth(2).waitFor(patient);
    await rows.first().getByRole('button').click(patient);
    await page.waitForURL(/open=/);
    await page.locator('tr[aria-current]').waitFor(patient);
    const marked = await page.evaluate(markedOnTheWay, 14);
    expect(marked).not.toContain('none');
    expect(new Set(marked).size).toBe(14);
    await page.setViewportSize({ width: 1280, height: 860 });
  });

  it('the filters of the log are folded away on a narrow page, and say how many are set', async () => {
    await office.turnTo(page, '/messages?direction=outbound');
    await page.locator('tr[data-message]').first().waitFor(patient);
    await see(page, narrow);
    const filters = page.getByRole('search');
    const fold = filters.getByRole('button', { name: 'Filters, 1 set' });
    expect(await filters.getByLabel('Status').isVisible()).toBe(false);
    await look('messages-folded');
    await see(page, narrow);
    await fold.click();
    await filters.getByLabel('Status').waitFor();
    const { scroll, width } = await filters.evaluate((bar) => ({
      scroll: bar.scrollWidth,
      width: bar.clientWidth,
    }));
    expect(scroll).toBe(width);
    await look('messages-unfolded');
    expect(await fold.isVisible()).toBe(false);
  });

  it('who can reach the gateway is said in words, with the address beside them', async () => {
    await office.turnTo(page, '/settings/network');
    const reach = page.getByLabel('Who can reach it');
    await reach.nth(1).waitFor(patient);
    expect(await reach.nth(1).locator('option:checked').textContent()).toBe('Only this computer (127.0.0.1)');
    await reach.nth(1).selectOption({ label: 'All of the network (0.0.0.0)' });
    await reach.nth(1).selectOption({ label: 'Through one address' });
    await page.getByLabel('Through this address').fill('nowhere at all');
    await page.getByRole('button', { name: 'Save' }).nth(1).click();
    await page.getByText('“Who can reach it” must be an address such as 0.0.0.0').waitFor(patient);
    await look('network-address');
    await page.getByLabel('Through this address').fill('localhost');
    await page.getByRole('button', { name: 'Save' }).nth(1).click();
    await page.getByText('Saved').first().waitFor(patient);
  });

  it('what was told to a webhook is a card each on a narrow page', async () => {
    await office.turnTo(page, '/webhooks');
    await page.getByLabel('Label', { exact: true }).fill('W'.repeat(100));
    await page.getByLabel('Address', { exact: true }).fill(`http://127.0.0.1:9/${'a-long-way/'.repeat(18)}`);
    await page.getByRole('button', { name: 'Make the webhook' }).click(patient);
    await page.getByRole('link', { name: /^W+$/ }).click(patient);
    await page.getByRole('button', { name: 'Send a test' }).click(patient);
    const delivery = page.locator('tr[data-delivery]').filter({ hasText: '(test)' });
    await delivery.getByText('Nothing listens there').waitFor(patient);
    await delivery.getByRole('button', { name: 'Details' }).click(patient);
    await look('webhook-deliveries');
  });

  it('what is told on a narrow page lies over its head alone, and the tab that is open is in sight', async () => {
    await office.turnTo(page, '/settings/retention');
    await see(page, narrow);
    await page.getByLabel('Keep received texts, days').fill('90');
    await page.getByRole('button', { name: 'Save' }).first().click(patient);
    const told = page.getByRole('status').filter({ hasText: 'Saved' });
    await told.getByText('Saved').last().waitFor(patient);
    const head = await page.locator('main > header').boundingBox();
    const place = await told.boundingBox();
    expect((place?.y ?? 0) + (place?.height ?? 0)).toBeLessThanOrEqual((head?.y ?? 0) + (head?.height ?? 0));
    await told.getByRole('button', { name: 'Dismiss' }).last().click(patient);
    await office.turnTo(page, '/settings/audit');
    await expect.poll(() => isInSight(page, 'Audit'), patient).toBe(true);
    await see(page, wide);
  });

  it('what is told while an answer is written leaves the answer in sight', async () => {
    const [, number = ''] = await office.customer.numbers();
    await office.turnTo(page, `/conversations/${encodeURIComponent(number)}`);
    await page.getByLabel('Reply', { exact: true }).fill('I am writing', patient);
    await office.customer.send('Meanwhile');
    const told = page.getByText('Text from').last();
    await told.waitFor(patient);
    const toasts = await page.getByRole('status').filter({ has: told }).boundingBox();
    const form = await page.locator('form', { has: page.getByLabel('Reply', { exact: true }) }).boundingBox();
    expect((toasts?.y ?? 0) + (toasts?.height ?? 0)).toBeLessThanOrEqual(form?.y ?? 0);
  });

  it('what has the focus is never beneath the head or the tabs of a narrow page', async () => {
    await office.turnTo(page, '/webhooks');
    await see(page, narrow);
    await page.getByLabel('Label', { exact: true }).focus();
    const covered: string[] = [];
    for (const key of [...Array(16).fill('Tab'), ...Array(16).fill('Shift+Tab')]) {
      await page.keyboard.press(key);
      covered.push(...(await page.evaluate(coveredFocus)));
    }
    expect(covered).toEqual([]);
    await see(page, wide);
  });

  it('a key that is pressed while the page still opens is heeded when it is there', async () => {
    const slow = await office.visit();
    const pressed = Promise.withResolvers<void>();
    await slow.route('**/v1/session', async (route) => {
      await pressed.promise;
      await route.continue();
    });
    await slow.goto(office.address);
    await slow
      .getByRole('status')
      .first()
      .waitFor({ ...patient, state: 'attached' });
    await slow.keyboard.press('?');
    pressed.resolve();
    await slow.getByRole('dialog', { name: 'Keyboard' }).waitFor(patient);
    await slow.close();
  });

  it('the desktop app gives access to a port at a button, which a browser does not have', async () => {
    await page.route(/\/v1\/modems(?:\?|$)/, forbidden);
    await page.goto(office.address);
    await page.getByText('Postern may not open /dev/ttyUSB2').waitFor(patient);
    expect(await page.getByRole('button', { name: 'Give Postern access' }).count()).toBe(0);
    await look('forbidden-in-browser');
    await page.addInitScript(desktopBridge, {
      given: false,
      sentence: 'Nothing was changed: the administrator did not agree.',
      commands: [],
    } satisfies AccessOutcome);
    await page.reload();
    await page.getByRole('button', { name: 'Give Postern access' }).click(patient);
    await page.getByText('the administrator did not agree. The lines that stand with').waitFor(patient);
    await look('forbidden-in-desktop');
  });
});

/** Whether the link of this name lies within the window. */
async function isInSight(page: Page, name: string): Promise<boolean> {
  const box = await page.getByRole('link', { name, exact: true }).first().boundingBox();
  const width = page.viewportSize()?.width ?? 0;
  return box !== null && box.x >= 0 && box.x + box.width <= width;
}

/** How far down it is at its end, in pixels. */
function scrolled(region: Element): number {
  region.scrollTo({ top: region.scrollHeight });
  return region.scrollTop;
}

/** The name of what has the focus, where something that stays in its place lies over it. */
function coveredFocus(): string[] {
  const focused = document.activeElement;
  const fixed = [...document.querySelectorAll('main > header, nav')].filter(
    (bar) => /fixed|sticky/.test(getComputedStyle(bar).position) && !bar.contains(focused),
  );
  if (!focused || fixed.length === 0) return ['nothing to look at'];
  if (focused.closest('[role="status"]')) return [];
  const { top, bottom } = focused.getBoundingClientRect();
  const isCovered = fixed.some((bar) => {
    const over = bar.getBoundingClientRect();
    return over.height > 0 && top < over.bottom && bottom > over.top;
  });
  return isCovered ? [focused.outerHTML.slice(0, 120)] : [];
}

/** Presses J so often at once; gives the addresses that the bar has shown meanwhile. */
function leafOn(times: number): string[] {
  const shown = new Set<string>();
  const before = location.href;
  for (let time = 0; time < times; time++) {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
    if (location.href !== before) shown.add(location.href);
  }
  return [...shown];
}

/** Presses J and at once Escape: how much is to be seen of the drawer then. */
async function opacityAfterEscape(drawer: Element): Promise<string> {
  for (const key of ['j', 'Escape'])
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  await Promise.resolve();
  return getComputedStyle(drawer).opacity;
}

/** The messages of the rows from the one of `first` on. */
function idsFrom(rows: readonly Element[], first: string | null): string[] {
  const ids = rows.map((row) => row.getAttribute('data-message') ?? '');
  return ids.slice(ids.indexOf(first ?? ''));
}

/** Presses J so often, and gives after each press the message whose row is marked. */
async function markedOnTheWay(times: number): Promise<string[]> {
  const marked: string[] = [];
  for (let time = 0; time < times; time++) {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
    await Promise.resolve();
    marked.push(document.querySelector('tr[aria-current]')?.getAttribute('data-message') ?? 'none');
  }
  return marked;
}

/** The modems as the gateway tells of them, one of which it may not open. */
async function forbidden(route: Route): Promise<void> {
  const answer = await route.fetch();
  const body = (await answer.json()) as { data: Record<string, unknown>[] };
  const problem = {
    code: 'port_forbidden',
    message: '/dev/ttyUSB2 may be opened by the group dialout alone, and anna is not in it.',
    remedy: { commands: ['sudo usermod -aG dialout anna'], rules: true },
  };
  const [first, ...others] = body.data;
  const data = [{ ...first, port: '/dev/ttyUSB2', state: 'attention', problem }, ...others];
  await route.fulfill({ response: answer, json: { ...body, data } });
}

/** What the preload script of the desktop app offers. */
function desktopBridge(outcome: AccessOutcome): void {
  const bridge = {
    backendState: async () => ({ kind: 'running' }),
    restartBackend: async () => undefined,
    giveAccess: async () => outcome,
    onBackendState: () => () => undefined,
  };
  Object.defineProperty(window, 'postern', { value: bridge });
}
