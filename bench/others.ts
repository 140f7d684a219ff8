import { existsSync } from 'node:fs';
import { Bench } from './bench.ts';
import type { Figure } from './figures.ts';
import { type ForeignGateway, gammuSmsd, smstools } from './foreign.ts';
import { unreportingPhone } from './phones.ts';
import { meanGap, sendBare, sendThroughPostern } from './send.ts';

const fastTexts = 200;
const otherFastTexts = 60;
const slowTexts = 30;
const networkMs = 1_000;
const leastBusy = 0.99;

/** Postern beside what others wrote for the same purpose, on the same emulated modem, one after the other. */
export async function others(): Promise<Figure[]> {
  const gateways = [gammuSmsd, smstools].filter(({ program }) => existsSync(program));
  const bareMs = meanGap(await sendBare(fastTexts, 0));
  const ownMs = meanGap(await sendThroughPostern(fastTexts, 0, unreportingPhone)) - bareMs;
  const theirs = new Map<string, number>();
  for (const gateway of gateways)
    theirs.set(gateway.name, meanGap(await sendThrough(gateway, otherFastTexts, 0)) - bareMs);
  const busy = new Map<string, number>();
  busy.set('Postern', networkMs / meanGap(await sendThroughPostern(slowTexts, networkMs, unreportingPhone)));
  for (const gateway of gateways)
    busy.set(gateway.name, networkMs / meanGap(await sendThrough(gateway, slowTexts, networkMs)));
  return [overheadFigure(ownMs, theirs), busyFigure(busy)];
}

function overheadFigure(ownMs: number, theirs: ReadonlyMap<string, number>): Figure {
  const best = Math.min(...theirs.values());
  return {
    what: 'overhead per text, 0 s network',
    measured: `${ownMs.toFixed(2)} ms`,
    limit: { text: 'a tenth of the best of the others', kept: ownMs < best / 10 },
    bare: [...theirs].map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`).join(', '),
  };
}

function busyFigure(busy: ReadonlyMap<string, number>): Figure {
  const [[, ours] = ['', 0], ...theirs] = busy;
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  return {
    what: 'modem busy, 1 s network',
    measured: percent(ours),
    limit: { text: `>= ${percent(leastBusy)}`, kept: ours >= leastBusy },
    bare: theirs.map(([name, share]) => `${name} ${percent(share)}`).join(', '),
  };
}

function sendThrough(gateway: ForeignGateway, count: number, latencyMs: number): Promise<readonly number[]> {
  return Bench.with(async (bench) => {
    const modem = await bench.modem(latencyMs);
    const taken = modem.taken(count, 600_000);
    await modem.plug();
    await bench.foreign(gateway, modem.path, count, unreportingPhone);
    return taken;
  });
}
