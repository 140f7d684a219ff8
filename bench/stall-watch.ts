/**
 * Loaded into the gateway's process before it (`--import`): looks every millisecond how long its main thread was at one
 * thing, by the clock and by the processor time it took, and writes the longest into the file that is named by
 * POSTERN_BENCH_STALLS when it is told SIGUSR2. The clock's counts what the machine did for others, too.
 */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.POSTERN_BENCH_STALLS;

if (file && isMainThread) {
  let at = performance.now();
  let cpu = process.threadCpuUsage();
  let longest = { ms: 0, cpuMs: 0 };
  setInterval(() => {
    const { user, system } = process.threadCpuUsage(cpu);
    const now = performance.now();
    longest = {
      ms: Math.max(longest.ms, now - at - 1),
      cpuMs: Math.max(longest.cpuMs, (user + system) / 1_000),
    };
    at = now;
    cpu = process.threadCpuUsage();
  }, 1).unref();
  process.on('SIGUSR2', () => {
    writeFileSync(file, JSON.stringify(longest));
    longest = { ms: 0, cpuMs: 0 };
  });
}
