import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { ModemBench, type PluggedModem } from '../whole/bench-of-modems.ts';
import { Office, patient } from './office.ts';

const socket = 'stick';

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

  it('is told of when it is plugged in, and set up step by step', async () => {
    await page.goto(`${office.address}/setup`);
    await fill('Password', 'correct horse battery');
    await press('Set the password');
    await page.getByRole('heading', { name: 'Plug in a modem' }).waitFor(patient);
    await office.turnTo(page, '/');
    await page.getByText('Not plugged in').first().waitFor(patient);
    await stick.plugIn(socket);
    await page.getByText('is new here.').waitFor(patient);
    await press('Set it up');
    await page.getByText('Answers AT commands at').waitFor(patient);
    await press('Go on');
    await page.getByText('The SIM is unlocked', { exact: true }).waitFor(patient);
    await press('Go on');
    await fill('Number', stick.number);
    await fill('Label', 'Porter');
    await press('Save');
    await press('Go on');
    await fill('Number of a phone at hand', '+15550199123');
    await press('Send a test text');
    await page.getByText('Delivered', { exact: true }).waitFor(patient);
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
});
