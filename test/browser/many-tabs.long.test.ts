import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { Office, patient } from './office.ts';

/** A browser keeps six connections to a gateway that speaks HTTP/1.1, and no more. */
const moreThanConnections = 8;

describe.skipIf(leftOut('chromium'))('somebody with many tabs open', () => {
  let office: Office;
  const tabs: Page[] = [];

  beforeAll(async () => {
    office = await Office.open();
    for (let count = 0; count < moreThanConnections; count++) {
      const tab = await office.visit();
      tabs.push(tab);
      await tab.goto(`${office.address}/messages`, { waitUntil: 'commit' });
      // the stream of all runs beside the page that asked for it first
      if (count === 0) await isLive(tab);
    }
  });
  afterAll(() => office?.close());

  const eachTab = (look: (tab: Page) => Promise<unknown>) => Promise.all(tabs.map(look));
  const isLive = (tab: Page) => tab.getByText('Live', { exact: true }).first().waitFor(patient);
  const shows = (words: string) => (tab: Page) => tab.getByText(words).first().waitFor(patient);

  it('sees each of them follow the gateway', async () => {
    await eachTab(isLive);
    await office.customer.send('To all tabs');
    await eachTab(shows('To all tabs'));
  });

  it('sees the others go on when the first crashes, and the stream with it that it began', async () => {
    const first = tabs.shift() as Page;
    const crashed = first.waitForEvent('crash');
    const browser = await office.context.newCDPSession(first);
    void browser.send('Page.crash').catch(() => undefined);
    await crashed;
    await office.customer.send('To those that survived');
    await eachTab(shows('To those that survived'));
  });

  it('sees the others go on when the first is closed, or loaded anew', async () => {
    await tabs.shift()?.close();
    await tabs[0]?.reload();
    await eachTab(isLive);
    await office.customer.send('To those that stayed');
    await eachTab(shows('To those that stayed'));
  });

  it('sees them all heal when the gateway was away', async () => {
    await office.loseGateway();
    await eachTab((tab) => tab.getByText('The connection to Postern is lost').first().waitFor(patient));
    await office.restoreGateway();
    await eachTab(isLive);
    await office.customer.send('To those that waited');
    await eachTab(shows('To those that waited'));
  });

  it('sees a tab that was laid to rest catch up when it is woken', async () => {
    const [tab] = tabs as [Page];
    const browser = await office.context.newCDPSession(tab);
    await browser.send('Page.setWebLifecycleState', { state: 'frozen' });
    await office.customer.send('While one slept');
    await browser.send('Page.setWebLifecycleState', { state: 'active' });
    await eachTab(isLive);
    await eachTab(shows('While one slept'));
    expect(office.seen.complaints).toEqual([]);
  });

  it('has a tab follow by itself whose file for sharing is gone, as after an update of the gateway', async () => {
    const tab = await office.visit();
    await tab.addInitScript(() => {
      const Known = window.SharedWorker;
      window.SharedWorker = class extends Known {
        constructor() {
          super('/assets/of-another-version.js');
        }
      };
    });
    await tab.goto(`${office.address}/messages`);
    await isLive(tab);
    await office.customer.send('To each as it can hear');
    await shows('To each as it can hear')(tab);
    await eachTab(shows('To each as it can hear'));
  });
});
