/**
 * Measures the built gateway and prints a table: `node bench/run.ts` for all, `node bench/run.ts send idle` for some.
 * See docs/benchmarks.md.
 */
import { cpus, loadavg, release } from 'node:os';
import { accept } from './accept.ts';
import { codec } from './codec.ts';
import { type Figure, table } from './figures.ts';
import { fleet } from './fleet.ts';
import { forget } from './forget.ts';
import { idle } from './idle.ts';
import { others } from './others.ts';
import { reading } from './reading.ts';
import { receive } from './receive.ts';
import { scaling } from './scaling.ts';
import { screens } from './screens.ts';
import { send, slowSend } from './send.ts';
import { startUp } from './start-up.ts';
import { together } from './together.ts';
import { webhooks } from './webhooks.ts';

const benches: Readonly<Record<string, () => Promise<Figure[]>>> = {
  send,
  'slow-send': slowSend,
  accept,
  receive,
  idle,
  fleet,
  scaling,
  codec,
  'start-up': startUp,
  forget,
  reading,
  others,
  together,
  webhooks,
  screens,
};

const names = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(benches);
const unknown = names.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
if (process.platform !== 'linux') {
  console.error('The benchmarks need pseudo terminals and /proc: run them on Linux.');
  process.exit(2);
}

const [processor] = cpus();
const load = loadavg()[0]?.toFixed(1);
console.log(
  `Node ${process.version}, Linux ${release()}, ${cpus().length} × ${processor?.model.trim()}, load at start ${load}`,
);
const figures: Figure[] = [];
for (const name of names) {
  console.error(`measuring ${name} ...`);
  figures.push(...((await benches[name]?.()) ?? []));
}
console.log(`\n${table(figures)}`);
process.exit();
