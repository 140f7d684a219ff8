import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BareHostOptions, BareHostReport } from './bare/host.ts';
import type { BarePosterOptions, BarePosterReport } from './bare/poster.ts';
import type { BareReaderOptions, BareReaderReport } from './bare/reader.ts';
import type { BareServerReport } from './bare/server.ts';
import { Child } from './child.ts';
import { EmulatedFleet, fleetNumbers } from './emulated-fleet.ts';
import type { FleetOptions, FleetReport } from './fleet-process.ts';
import type { ModemOptions, ModemOrder, ModemReport } from './modem-process.ts';
import { type ForeignGateway, ForeignRun } from './foreign.ts';
import { ourNumber } from './phones.ts';
import { Postern, type StartOptions } from './postern.ts';
import type { ReceiverReport } from './receiver-process.ts';

/** All processes of one benchmark, so that each of them ends whatever happens. */
export class Bench {
  readonly #ends: (() => Promise<void>)[] = [];

  /** Runs `work` and ends all that it began, newest first. */
  static async with<Result>(work: (bench: Bench) => Promise<Result>): Promise<Result> {
    const bench = new Bench();
    try {
      return await work(bench);
    } finally {
      for (const end of bench.#ends.reverse()) await end();
    }
  }

  /** A modem that is not plugged in yet, and the path where it will be. */
  async modem(latencyMs = 0): Promise<Modem> {
    const folder = await mkdtemp(join(tmpdir(), 'postern-bench-port-'));
    this.#ends.push(() => rm(folder, { recursive: true, force: true }));
    const options: ModemOptions = { number: ourNumber, latencyMs };
    return new Modem(this.#child<ModemReport>('modem-process.ts', options), join(folder, 'modem'));
  }

  postern(path: string): Promise<Postern> {
    return this.posternWith([{ path, number: ourNumber }]);
  }

  async posternWith(modems: Parameters<typeof Postern.start>[0]): Promise<Postern> {
    const postern = await Postern.start(modems);
    this.#ends.push(() => postern.stop());
    return postern;
  }

  /** A gateway on a data directory that is there already and outlives it. */
  async posternOn(dataDir: string, path: string, start: StartOptions): Promise<Postern> {
    const postern = await Postern.start([{ path, number: ourNumber }], dataDir, start);
    this.#ends.push(() => postern.stop());
    return postern;
  }

  /** A gateway that others wrote, with so many texts to send. */
  async foreign(gateway: ForeignGateway, device: string, texts: number, to: string): Promise<void> {
    const run = await ForeignRun.start(gateway, device, texts, to);
    this.#ends.push(() => run.stop());
  }

  /** So many modems in one process of their own, none of them plugged in yet. */
  async fleet(count: number, latencyMs: number): Promise<EmulatedFleet> {
    const folder = await mkdtemp(join(tmpdir(), 'postern-bench-ports-'));
    this.#ends.push(() => rm(folder, { recursive: true, force: true }));
    const options: FleetOptions = { numbers: fleetNumbers(count), latencyMs, folder };
    return new EmulatedFleet(this.#child<FleetReport>('fleet-process.ts', options), options);
  }

  bareHost(options: BareHostOptions): Child<BareHostReport> {
    return this.#child('bare/host.ts', options);
  }

  bareServer(): Child<BareServerReport> {
    return this.#child('bare/server.ts', {});
  }

  barePoster(options: BarePosterOptions): Child<BarePosterReport> {
    return this.#child('bare/poster.ts', options);
  }

  /** A receiver of webhooks that answers at once. */
  receiver(): Child<ReceiverReport> {
    return this.#child('receiver-process.ts', {});
  }

  bareReader(options: BareReaderOptions): Child<BareReaderReport> {
    return this.#child('bare/reader.ts', options);
  }

  #child<Report extends { readonly type: string }>(module: string, options: object): Child<Report> {
    const child = new Child<Report>(module, options);
    this.#ends.push(() => child.stop());
    return child;
  }
}

/** An emulated modem in its own process. */
export class Modem {
  readonly path: string;
  readonly #child: Child<ModemReport>;

  constructor(child: Child<ModemReport>, path: string) {
    this.#child = child;
    this.path = path;
  }

  async plug(): Promise<void> {
    const plugged = this.#child.next('plugged');
    this.#tell({ type: 'plug', link: this.path });
    await plugged;
  }

  /** When the network took each of the first `texts` texts. */
  async taken(texts: number, withinMs?: number): Promise<readonly number[]> {
    const taken = this.#child.next('taken', withinMs);
    this.#tell({ type: 'count', texts });
    return (await taken).at;
  }

  /** Lets a text arrive; when its notice left the modem. */
  async deliver(text: string): Promise<number> {
    const told = this.#child.next('told');
    this.#tell({ type: 'deliver', text });
    return (await told).at;
  }

  #tell(order: ModemOrder): void {
    this.#child.tell(order);
  }
}
