import { Bench } from './bench.ts';
import type { Child } from './child.ts';
import { type Figure, median, quantile } from './figures.ts';
import { ourNumber, reportingPhone } from './phones.ts';
import type { Postern } from './postern.ts';
import type { ReceiverReport } from './receiver-process.ts';
import { instantMs } from './stopwatch.ts';

const batches = 6;
const textsOfBatch = 1_000;
const singles = 100;
/** How many requests the gateway has under way to one host. */
const atOnce = 4;
const withinMs = 300_000;

const leastPerSecond = 500;
const mostLatencyMs = 20;

interface Received {
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
}

/**
 * How fast events reach a receiver: one by one while nothing else is to do, from the request that causes the event to
 * its arrival there, and thousands of them that wait.
 */
export async function webhooks(): Promise<Figure[]> {
  const ours = await Bench.with(throughPostern);
  const bare = await Bench.with(bareRate);
  const p99 = quantile(ours.latenciesMs, 0.99);
  return [
    {
      what: `webhooks, ${batches * textsOfBatch} events that wait`,
      measured: `${ours.perSecond.toFixed(0)} events/s`,
      limit: { text: `>= ${leastPerSecond} events/s`, kept: ours.perSecond >= leastPerSecond },
      bare: `${bare.toFixed(0)} events/s`,
    },
    {
      what: 'webhooks, one event, from its cause to its receiver, median',
      measured: `${median(ours.latenciesMs).toFixed(1)} ms`,
      limit: { text: `< ${mostLatencyMs} ms`, kept: median(ours.latenciesMs) < mostLatencyMs },
    },
    { what: 'webhooks, the same, p99', measured: `${p99.toFixed(1)} ms` },
  ];
}

async function throughPostern(bench: Bench): Promise<Received> {
  const modem = await bench.modem(); // never plugged in: what is cancelled has not left
  const postern = await bench.postern(modem.path);
  const receiver = bench.receiver();
  const { url } = await receiver.next('ready');
  await ask(postern, '/v1/webhooks', { url, label: 'benchmark', events: ['sms.failed'] });
  const latenciesMs: number[] = [];
  for (let single = 0; single < singles; single++) latenciesMs.push(await latencyOfOne(postern, receiver));
  return { perSecond: await rateOfMany(postern, receiver), latenciesMs };
}

/** A text that is cancelled is an event of its own: `sms.failed`. */
async function latencyOfOne(postern: Postern, receiver: Child<ReceiverReport>): Promise<number> {
  const text = { from: ourNumber, to: reportingPhone, body: 'The water in the cellar stands at 12 cm.' };
  const { message_id } = await ask<{ message_id: string }>(postern, '/v1/sms/send', text);
  const came = instantsOf(receiver, 1);
  const begun = instantMs();
  await ask(postern, `/v1/sms/${message_id}/cancel`);
  const [at = Number.NaN] = await came;
  return at - begun;
}

async function rateOfMany(postern: Postern, receiver: Child<ReceiverReport>): Promise<number> {
  const messages = Array.from({ length: textsOfBatch }, (_, place) => ({
    from: ourNumber,
    to: reportingPhone,
    body: `Text ${place} of the benchmark, one segment long.`,
  }));
  const ids: string[] = [];
  for (let batch = 0; batch < batches; batch++) {
    ids.push((await ask<{ batch_id: string }>(postern, '/v1/sms/batch', { messages })).batch_id);
  }
  const came = instantsOf(receiver, batches * textsOfBatch);
  for (const id of ids) await ask(postern, `/v1/batches/${id}`, { action: 'cancel' });
  return rateOf(await came);
}

async function bareRate(bench: Bench): Promise<number> {
  const receiver = bench.receiver();
  const { url } = await receiver.next('ready');
  const events = batches * textsOfBatch;
  const came = instantsOf(receiver, events);
  bench.barePoster({ url, events, atOnce });
  return rateOf(await came);
}

async function instantsOf(receiver: Child<ReceiverReport>, events: number): Promise<readonly number[]> {
  const received = receiver.next('received', withinMs);
  receiver.tell({ type: 'count', events });
  return (await received).at;
}

function rateOf(instants: readonly number[]): number {
  const [first = 0, last = 0] = [instants[0], instants.at(-1)];
  return (instants.length - 1) / ((last - first) / 1_000);
}

async function ask<Data>(postern: Postern, path: string, body?: object): Promise<Data> {
  const response = await fetch(`${postern.url}${path}`, {
    method: 'POST',
    headers: postern.headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = (await response.json()) as { data: Data };
  if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer.data;
}
