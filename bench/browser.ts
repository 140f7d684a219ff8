import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const patienceMs = 120_000;

/** What it took to answer a person, in milliseconds, the longest first; under 16 nothing is written down. */
export interface Answers {
  readonly took: readonly number[];
  /** How many interactions there were, those of less than 16 ms as well. */
  readonly count: number;
}

/** An interaction is several events, such as a key that goes down and up: the longest of them counts. */
const watch = () => {
  const tookToPaint = new Map<number, number>();
  Object.assign(globalThis, { tookToPaint });
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries() as PerformanceEventTiming[])
      if (interactionId > 0)
        tookToPaint.set(interactionId, Math.max(duration, tookToPaint.get(interactionId) ?? 0));
  }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
};

/** A page in Debian's Chromium, of somebody who is signed in to a gateway. */
export class BenchPage {
  readonly page: Page;
  readonly #tools: CDPSession;

  private constructor(page: Page, tools: CDPSession) {
    this.page = page;
    this.#tools = tools;
  }

  static async open(context: BrowserContext): Promise<BenchPage> {
    const page = await context.newPage();
    page.setDefaultTimeout(patienceMs);
    await page.addInitScript(watch);
    return new BenchPage(page, await context.newCDPSession(page));
  }

  /** The processor of the page is `times` as slow. */
  async throttle(times: number): Promise<void> {
    await this.#tools.send('Emulation.setCPUThrottlingRate', { rate: times });
  }

  /** Loads `url` with an empty cache; milliseconds to the first paint, and until `selector` is there. */
  async load(url: string, selector: string): Promise<{ readonly paint: number; readonly content: number }> {
    await this.#tools.send('Network.clearBrowserCache');
    await this.page.goto(url, { waitUntil: 'commit' });
    await this.page.waitForSelector(selector);
    return this.page.evaluate(() => ({
      paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now(),
      content: performance.now(),
    }));
  }

  /** Clicks each of the first `count` elements of `selector`, and waits until the page rests. */
  async clickEach(selector: string, count: number): Promise<void> {
    for (let place = 0; place < count; place++) {
      const box = await this.page.locator(selector).nth(place).boundingBox();
      await this.rest();
      if (!box) throw new Error(`${selector} is not there ${place + 1} times.`);
      await this.page.mouse.click(box.x + box.width / 4, box.y + box.height / 2);
      await this.rest();
    }
  }

  /**
   * Waits until the page has nothing to do. What looks for an element is a script in the page too, which takes its time from
   * whatever a press still has to be answered with.
   */
  async rest(): Promise<void> {
    await this.page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  }

  /** What each interaction since the page was loaded took until the next paint. */
  async tookToPaint(): Promise<Answers> {
    await this.rest();
    return this.page.evaluate(() => {
      const { tookToPaint } = globalThis as unknown as { tookToPaint: Map<number, number> };
      const { interactionCount } = performance as Performance & { readonly interactionCount: number };
      return { took: [...tookToPaint.values()].sort((one, other) => other - one), count: interactionCount };
    });
  }

  /**
   * Octets on the heap of the page's scripts after all that is not used any more was collected: the least of several times,
   * as now and then an answer has just come in.
   */
  async heap(): Promise<number> {
    const taken: number[] = [];
    for (let turn = 0; turn < 8; turn++) {
      await this.#tools.send('HeapProfiler.collectGarbage');
      taken.push((await this.#tools.send('Runtime.getHeapUsage')).usedSize);
      await this.rest();
    }
    return Math.min(...taken);
  }
}

/** Runs `work` in a browser that is signed in to the gateway whose log lies in `dataDir`. */
export async function inBrowser<Result>(
  dataDir: string,
  work: (context: BrowserContext) => Promise<Result>,
): Promise<Result> {
  const link = /Sign in: (\S+)/.exec(readFileSync(join(dataDir, 'log'), 'utf8'))?.[1];
  if (!link) throw new Error('The gateway told no link to sign in with.');
  const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    await context.request.get(link);
    return await work(context);
  } finally {
    await browser.close();
  }
}
