import { Gauge, type Registry } from 'prom-client';
import type { MetricsSources } from './metrics.ts';

/** How far each webhook is behind. */
export class WebhookGauges {
  readonly #sources: Pick<MetricsSources, 'clock' | 'traffic'>;
  readonly #waiting: Gauge<'webhook'>;
  readonly #lag: Gauge<'webhook'>;

  constructor(registry: Registry, sources: Pick<MetricsSources, 'clock' | 'traffic'>) {
    const registers = [registry];
    const labelNames = ['webhook'] as const;
    this.#sources = sources;
    this.#waiting = new Gauge({
      name: 'postern_webhook_waiting',
      help: 'Deliveries that wait for a webhook.',
      labelNames,
      registers,
    });
    this.#lag = new Gauge({
      name: 'postern_webhook_lag_seconds',
      help: 'How long ago the oldest of them was written; 0 where none waits.',
      labelNames,
      registers,
    });
  }

  read(): void {
    const { clock, traffic } = this.#sources;
    this.#waiting.reset();
    this.#lag.reset();
    for (const { webhookId: webhook, waiting, oldestAt } of traffic.waitingDeliveries()) {
      this.#waiting.set({ webhook }, waiting);
      this.#lag.set({ webhook }, oldestAt === undefined ? 0 : Math.max(0, clock.now() - oldestAt) / 1_000);
    }
  }
}
