import { Bench } from './bench.ts';
import type { Figure } from './figures.ts';
import { type Use, watchProcess } from './process-use.ts';
import { online } from './receive.ts';
import { eventually, pause } from './stopwatch.ts';

const settleMs = 5_000;
const watchMs = 20_000;
const mostPercent = 1;
const mostMegabytes = 120;

/** What the gateway takes with one modem and nothing to do. */
export function idle(): Promise<Figure[]> {
  return Bench.with(async (bench) => {
    const modem = await bench.modem();
    const postern = await bench.postern(modem.path);
    const bareServer = bench.bareServer();
    await bareServer.next('ready');
    await modem.plug();
    await eventually('The modem came online', () => online(postern));
    await pause(settleMs);
    const [ours, bare] = await Promise.all([watch(postern.pid), watch(bareServer.pid)]);
    return [
      {
        what: `idle, one modem, over ${watchMs / 1_000} s`,
        measured: `${ours.percent.toFixed(2)} % of a core`,
        limit: { text: `< ${mostPercent} %`, kept: ours.percent < mostPercent },
        bare: `${bare.percent.toFixed(2)} %`,
      },
      {
        what: 'idle, one modem, resident',
        measured: `${ours.megabytes.toFixed(0)} MB`,
        limit: { text: `< ${mostMegabytes} MB`, kept: ours.megabytes < mostMegabytes },
        bare: `${bare.megabytes.toFixed(0)} MB`,
      },
    ];
  });
}

async function watch(pid: number): Promise<Use> {
  const used = watchProcess(pid);
  await pause(watchMs);
  return used();
}
