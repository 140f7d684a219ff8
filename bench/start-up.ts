import { rm } from 'node:fs/promises';
import { databaseFile } from '../src/config.ts';
import { Database } from '../src/store/database.ts';
import { OutboundStore } from '../src/store/outbound-store.ts';
import { type Figure, median, quantile } from './figures.ts';
import { fullStore } from './full-store.ts';
import { ourNumber } from './phones.ts';
import { Postern } from './postern.ts';
import { instantMs } from './stopwatch.ts';

const past = 1_000_000;
const queued = 100_000;
const starts = 5;
const picks = 2_000;
const mostReadyMs = 2_000;
const mostPickMs = 1;

/** How soon a gateway is ready whose store is full, and how long it takes to pick the next text of a long queue. */
export async function startUp(): Promise<Figure[]> {
  const dataDir = await fullStore({ past, queued });
  try {
    const ready: number[] = [];
    for (let start = 0; start < starts; start++) ready.push(await timeStart(dataDir));
    const took = timePicks(dataDir);
    return [
      {
        what: `start, ${past.toLocaleString('en')} messages in the store, until ready`,
        measured: `${median(ready).toFixed(0)} ms`,
        limit: { text: `< ${mostReadyMs} ms`, kept: median(ready) < mostReadyMs },
        bare: `${(await timeStart()).toFixed(0)} ms with an empty one`,
      },
      {
        what: `pick the next of ${queued.toLocaleString('en')} queued texts, median`,
        measured: `${median(took).toFixed(3)} ms`,
        limit: { text: `< ${mostPickMs} ms`, kept: median(took) < mostPickMs },
      },
      {
        what: `pick the next of ${queued.toLocaleString('en')} queued texts, p99`,
        measured: `${quantile(took, 0.99).toFixed(3)} ms`,
        limit: { text: `< ${mostPickMs} ms`, kept: quantile(took, 0.99) < mostPickMs },
      },
    ];
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function timeStart(dataDir?: string): Promise<number> {
  const begun = instantMs();
  const postern = await Postern.start([{ path: '/dev/postern-bench-nowhere', number: ourNumber }], dataDir);
  const readyMs = postern.readyAt - begun;
  await postern.stop();
  return readyMs;
}

/** Each text that was picked leaves the queue, as in sending, so that no pick is the one before. */
function timePicks(dataDir: string): number[] {
  const database = Database.open(databaseFile(dataDir));
  const outbound = new OutboundStore(database);
  const took: number[] = [];
  for (let pick = 0; pick < picks; pick++) {
    const begun = instantMs();
    const row = outbound.next(ourNumber, Date.now());
    took.push(instantMs() - begun);
    if (!row) throw new Error('There is no text to pick.');
    outbound.setStatus(row.seq, 'sent');
  }
  database.close();
  return took;
}
