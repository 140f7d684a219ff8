import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { ModemBench, type PluggedModem } from '../whole/bench-of-modems.ts';
import { Office, patient } from './office.ts';
import { expectNoFaults, type Sight, see } from './sights.ts';

const socket = 'stick';

/** A modem is set up, pulled out and forgotten; each step on the way is looked at in these ways. */
export function tellOfNewModem(sights: readonly Sight[]): void {
  describe.skipIf(leftOut('chromium'))('a modem that was never here before', () => {
    let bench: ModemBench;
    let stick: PluggedModem;
    let office: Office;
    let page: Page;

    beforeAll(async () => {
      bench = await ModemBench.open();
      stick = bench.add('+15550107777');
      office = await Office.open(['--no-discovery', '--modem', `path=${stick.path(socket)}`]);
      page = await office.visit();
    });

    afterAll(async () => {
      await office?.close();
      await bench?.clear();
    });

    const press = (name: string) => page.getByRole('button', { name, exact: true }).click(patient);
    const fill = (label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value);

    /** Looks at a step of the set-up as it stands. */
    async function look(name: string): Promise<void> {
      for (const sight of sights) {
        await see(page, sight);
        await expectNoFaults(page, name, sight);
      }
      if (sights.length > 0) await see(page, { colorScheme: 'light', width: 1280 });
    }

    it('is waited for in a set-up of which any step can be left for later', async () => {
      await page.goto(`${office.address}/setup`);
      await page.getByRole('heading', { name: 'Choose a password' }).waitFor(patient);
      await fill('Password', 'correct horse battery');
      await press('Set the password');
      for (const [nth, heading] of ['Plug in a modem', 'Name its number', 'Send a test text'].entries()) {
        await page.getByRole('heading', { name: heading, level: 2 }).first().waitFor(patient);
        await look(`setup-${nth + 2}`);
        await press('Go on');
      }
      await fill('Name', 'Till');
      await press('Make the key');
      await page.getByText('This is the key.').waitFor(patient);
      await look('setup-5');
      await press('Finish');
      await page.getByText('Can I send?').waitFor(patient);
    });

    it('is told of when it is plugged in, and set up step by step', async () => {
      await page.getByText('Not plugged in').first().waitFor(patient);
      await stick.plugIn(socket);
      await page.getByText('is new here.').waitFor(patient);
      await press('Set it up');
      await page.getByText('Answers AT commands at').waitFor(patient);
      await press('Go on');
      await page.getByText('The SIM is unlocked', { exact: true }).waitFor(patient);
      await look('welcome-2');
      await press('Go on');
      await fill('Number', stick.number);
      await fill('Label', 'Porter');
      await press('Save');
      await look('welcome-3');
      await press('Go on');
      await fill('Number of a phone at hand', '+15550199123');
      await press('Send a test text');
      await page.getByText('Delivered', { exact: true }).waitFor(patient);
      await look('welcome-4');
      await press('Finish');
      await page.getByRole('heading', { name: 'Porter' }).waitFor(patient);
      await office.turnTo(page, '/');
      await page.getByText('Yes', { exact: true }).first().waitFor(patient);
      await page.getByText('is new here.').waitFor({ ...patient, state: 'detached' });
    });

    it('is seen to go and to come back while the page stays open', async () => {
      const card = page.locator('article[data-modem]', { hasText: 'Porter' });
      await stick.unplug();
      await card.getByText('Not plugged in').waitFor(patient);
      await stick.plugIn(socket);
      await card.getByText('Ready', { exact: true }).waitFor(patient);
    });

    it('is not forgotten while the gateway was told to wait for it; its SIM is, when it is away', async () => {
      await stick.unplug();
      await page.locator('article[data-modem]', { hasText: 'Not plugged in' }).locator('a').first().click();
      const ask = page.getByRole('dialog');
      await press('Forget');
      await ask.getByRole('button', { name: 'Forget' }).click(patient);
      await ask.getByText('Take it out there, and it is not waited for any more.').waitFor(patient);
      await ask.getByRole('button', { name: 'Cancel' }).click();
      await office.turnTo(page, '/modems');
      await page
        .getByRole('row', { name: /Porter/ })
        .getByRole('button', { name: 'Forget' })
        .click(patient);
      await ask.getByRole('button', { name: 'Forget' }).click(patient);
      await page.getByText('Porter is forgotten').waitFor(patient);
    });
  });
}
