import { rm } from 'node:fs/promises';
import type { BrowserContext } from 'playwright-core';
import { systemClock } from '../src/clock.ts';
import { databaseFile } from '../src/config.ts';
import { silentLog } from '../src/log.ts';
import { Database } from '../src/store/database.ts';
import { SearchIndex } from '../src/store/search-index.ts';
import { Bench, type Modem } from './bench.ts';
import { type Answers, BenchPage, inBrowser } from './browser.ts';
import { type Figure, median, quantile } from './figures.ts';
import { fullStore } from './full-store.ts';
import { crowd } from './load.ts';
import { ourNumber, reportingPhone } from './phones.ts';
import type { Postern } from './postern.ts';
import { eventually } from './stopwatch.ts';

const past = 1_000_000;
const slowness = 4;
const loads = 5;
const visits = 5;
const mostPaintMs = 1_000;
const mostAnswerMs = 100;
/** An hour of five texts a second, in two minutes. */
const hour = { seconds: 120, perSecond: 150 };
const warmSeconds = 20;
const mostGrowth = 0.1;

/** Pages, and what stands on them once they show what was asked for. */
const pages: readonly (readonly [name: string, path: string, selector: string])[] = [
  ['overview', '/', 'tr[data-message]'],
  ['messages', '/messages', 'tr[data-message]'],
  ['conversations', '/conversations', 'nav li a[href^="/conversations/"]'],
  ['compose', '/compose', 'textarea'],
  ['settings', '/settings', 'form'],
];

/** What a person waits for at the pages of a gateway with 1,000,000 messages, on a processor four times as slow. */
export async function screens(): Promise<Figure[]> {
  const dataDir = await fullStore({ past, queued: 0 });
  takeAllIn(databaseFile(dataDir));
  try {
    return await Bench.with(async (bench) => {
      const modem = await bench.modem();
      const postern = await bench.posternOn(dataDir, modem.path, {});
      return inBrowser(dataDir, async (context) => [
        ...(await firstPaints(context, postern)),
        ...(await answers(context, postern)),
        ...(await growth(context, postern, modem)),
      ]);
    });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** As the gateway does it within some minutes. */
function takeAllIn(file: string): void {
  const database = Database.open(file);
  const index = new SearchIndex(database, systemClock, silentLog);
  while (index.behind > 0) index.takeIn();
  database.close();
}

async function firstPaints(context: BrowserContext, { url }: Postern): Promise<Figure[]> {
  const page = await BenchPage.open(context);
  await page.throttle(slowness);
  // What a browser does once for each place it goes to is not the pages' own.
  const fewWords = await page.load(`${url}/healthz`, 'body');
  const figures: Figure[] = [
    {
      what: 'first paint of a few words, the first page in this browser',
      measured: `${fewWords.paint.toFixed(0)} ms`,
    },
  ];
  for (const [name, path, selector] of pages) {
    const taken = [];
    for (let turn = 0; turn < loads; turn++) taken.push(await page.load(url + path, selector));
    const paint = Math.max(...taken.map((one) => one.paint));
    const content = median(taken.map((one) => one.content));
    figures.push({
      ...atMost(`first paint, ${name}, the slowest of ${loads}`, paint, mostPaintMs),
      bare: `${content.toFixed(0)} ms until it shows its content, median`,
    });
  }
  await page.page.close();
  return figures;
}

/** What is done in the log and the overview, with mouse and keyboard, by several visitors one after the other. */
async function answers(context: BrowserContext, postern: Postern): Promise<Figure[]> {
  const inLog: Answers[] = [];
  const between: Answers[] = [];
  for (let visit = 0; visit < visits; visit++) {
    const bench = await BenchPage.open(context);
    await bench.throttle(slowness);
    inLog.push(await workInLog(bench, postern));
    between.push(await walkAbout(bench, postern));
    await bench.page.close();
  }
  return [
    answerFigure(`in the log of ${past.toLocaleString('en')} messages`, inLog),
    answerFigure('from screen to screen', between),
  ];
}

async function workInLog(bench: BenchPage, { url }: Postern): Promise<Answers> {
  const { page } = bench;
  await bench.load(`${url}/messages`, 'tr[data-message]');
  await bench.clickEach('tr[data-message]', 8);
  for (let turn = 0; turn < 20; turn++) await page.keyboard.press('j');
  await page.keyboard.press('Escape');
  await bench.rest();
  await page.locator('section[tabindex="0"]').first().focus();
  await bench.rest();
  for (let turn = 0; turn < 20; turn++) await page.keyboard.press('PageDown');
  await page.keyboard.press('End');
  await page.locator('tr[data-message]').first().waitFor();
  await page.locator('input[data-search]').pressSequentially('text 777', { delay: 60 });
  await page.waitForURL(/q=/);
  return bench.tookToPaint();
}

async function walkAbout(bench: BenchPage, { url }: Postern): Promise<Answers> {
  const { page } = bench;
  await bench.load(`${url}/`, 'tr[data-message]');
  for (const name of ['Messages', 'Conversations', 'Compose', 'Modems', 'Settings', 'Overview'])
    await page.getByRole('link', { name, exact: true }).first().click();
  await page.locator('tr[data-message]').first().waitFor();
  return bench.tookToPaint();
}

/** Interaction to next paint as it is defined for a visit: the slowest, of which one in fifty is left out. */
function answerFigure(where: string, each: readonly Answers[]): Figure {
  const slowest = each.map(({ took, count }) => took[Math.floor(count / 50)] ?? 0);
  const figure = atMost(
    `interaction to next paint ${where}, median of ${visits} visits`,
    median(slowest),
    mostAnswerMs,
  );
  const all = each.flatMap(({ took }) => took);
  return {
    ...figure,
    bare: `each visit: ${slowest.join(', ')}; p75 of those over 16 ms: ${quantile(all, 0.75).toFixed(0)} ms`,
  };
}

/** The heap of the log, open while an hour's texts go through. */
async function growth(context: BrowserContext, postern: Postern, modem: Modem): Promise<Figure[]> {
  await modem.plug();
  await eventually(
    'The modem came online',
    async () => {
      const { data } = await postern.get<{ data: readonly { online: boolean }[] }>('/v1/numbers');
      return data.some(({ online }) => online) ? true : undefined;
    },
    60_000,
  );
  const bench = await BenchPage.open(context);
  await bench.load(`${postern.url}/messages`, 'tr[data-message]');
  const body = JSON.stringify({ from: ourNumber, to: reportingPhone, body: 'The water stands at 12 cm.' });
  const load = { url: `${postern.url}/v1/sms/send`, headers: postern.headers, body };
  await crowd(load, 8, warmSeconds, hour.perSecond);
  const before = await bench.heap();
  const { perSecond } = await crowd(load, 8, hour.seconds, hour.perSecond);
  const after = await bench.heap();
  await bench.page.close();
  const texts = Math.round(perSecond * hour.seconds).toLocaleString('en');
  return [
    {
      what: `heap of the log after ${texts} texts more, in ${hour.seconds} s`,
      measured: `${megabytes(after)}, before it ${megabytes(before)}`,
      limit: { text: `at most ${mostGrowth * 100} % more`, kept: after <= before * (1 + mostGrowth) },
    },
  ];
}

function megabytes(octets: number): string {
  return `${(octets / 1e6).toFixed(1)} MB`;
}

function atMost(what: string, ms: number, most: number): Figure {
  return { what, measured: `${ms.toFixed(0)} ms`, limit: { text: `< ${most} ms`, kept: ms < most } };
}
