import { describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { go, patient } from './office.ts';
import { Visit } from './visit.ts';

const arabic = 'مرحبا، هل يمكنك الاتصال بي على +49 151 2345678؟ شكرا!';

describe.skipIf(leftOut('chromium'))('somebody who reads a conversation', () => {
  const visit = Visit.duringBlock();

  const bubbles = () => visit.page.getByLabel('Messages of this conversation');
  const bubble = (words: string) => bubbles().locator('p', { hasText: words }).last();
  const unread = () => visit.page.locator('nav a[data-unread]');
  async function openThread(): Promise<void> {
    const [number = ''] = await visit.office.customer.numbers();
    await visit.open(`/conversations/${number}`);
  }
  /** Somebody puts the window away, or takes it up again. */
  const show = (state: 'hidden' | 'visible') =>
    visit.page.evaluate((now) => {
      Object.defineProperty(document, 'visibilityState', { value: now, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);

  it('has not read what came in while the window was put away', async () => {
    await visit.office.customer.send('Seen');
    await openThread();
    await bubble('Seen').waitFor(patient);
    await unread().waitFor({ state: 'detached', ...patient });
    await show('hidden');
    await visit.office.customer.send('Not seen');
    await bubble('Not seen').waitFor(patient);
    await unread().getByText('Not seen').waitFor(patient);
    await show('visible');
    await unread().waitFor({ state: 'detached', ...patient });
  });

  const directionOf = (element: Element) => getComputedStyle(element).direction;
  async function typesFromTheRight(label: string): Promise<void> {
    const field = visit.page.getByLabel(label, { exact: true });
    await field.fill(arabic);
    await expect.poll(() => field.evaluate(directionOf), patient).toBe('rtl');
    await field.fill('');
  }

  it('sees and types texts that are read from the right as they are written', async () => {
    await visit.office.customer.send(arabic);
    await openThread();
    await bubble(arabic).waitFor(patient);
    expect(await bubble(arabic).evaluate(directionOf)).toBe('rtl');
    expect(await bubble('Not seen').evaluate(directionOf)).toBe('ltr');
    await typesFromTheRight('Reply');
    await go(visit.page, '/messages');
    const line = visit.page.locator('tr[data-message] button', { hasText: arabic }).first();
    await line.waitFor(patient);
    expect(await line.evaluate(directionOf)).toBe('rtl');
    await go(visit.page, '/compose');
    await typesFromTheRight('Text');
  });

  it('is left where they read when another text comes in, and led to the newest from there', async () => {
    for (const word of ['one', 'two', 'three']) await visit.office.customer.send(`${word}\n`.repeat(30));
    await openThread();
    await bubble('three').waitFor(patient);
    const placeNow = () => bubbles().evaluate(({ scrollTop }) => scrollTop);
    const toEnd = () =>
      bubbles().evaluate((place) => place.scrollHeight - place.clientHeight - place.scrollTop);
    const received = (words: string) =>
      bubbles().locator('p[data-direction="inbound"]', { hasText: words }).last().waitFor(patient);
    await received('three');
    await bubbles().evaluate((place) => place.scrollTo(0, 120));
    await visit.page.waitForFunction((place) => place?.scrollTop === 120, await bubbles().elementHandle());
    await visit.office.customer.send('Meanwhile');
    await received('Meanwhile');
    expect(await placeNow()).toBe(120);
    await bubbles().evaluate((place) => place.scrollTo(0, place.scrollHeight));
    await visit.office.customer.send('At last');
    await received('At last');
    await expect.poll(toEnd, patient).toBeLessThan(2);
  });

  it('can write to a number of which nothing is kept any more', async () => {
    await visit.open('/conversations/+15550106666');
    await visit.page.getByRole('link', { name: 'Write a message' }).click(patient);
    const to = visit.page.getByLabel('To', { exact: true });
    await expect.poll(() => to.inputValue(), patient).toBe('+15550106666');
  });
});
