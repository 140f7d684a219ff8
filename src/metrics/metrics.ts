import { Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { ModemView, OwnNumber } from '../contract/modem.ts';
import type { TrafficCounts } from '../store/traffic-counts.ts';
import { ModemGauges } from './modem-gauges.ts';
import { ProcessGauges } from './process-gauges.ts';
import { QueueGauges } from './queue-gauges.ts';
import { TimeHistograms } from './time-histograms.ts';
import { TrafficCounters } from './traffic-counters.ts';
import { WebhookGauges } from './webhook-gauges.ts';

/** Where monitoring looks. */
export interface MetricsSources {
  readonly clock: Clock;
  readonly version: string;
  readonly modems: () => readonly ModemView[];
  readonly numbers: () => readonly OwnNumber[];
  readonly traffic: TrafficCounts;
}

/**
 * All that monitoring can ask of a gateway, for `GET /metrics`. What stands somewhere already is read when it is asked
 * for, so that a gateway that nobody watches does nothing for it.
 */
export class Metrics {
  readonly times: TimeHistograms;
  readonly #registry = new Registry();
  readonly #traffic: TrafficCounters;
  readonly #gauges: readonly { read(): void }[];

  constructor(sources: MetricsSources) {
    this.times = new TimeHistograms(this.#registry, sources.clock);
    this.#traffic = new TrafficCounters(this.#registry, sources.traffic);
    this.#gauges = [
      this.#traffic,
      new QueueGauges(this.#registry, sources),
      new ModemGauges(this.#registry, sources.modems),
      new WebhookGauges(this.#registry, sources),
      new ProcessGauges(this.#registry, sources),
    ];
  }

  /** A step was taken to bring a modem back. */
  recoveryStep(step: string): void {
    this.#traffic.recoveryStep(step);
  }

  /** The type of `text()`. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Everything, in the text format of Prometheus. */
  text(): Promise<string> {
    for (const gauges of this.#gauges) gauges.read();
    return this.#registry.metrics();
  }
}
