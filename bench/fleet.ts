import { Bench } from './bench.ts';
import { type Figure, median } from './figures.ts';
import type { ModemLog } from './fleet-process.ts';
import { reportingPhone } from './phones.ts';
import type { Postern } from './postern.ts';
import { type Use, watchProcess } from './process-use.ts';
import { eventually, gapsOf, instantMs } from './stopwatch.ts';

const modemCount = 16;
const networkMs = 1_000;
/** Long enough for two or three samples of each modem's health. */
const texts = 75;
const logsWithinMs = 4 * texts * networkMs;

const mostSlowerPercent = 2;
const mostCorePercent = 10;
const mostMegabytesEach = 8;
const mostComingUpMs = 3_000;
const mostHealthPercent = 1;

interface Run {
  /** From plug-in until every number can send; the modems themselves are ready at once. */
  readonly comingUpMs: number;
  readonly logs: readonly ModemLog[];
  readonly use: Use;
}

/** Many modems at once beside one alone, on a network that takes a second for each text. */
export async function fleet(): Promise<Figure[]> {
  const alone = await run(1);
  const all = await run(modemCount);
  const aloneMs = meanGap(alone.logs[0]);
  const slowestMs = Math.max(...all.logs.map(meanGap));
  const slowerPercent = (100 * (slowestMs - aloneMs)) / aloneMs;
  const megabytesEach = (all.use.megabytes - alone.use.megabytes) / (modemCount - 1);
  const healthPercent = Math.max(...all.logs.map(healthShare)) * 100;
  return [
    {
      what: `fleet, ${modemCount} modems, the slowest against one alone`,
      measured: `${slowerPercent.toFixed(2)} % slower`,
      limit: { text: `within ${mostSlowerPercent} %`, kept: slowerPercent <= mostSlowerPercent },
      bare: `${aloneMs.toFixed(1)} ms a text alone`,
    },
    {
      what: `fleet, ${modemCount} modems sending`,
      measured: `${all.use.percent.toFixed(1)} % of a core`,
      limit: { text: `< ${mostCorePercent} %`, kept: all.use.percent < mostCorePercent },
    },
    {
      what: 'fleet, resident, each further modem',
      measured: `${megabytesEach.toFixed(1)} MB`,
      limit: { text: `< ${mostMegabytesEach} MB`, kept: megabytesEach < mostMegabytesEach },
    },
    comingUp('one modem', alone.comingUpMs),
    comingUp(`${modemCount} modems at once, the last`, all.comingUpMs),
    {
      what: 'fleet, health samples, of the sending time',
      measured: `${healthPercent.toFixed(2)} %`,
      limit: { text: `< ${mostHealthPercent} %`, kept: healthPercent < mostHealthPercent },
    },
  ];
}

function comingUp(which: string, tookMs: number): Figure {
  return {
    what: `fleet, plug-in to able to send, ${which}`,
    measured: `${(tookMs / 1_000).toFixed(2)} s`,
    limit: { text: `< ${mostComingUpMs / 1_000} s`, kept: tookMs < mostComingUpMs },
  };
}

function run(count: number): Promise<Run> {
  return Bench.with(async (bench) => {
    const modems = await bench.fleet(count, networkMs);
    const postern = await bench.posternWith(modems.modems);
    const comingUpMs = await plugIn(modems, postern);
    const logs = modems.logs(texts, logsWithinMs);
    for (const { number } of modems.modems) await postern.queue(texts, { from: number, to: reportingPhone });
    // Accepting the texts is not what is measured here.
    const used = watchProcess(postern.pid);
    return { comingUpMs, logs: await logs, use: used() };
  });
}

async function plugIn(
  modems: { plug(): Promise<void>; readonly modems: readonly unknown[] },
  postern: Postern,
): Promise<number> {
  await modems.plug();
  const begun = instantMs();
  await eventually('All modems came online', async () => {
    const { data } = await postern.get<{ data: { online: boolean }[] }>('/v1/numbers');
    return data.filter(({ online }) => online).length === modems.modems.length || undefined;
  });
  return instantMs() - begun;
}

/** Between the first texts all the others are still being accepted. */
const settledAfter = 10;

/** From one text to the next on a network that is exact. */
function meanGap(log: ModemLog | undefined): number {
  const { takenAt = [], lateMs = [] } = log ?? {};
  return mean(gapsOf(takenAt).slice(settledAfter)) - mean(lateMs.slice(settledAfter));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What pauses with other commands in them took longer than the usual pause between two texts, of all the time. */
function healthShare({ takenAt, plainGaps, busyGaps }: ModemLog): number {
  const usual = median(plainGaps);
  const spent = busyGaps.reduce((sum, gap) => sum + Math.max(0, gap - usual), 0);
  return spent / ((takenAt.at(-1) ?? 0) - (takenAt[0] ?? 0));
}
