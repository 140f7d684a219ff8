import { Bench } from './bench.ts';
import type { Figure } from './figures.ts';
import { ourNumber, reportingPhone, unreportingPhone } from './phones.ts';
import { eventually, gapsOf } from './stopwatch.ts';

const texts = 600;
const leastPerSecond = 150;
const mostOwnMs = 7;

const slowTexts = 30;
const networkMs = 1_000;
const mostGapMs = 1_010;

/** How many texts a second leave when the modem and the network take no time of their own. */
export async function send(): Promise<Figure[]> {
  const bare = meanGap(await sendBare(texts, 0));
  const quiet = meanGap(await sendThroughPostern(texts, 0, unreportingPhone));
  const reported = meanGap(await sendThroughPostern(texts, 0, reportingPhone));
  return [
    ...fastFigures('no reports', quiet, bare),
    ...fastFigures('a delivery report for each', reported, bare),
  ];
}

function fastFigures(which: string, gapMs: number, bareMs: number): Figure[] {
  const perSecond = 1_000 / gapMs;
  const ownMs = gapMs - bareMs;
  return [
    {
      what: `send, ${texts} texts, ${which}`,
      measured: `${perSecond.toFixed(0)} texts/s`,
      limit: { text: `>= ${leastPerSecond} texts/s`, kept: perSecond >= leastPerSecond },
      bare: `${(1_000 / bareMs).toFixed(0)} texts/s`,
    },
    {
      what: `send, of our own per text, ${which}`,
      measured: `${ownMs.toFixed(2)} ms`,
      limit: { text: `< ${mostOwnMs} ms`, kept: ownMs < mostOwnMs },
      bare: `${bareMs.toFixed(2)} ms in all`,
    },
  ];
}

/** The time between two texts when the network takes a second for each. Both hosts run at once: both mostly wait. */
export async function slowSend(): Promise<Figure[]> {
  const [ours, bare] = await Promise.all([
    sendThroughPostern(slowTexts, networkMs, reportingPhone),
    sendBare(slowTexts, networkMs),
  ]);
  const gapMs = meanGap(ours);
  return [
    {
      what: `send, ${networkMs / 1_000} s network, between two texts`,
      measured: `${gapMs.toFixed(1)} ms`,
      limit: { text: `< ${mostGapMs} ms`, kept: gapMs < mostGapMs },
      bare: `${meanGap(bare).toFixed(1)} ms`,
    },
  ];
}

/** The texts are queued before the modem is there, so that only the handing over is measured. */
export function sendThroughPostern(count: number, latencyMs: number, to: string): Promise<readonly number[]> {
  return Bench.with(async (bench) => {
    const modem = await bench.modem(latencyMs);
    const postern = await bench.postern(modem.path);
    await postern.queue(count, { from: ourNumber, to });
    const taken = modem.taken(count);
    await modem.plug();
    const at = await taken;
    const ended = to === reportingPhone ? 'delivered' : 'sent';
    await eventually(`${count} texts "${ended}"`, async () => {
      const reached = await postern.count(`status=${ended}`);
      return reached === count ? reached : undefined;
    });
    return at;
  });
}

export function sendBare(count: number, latencyMs: number): Promise<readonly number[]> {
  return Bench.with(async (bench) => {
    const modem = await bench.modem(latencyMs);
    const taken = modem.taken(count);
    await modem.plug();
    bench.bareHost({ path: modem.path, send: { texts: count, to: unreportingPhone } });
    return taken;
  });
}

export function meanGap(taken: readonly number[]): number {
  const gaps = gapsOf(taken);
  return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}
