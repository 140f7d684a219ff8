import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { Office } from './office.ts';

describe.skipIf(leftOut('chromium'))('the pages of a new gateway', () => {
  let office: Office;

  beforeAll(async () => {
    office = await Office.open();
  });

  afterAll(() => office?.close());

  it('say how to send the first text, from and to numbers that are there', async () => {
    const page = await office.visit();
    await page.goto(office.address);
    await page.getByText('No messages yet').waitFor();
    const [from, to] = await office.customer.numbers();
    await page.getByText(`"from":"${from}","to":"${to}"`).waitFor();
    expect(await page.locator('pre').innerText()).toContain(`curl ${office.address}/v1/sms/send`);
    await page.close();
  });

  it('tell a stranger where the link is, and show nothing else', async () => {
    const page = await office.strangerVisits();
    await page.goto(`${office.address}/messages`);
    await page.getByText('Sign in with the link that Postern prints').waitFor();
    expect(await page.getByText('Overview').count()).toBe(0);
    await page.close();
  });

  it('open for nobody with a made-up link', async () => {
    const page = await office.strangerVisits();
    const answer = await page.goto(`${office.address}/session?token=made-up`);
    expect(answer?.status()).toBe(403);
    await page.getByText('no longer works').waitFor();
    await page.close();
  });
});
