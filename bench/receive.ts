import { Agent, get } from 'node:http';
import { createInterface } from 'node:readline';
import { Bench } from './bench.ts';
import { type Figure, median, quantile } from './figures.ts';
import { ask } from './load.ts';
import type { Postern } from './postern.ts';
import { eventually, instantMs, pause } from './stopwatch.ts';

const texts = 300;
/** So long after one text was read the next one arrives: the modem has deleted the first by then. */
const restMs = 30;
const mostOwnMs = 15;

/**
 * From the octets of `+CMTI` leaving the modem to the message having been read over the API. A bare host shows what
 * of that is the modem's own answer to `AT+CMGR`.
 */
export async function receive(): Promise<Figure[]> {
  const bareMs = median(await receiveBare());
  const ours = await receiveThroughPostern();
  const figure = (name: string, part: number): Figure => {
    const ownMs = quantile(ours, part) - bareMs;
    return {
      what: `receive, +CMTI to readable, ${name}`,
      measured: `${ownMs.toFixed(2)} ms of our own`,
      limit: { text: `< ${mostOwnMs} ms`, kept: ownMs < mostOwnMs },
      bare: `${bareMs.toFixed(2)} ms to read it`,
    };
  };
  return [figure('median', 0.5), figure('p99', 0.99)];
}

function receiveThroughPostern(): Promise<number[]> {
  return Bench.with(async (bench) => {
    const modem = await bench.modem();
    const postern = await bench.postern(modem.path);
    await modem.plug();
    await eventually('The modem came online', () => online(postern));
    const arrivals = new Arrivals(postern);
    await arrivals.start();
    const took: number[] = [];
    for (let place = 1; place <= texts; place++) {
      const readable = arrivals.next();
      const toldAt = await modem.deliver(`Arrival ${place} of the benchmark.`);
      took.push((await readable) - toldAt);
      await pause(restMs);
    }
    arrivals.stop();
    return took;
  });
}

function receiveBare(): Promise<number[]> {
  return Bench.with(async (bench) => {
    const modem = await bench.modem();
    await modem.plug();
    const host = bench.bareHost({ path: modem.path });
    await host.next('listening');
    const took: number[] = [];
    for (let place = 1; place <= texts; place++) {
      const read = host.next('read');
      const toldAt = await modem.deliver(`Arrival ${place} of the benchmark.`);
      took.push((await read).at - toldAt);
      await pause(restMs);
    }
    return took;
  });
}

export async function online(postern: Postern): Promise<true | undefined> {
  const { data } = await postern.get<{ data: { online: boolean }[] }>('/v1/numbers');
  return data.some((number) => number.online) || undefined;
}

/** Hears of each arrival over the event stream, then reads it by its id: only what was read is readable. */
class Arrivals {
  readonly #postern: Postern;
  readonly #agent = new Agent({ keepAlive: true });
  #heard: ((messageId: string) => void) | undefined;

  constructor(postern: Postern) {
    this.#postern = postern;
  }

  start(): Promise<void> {
    const { url, headers } = this.#postern;
    return new Promise((resolve, reject) => {
      const asking = get(`${url}/v1/events`, { agent: this.#agent, headers }, (response) => {
        resolve();
        const lines = createInterface(response);
        lines.on('line', (line) => this.#onLine(line));
        lines.on('error', () => undefined); // the stream is cut off when the benchmark is over
      });
      asking.on('error', reject);
    });
  }

  /** When the next arrival has been read. */
  async next(): Promise<number> {
    const messageId = await new Promise<string>((resolve) => {
      this.#heard = resolve;
    });
    const { url, headers } = this.#postern;
    await ask(`${url}/v1/sms/${messageId}`, { agent: this.#agent, headers });
    return instantMs();
  }

  stop(): void {
    this.#agent.destroy();
  }

  #onLine(line: string): void {
    if (!line.startsWith('data: ')) return;
    const event = JSON.parse(line.slice('data: '.length)) as EventLine;
    if (event.event_type === 'sms.received') this.#heard?.(event.data.message_id);
  }
}

interface EventLine {
  readonly event_type?: string;
  readonly data: { readonly message_id: string };
}
