import { Gauge, type Registry } from 'prom-client';
import type { MetricsSources } from './metrics.ts';

/** What waits to leave, by number. */
export class QueueGauges {
  readonly #sources: Pick<MetricsSources, 'clock' | 'numbers' | 'traffic'>;
  readonly #depth: Gauge<'number'>;
  readonly #age: Gauge<'number'>;
  readonly #online: Gauge<'number'>;

  constructor(registry: Registry, sources: Pick<MetricsSources, 'clock' | 'numbers' | 'traffic'>) {
    const registers = [registry];
    const labelNames = ['number'] as const;
    this.#sources = sources;
    this.#depth = new Gauge({
      name: 'postern_queue_depth',
      help: 'Texts that wait to leave from a number.',
      labelNames,
      registers,
    });
    this.#age = new Gauge({
      name: 'postern_queue_oldest_age_seconds',
      help: 'How long ago the oldest of them was accepted; 0 where none waits.',
      labelNames,
      registers,
    });
    this.#online = new Gauge({
      name: 'postern_number_online',
      help: '1 while the SIM with the number can send.',
      labelNames,
      registers,
    });
  }

  read(): void {
    const { clock, numbers, traffic } = this.#sources;
    for (const gauge of [this.#depth, this.#age, this.#online]) gauge.reset();
    for (const { number, queue_depth, online } of numbers()) {
      const oldest = queue_depth > 0 ? traffic.oldestWaiting(number) : undefined;
      this.#depth.set({ number }, queue_depth);
      this.#age.set({ number }, oldest === undefined ? 0 : Math.max(0, clock.now() - oldest) / 1_000);
      this.#online.set({ number }, online ? 1 : 0);
    }
  }
}
