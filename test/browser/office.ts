import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { freePorts } from '../free-ports.ts';
import { makeKey } from '../whole/api-key.ts';
import { openBrowser, type Witness, witness } from './chromium.ts';
import { Customer } from './customer.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

const emulated = ['--emulate', '2', '--no-discovery'];

/** How long an office may take for what happens by itself: modems coming up, a text on its way. */
export const patient = { timeout: 120_000 };

/** A gateway with two emulated modems, someone signed in to its pages, and a customer of its API. */
export class Office {
  readonly dataDir: string;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly customer: Customer;
  readonly seen: Witness;
  #gateway: RunningGateway;

  private constructor(
    dataDir: string,
    gateway: RunningGateway,
    key: string,
    browser: Browser,
    context: BrowserContext,
  ) {
    this.dataDir = dataDir;
    this.#gateway = gateway;
    this.browser = browser;
    this.context = context;
    this.customer = new Customer(gateway.address, key);
    this.seen = witness(context);
  }

  /** `flags` say which modems there are; `prepare` fills its data directory before it starts. */
  static async open(flags = emulated, prepare: (dataDir: string) => void = () => undefined): Promise<Office> {
    const browser = await openBrowser();
    const dataDir = mkdtempSync(join(tmpdir(), 'postern-browser-'));
    prepare(dataDir);
    // One that it finds free again after it was lost.
    const [port] = await freePorts(1);
    const gateway = await startGateway(dataDir, ['--port', String(port), ...flags]).catch(
      async (error: unknown) => {
        await browser.close();
        throw error;
      },
    );
    const context = await browser.newContext({
      viewport: { width: 1280, height: 860 },
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(patient.timeout);
    // The link signs the browser in whoever follows it there; a page for that alone would cost a process.
    await context.request.get(gateway.link);
    return new Office(dataDir, gateway, makeKey(dataDir, ['sms:send', 'sms:read']), browser, context);
  }

  get address(): string {
    return this.#gateway.address;
  }

  /** A new page of the person who is signed in. */
  visit(): Promise<Page> {
    return this.context.newPage();
  }

  /**
   * Goes to a path on a page that shows the gateway's pages, as their own links do: nothing is loaded that is there
   * already. What a screen held is forgotten, also where it is the screen that is shown, but for what was typed
   * there.
   */
  async turnTo(page: Page, path: string): Promise<void> {
    const settings = page.getByRole('heading', { level: 1, name: 'Settings', exact: true });
    await go(page, '/settings/audit');
    await settings.waitFor(patient);
    await go(page, path);
    if (!path.startsWith('/settings')) await settings.waitFor({ state: 'detached', ...patient });
  }

  /** A new page of someone who is not. */
  async strangerVisits(): Promise<Page> {
    const page = await this.browser.newPage();
    page.setDefaultTimeout(patient.timeout);
    return page;
  }

  /** The gateway is gone all at once. */
  loseGateway(): Promise<void> {
    return this.#gateway.kill();
  }

  /** The gateway is back where it was. */
  async restoreGateway(): Promise<void> {
    this.#gateway = await startGateway(this.dataDir, ['--port', new URL(this.address).port, ...emulated]);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.#gateway.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** Leads to another address as the page itself would. */
export function go(page: Page, path: string): Promise<void> {
  return page.evaluate((next) => {
    history.pushState(null, '', next);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
}
