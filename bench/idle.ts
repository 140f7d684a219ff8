import { readFileSync } from 'node:fs';
import { Bench } from './bench.ts';
import type { Figure } from './figures.ts';
import { online } from './receive.ts';
import { eventually, instantMs, pause } from './stopwatch.ts';

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

async function watch(pid: number): Promise<{ percent: number; megabytes: number }> {
  const begun = { cpuMs: cpuMs(pid), at: instantMs() };
  await pause(watchMs);
  const percent = (100 * (cpuMs(pid) - begun.cpuMs)) / (instantMs() - begun.at);
  return { percent, megabytes: residentMegabytes(pid) };
}

/** Linux counts in ticks of 10 ms, whatever the kernel's own are (proc_pid_stat(5), fields 14 and 15). */
function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1_024;
}
