import { rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { systemClock } from '../src/clock.ts';
import { databaseFile } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { Database } from '../src/store/database.ts';
import { SearchIndex } from '../src/store/search-index.ts';
import { Bench, type Modem } from './bench.ts';
import { type Figure, quantile } from './figures.ts';
import { fullStore } from './full-store.ts';
import { ask, crowd } from './load.ts';
import { ourNumber, reportingPhone } from './phones.ts';
import type { Postern } from './postern.ts';
import { longestStall, type Stall, watchedStart } from './stalls.ts';
import { eventually, instantMs } from './stopwatch.ts';

const past = 1_000_000;
const asked = 200;
const connections = 8;
const crowdSeconds = 5;
const acceptedPerSecond = 1_000;
const stallSeconds = 20;
const mostStallMs = 20;
const leastShare = 0.5;

const day = (before: number) => new Date(Date.now() - before * 24 * 3_600_000).toISOString().slice(0, 10);
const us = encodeURIComponent(ourNumber);
const other = encodeURIComponent('+15557012345');

/** Lists that are asked for: by name, the query, and the longest that it may take. */
const lists: readonly (readonly [string, string, number])[] = [
  ['no filter', '', 20],
  ['a direction', 'direction=inbound', 20],
  ['a status', 'status=delivered', 20],
  ['a status that few have', 'status=failed', 20],
  ['our number', `number=${us}`, 20],
  ['the number of another', `number=${other}`, 20],
  ['a first day', `from_date=${day(30)}`, 20],
  ['a last day', `to_date=${day(200)}`, 20],
  ['a reference', 'client_reference=nothing', 20],
  ['ordinary texts', 'kind=text', 20],
  ['what is not blocked', 'blocked=false', 20],
  ['direction and status', 'direction=outbound&status=delivered', 150],
  ['number, direction, days', `number=${us}&direction=inbound&from_date=${day(200)}&to_date=${day(90)}`, 150],
  ['number and status', `number=${other}&status=delivered`, 150],
  ['text and direction', 'q=text%20777&direction=outbound', 150],
  ['a text in every message, and a status', 'q=benchmark&status=delivered', 150],
  ['text, number and days', `q=text&number=${other}&from_date=${day(300)}`, 150],
  ['the last page of all', 'page=49990', 150],
  ['a deep page of a direction', 'direction=inbound&page=10000', 150],
  ['a deep page of our number', `number=${us}&page=40000`, 150],
  ['a page in the middle of a text in every message', 'q=segment&page=25000', 150],
  ['a text in few messages', 'q=text%2012345', 50],
  ['a text in 0.4 % of all', 'q=777', 50],
  ['a text in 1 % of all', 'q=text%2077', 50],
  ['a text in none', 'q=zebra', 50],
  ['a text in every message', 'q=segment', 50],
  ['two characters', 'q=77', 50],
];

/** How long lists take of 1,000,000 messages, and whether anything else has to wait for them. */
export async function reading(): Promise<Figure[]> {
  const dataDir = await fullStore({ past, queued: 0 });
  const file = databaseFile(dataDir);
  const stalls = join(dataDir, 'stalls.json');
  takeAllIn(file);
  try {
    return await Bench.with(async (bench) => {
      const modem = await bench.modem();
      const postern = await bench.posternOn(dataDir, modem.path, watchedStart(stalls));
      const first = await askedFirst(postern);
      const timed = await eachList(postern);
      const { url } = await bench.bareReader({ file }).next('ready');
      const beside = await besideBare(postern, url);
      const stalled = await stallFigures(postern, modem, stalls);
      return [...first, ...timed, ...beside, ...stalled];
    });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** As the gateway does it within some minutes. */
function takeAllIn(file: string): void {
  const database = Database.open(file);
  const index = new SearchIndex(database, systemClock, createLog({ level: 'silent' }));
  while (index.behind > 0) index.takeIn();
  database.close();
}

async function eachList(postern: Postern): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, query, most] of lists) {
    const took = await times(
      postern,
      Array.from({ length: asked }, () => `/v1/sms?${query}`),
    );
    figures.push(
      atMost(`list, ${name}, p99 (median ${quantile(took, 0.5).toFixed(1)} ms)`, quantile(took, 0.99), most),
    );
  }
  const ids = await someIds(postern);
  const took = await times(
    postern,
    ids.map((id) => `/v1/sms/${id}`),
  );
  return [...figures, atMost('one message by its id, p99', quantile(took, 0.99), 5)];
}

/** A text that nobody has asked for yet is counted once; before that a thread is started. */
async function askedFirst(postern: Postern): Promise<Figure[]> {
  const figures: Figure[] = [];
  await times(postern, ['/v1/sms?q=zebra']);
  for (const text of ['ext', 'text', 'benchmark']) {
    const begun = instantMs();
    await ask(`${postern.url}/v1/sms?q=${text}`, { headers: postern.headers });
    const what = `list, a text of ${text.length} characters in every message, the very first time`;
    figures.push({ what, measured: `${(instantMs() - begun).toFixed(1)} ms` });
  }
  return figures;
}

/** One caller on one connection. */
async function times(postern: Postern, paths: readonly string[]): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const took: number[] = [];
  for (const path of paths) {
    const begun = instantMs();
    await ask(`${postern.url}${path}`, { agent, headers: postern.headers });
    took.push(instantMs() - begun);
  }
  agent.destroy();
  return took;
}

async function someIds(postern: Postern): Promise<string[]> {
  const pages = Array.from({ length: 4 }, (_, place) => `/v1/sms?per_page=50&page=${1 + place * 4_000}`);
  const found = await Promise.all(
    pages.map((path) => postern.get<{ data: readonly { message_id: string }[] }>(path)),
  );
  return found.flatMap(({ data }) => data.map(({ message_id: id }) => id));
}

async function besideBare(postern: Postern, bareUrl: string): Promise<Figure[]> {
  const [id = ''] = await someIds(postern);
  const figures: Figure[] = [];
  for (const [what, path] of [
    ['the first page', '/v1/sms'],
    ['one message', `/v1/sms/${id}`],
  ] as const) {
    const load = (url: string) =>
      ({ method: 'GET', url: `${url}${path}`, headers: postern.headers }) as const;
    await crowd(load(postern.url), connections, 1);
    const ours = await crowd(load(postern.url), connections, crowdSeconds);
    await crowd(load(bareUrl), connections, 1);
    const bare = await crowd(load(bareUrl), connections, crowdSeconds);
    figures.push({
      what: `${what}, ${connections} connections`,
      measured: `${ours.perSecond.toFixed(0)} a second`,
      limit: { text: '>= half of bare', kept: ours.perSecond >= leastShare * bare.perSecond },
      bare: `${bare.perSecond.toFixed(0)} a second`,
    });
  }
  return figures;
}

/** Texts are accepted and sent, and lists of every kind are read, all at once. */
async function stallFigures(postern: Postern, modem: Modem, file: string): Promise<Figure[]> {
  await modem.plug();
  await eventually('The modem came online', async () => {
    const { data } = await postern.get<{ data: readonly { online: boolean }[] }>('/v1/numbers');
    return data.some(({ online }) => online) ? true : undefined;
  });
  const body = JSON.stringify({ from: ourNumber, to: reportingPhone, body: 'The water stands at 12 cm.' });
  const load = { url: `${postern.url}/v1/sms/send`, headers: postern.headers, body };
  await crowd(load, connections, 2, acceptedPerSecond);
  await longestStall(postern, file);
  const reader = { isDone: false };
  const read = readOnAndOn(postern, reader);
  const { perSecond } = await crowd(load, connections, stallSeconds, acceptedPerSecond);
  const stall = await longestStall(postern, file);
  reader.isDone = true;
  await read;
  return stallLines(stall, perSecond);
}

async function readOnAndOn(postern: Postern, reader: { readonly isDone: boolean }): Promise<void> {
  for (let place = 0; !reader.isDone; place++)
    await times(postern, [`/v1/sms?${lists[place % lists.length]?.[1]}`]);
}

function stallLines({ ms, cpuMs }: Stall, perSecond: number): Figure[] {
  const beside = `${perSecond.toFixed(0)} accepted a second, a modem at full speed, lists read meanwhile`;
  return [
    {
      ...atMost(`longest stall of the main thread, its own work: ${beside}`, cpuMs, mostStallMs),
      bare: `${ms.toFixed(1)} ms by the clock`,
    },
  ];
}

function atMost(what: string, ms: number, most: number): Figure {
  return { what, measured: `${ms.toFixed(1)} ms`, limit: { text: `< ${most} ms`, kept: ms < most } };
}
