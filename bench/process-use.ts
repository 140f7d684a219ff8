import { readFileSync } from 'node:fs';
import { instantMs } from './stopwatch.ts';

/** What a process takes of the machine. */
export interface Use {
  /** Share of a core. */
  readonly percent: number;
  readonly megabytes: number;
}

/** Watches a process from now on; the returned function tells what it took until then. */
export function watchProcess(pid: number): () => Use {
  const begun = { cpuMs: cpuMs(pid), at: instantMs() };
  return () => ({
    percent: (100 * (cpuMs(pid) - begun.cpuMs)) / (instantMs() - begun.at),
    megabytes: residentMegabytes(pid),
  });
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
