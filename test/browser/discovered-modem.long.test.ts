import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { Gateway } from '../../src/gateway.ts';
import { silentLog } from '../../src/log.ts';
import { LinuxPorts } from '../../src/modem/discovery/linux-ports.ts';
import { leftOut } from '../foreign-programs.ts';
import { type FakeDevice, FakeSystem } from '../modem/discovery/fake-system.ts';
import { temporaryFolder } from '../store/temporary-database.ts';
import { ModemBench, type PluggedModem } from '../whole/bench-of-modems.ts';
import { openBrowser } from './chromium.ts';
import { patient } from './office.ts';
import { everySight, expectNoFaults, see } from './sights.ts';

const rendererDir = join(import.meta.dirname, '../../dist/renderer');
const tty = 'ttyACM0';
const device: FakeDevice = {
  socket: '1-1',
  id: '1e2d:0058',
  manufacturer: 'Cinterion',
  product: 'Modem',
  interfaces: [{ number: 0, codes: '020201', driver: 'cdc_acm', tty }],
};

/** A modem that is plugged into a machine on disk; its port is a pseudo terminal. */
class Socket {
  readonly system = new FakeSystem();
  readonly #stick: PluggedModem;

  constructor(stick: PluggedModem) {
    this.#stick = stick;
  }

  async plugIn(): Promise<void> {
    await this.#stick.plugIn('stick');
    this.system.plug(device);
    rmSync(this.system.path(tty));
    symlinkSync(this.#stick.path('stick'), this.system.path(tty));
  }

  async unplug(): Promise<void> {
    this.system.unplug(device);
    await this.#stick.unplug();
  }
}

/** Somebody signed in at the pages of a gateway that looks for modems on `system`. */
async function pageOver(system: FakeSystem): Promise<Page> {
  const config = readConfig({ dataDir: temporaryFolder(), port: 0 }, {});
  const ports = new LinuxPorts(system.folders);
  const gateway = new Gateway(config, { version: 'x', rendererDir, log: silentLog, ports });
  const { signInUrl } = await gateway.start();
  onTestFinished(() => gateway.stop());
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(patient.timeout);
  await page.goto(signInUrl);
  return page;
}

it.skipIf(leftOut('chromium'))(
  'a modem that nobody named goes by itself when it is pulled out, its SIM is forgotten at a word, and both can come back',
  async () => {
    const bench = await ModemBench.open();
    onTestFinished(() => bench.clear());
    const socket = new Socket(bench.add('+15550107777'));
    const page = await pageOver(socket.system);
    const card = page.locator('article[data-modem]');
    const dialog = page.getByRole('dialog');
    const look = async (name: string) => {
      for (const sight of everySight) {
        await see(page, sight);
        await expectNoFaults(page, name, sight);
      }
      await see(page, { colorScheme: 'light', width: 1280 });
    };

    await page.getByText('No modem yet').first().waitFor();
    await socket.plugIn();
    await card.getByText('Ready', { exact: true }).waitFor();
    await page.evaluate((path) => {
      history.pushState(null, '', `/modems/${encodeURIComponent(path)}`);
      dispatchEvent(new PopStateEvent('popstate'));
    }, socket.system.path(tty));
    await page.waitForURL(/\/modems\/\d{15}$/);
    await page.getByRole('button', { name: 'Reset' }).waitFor();
    expect(await page.getByRole('button', { name: 'Forget' }).count()).toBe(0);

    await socket.unplug();
    await page.getByText('There is no such modem now').waitFor();
    await look('modem-pulled-out');
    await page.getByRole('link', { name: 'Show all modems' }).click();
    const sim = page.getByRole('row').filter({ hasText: 'In no modem' });
    const forget = sim.getByRole('button', { name: 'Forget' });
    await forget.click();
    await look('sim-forget');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await forget.click();
    await dialog.getByRole('button', { name: 'Forget' }).click();
    await page.getByText('is forgotten').waitFor();
    await sim.waitFor({ state: 'detached' });

    await socket.plugIn();
    await card.getByText('Ready', { exact: true }).waitFor();
  },
);
