import { beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { patient } from './office.ts';
import { Visit } from './visit.ts';

/** A text that is in the log before any test begins. */
const oldText = 'The door of the archive is open.';

describe.skipIf(leftOut('chromium'))('the pages of a gateway at work', () => {
  const visit = Visit.duringBlock();
  const { open } = visit;

  beforeAll(() => visit.office.customer.send(oldText));

  const rowOf = (messageId: string) => visit.page.locator(`tr[data-message="${messageId}"]`);
  const isLive = () => visit.page.getByText('Live', { exact: true }).first().waitFor(patient);

  it('show each modem with its state, number, operator and signal', async () => {
    await open('/');
    const cards = visit.page.locator('article[data-modem]');
    for (const card of [cards.nth(0), cards.nth(1)]) {
      await card.getByText('Ready', { exact: true }).waitFor(patient);
      const words = await card.innerText();
      expect(words).toMatch(/−\d+ dBm\s+(?:strong|good|fair)/);
      expect(words).toMatch(/Network\s+\S.*, (?:home|roaming)/);
    }
    const shown = await cards.locator('p').allTextContents();
    expect(shown).toEqual(expect.arrayContaining([...(await visit.office.customer.numbers())]));
    await visit.page.getByText('All 2 modems are ready').waitFor(patient);
  });

  it('show a text that is sent, its delivery and its arrival, without being asked', async () => {
    await open('/');
    await isLive();
    await visit.page.evaluate(() => document.body.setAttribute('data-untouched', ''));
    const messageId = await visit.office.customer.send('Is anybody there?');
    await rowOf(messageId).getByText('Is anybody there?').waitFor(patient);
    await rowOf(messageId).getByText('Delivered', { exact: true }).waitFor(patient);
    const incoming = visit.page.locator('tr[data-direction="inbound"]', { hasText: 'Is anybody there?' });
    await incoming.getByText('Received', { exact: true }).waitFor(patient);
    await visit.page.getByText(/^Last text (?:just now|1 min ago)/).waitFor(patient);
    expect(await visit.page.locator('body[data-untouched]').count()).toBe(1);
  });

  it('can be walked by keyboard', async () => {
    await visit.page.goto(visit.office.address);
    await visit.page.getByText(oldText).first().waitFor();
    await visit.page.keyboard.press('Tab');
    expect(await visit.page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the page');
    await visit.page.keyboard.press('Tab');
    await visit.page.keyboard.press('Tab');
    await visit.page.keyboard.press('Enter');
    await visit.page.getByRole('heading', { name: 'Messages' }).waitFor();
    expect(visit.page.url()).toBe(`${visit.office.address}/messages`);
    expect(await visit.page.title()).toBe('Messages · Postern');
  });

  it('have addresses that can be kept, and a way back', async () => {
    await visit.page.goto(`${visit.office.address}/messages?status=failed`);
    await visit.page.getByText('No message passes this filter').waitFor();
    await visit.page.getByRole('link', { name: 'Show all messages' }).click();
    await visit.page.getByText(oldText).first().waitFor();
    await visit.page.goBack();
    await visit.page.getByText('No message passes this filter').waitFor();
  });

  it('show a whole text when asked', async () => {
    const long = `First line\n${'and on it goes '.repeat(20)}to the end.`;
    await visit.office.customer.send(long);
    await open('/');
    await visit.page.getByRole('button', { name: 'First line' }).first().click(patient);
    expect(await visit.page.locator('p', { hasText: 'First line' }).first().innerText()).toBe(long);
    await visit.page.getByRole('button', { name: 'Show less' }).click();
    expect(await visit.page.getByRole('button', { name: 'Show less' }).count()).toBe(0);
  });

  it('are served with a policy that lets nothing in from outside', async () => {
    const answer = await fetch(visit.office.address, { headers: { accept: 'text/html' } });
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await answer.text()).not.toMatch(/<script(?![^>]* src=)|https?:\/\//);
  });
});
