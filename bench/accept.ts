import { Bench } from './bench.ts';
import { type Figure, median } from './figures.ts';
import { type CrowdResult, caller, crowd, type Load } from './load.ts';
import { ourNumber, reportingPhone } from './phones.ts';

const connections = 32;
const warmUpSeconds = 2;
const crowdSeconds = 8;
const singleRequests = 500;

const leastPerSecond = 1_500;
const mostP99Ms = 50;
const mostMedianMs = 5;

interface Acceptance {
  readonly crowd: CrowdResult;
  readonly singleMs: number;
}

/** How many texts a second are accepted, and how fast, while their SIM is away: each is on disk before its answer. */
export async function accept(): Promise<Figure[]> {
  const ours = await acceptThroughPostern();
  const bare = await acceptBare();
  const { perSecond, p99Ms } = ours.crowd;
  return [
    {
      what: `accept, ${connections} connections`,
      measured: `${perSecond.toFixed(0)} texts/s`,
      limit: { text: `>= ${leastPerSecond} texts/s`, kept: perSecond >= leastPerSecond },
      bare: `${bare.crowd.perSecond.toFixed(0)} texts/s`,
    },
    {
      what: `accept, ${connections} connections, p99`,
      measured: `${p99Ms.toFixed(0)} ms`,
      limit: { text: `< ${mostP99Ms} ms`, kept: p99Ms < mostP99Ms },
      bare: `${bare.crowd.p99Ms.toFixed(0)} ms`,
    },
    {
      what: 'accept, a single caller, median',
      measured: `${ours.singleMs.toFixed(2)} ms`,
      limit: { text: `< ${mostMedianMs} ms`, kept: ours.singleMs < mostMedianMs },
      bare: `${bare.singleMs.toFixed(2)} ms`,
    },
  ];
}

function acceptThroughPostern(): Promise<Acceptance> {
  return Bench.with(async (bench) => {
    const modem = await bench.modem(); // never plugged in
    const postern = await bench.postern(modem.path);
    const acceptance = await measure(postern.url, postern.headers);
    const kept = await postern.count('direction=outbound');
    if (kept < acceptance.crowd.accepted) {
      throw new Error(`${acceptance.crowd.accepted} texts were accepted and ${kept} are kept.`);
    }
    return acceptance;
  });
}

function acceptBare(): Promise<Acceptance> {
  return Bench.with(async (bench) => {
    const { url } = await bench.bareServer().next('ready');
    return measure(url, { 'Content-Type': 'application/json' });
  });
}

async function measure(url: string, headers: Readonly<Record<string, string>>): Promise<Acceptance> {
  const text = { from: ourNumber, to: reportingPhone, body: 'The water in the cellar stands at 12 cm.' };
  const load: Load = { url: `${url}/v1/sms/send`, headers, body: JSON.stringify(text) };
  await crowd(load, connections, warmUpSeconds);
  return {
    crowd: await crowd(load, connections, crowdSeconds),
    singleMs: median(await caller(load, singleRequests)),
  };
}
