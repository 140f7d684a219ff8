import { Counter, Gauge, type Registry } from 'prom-client';
import type { MetricsSources } from './metrics.ts';

/** What the process and its database take. The first names are those that every Prometheus client has. */
export class ProcessGauges {
  readonly #traffic: MetricsSources['traffic'];
  readonly #memory: Gauge;
  readonly #cpu: Counter;
  #cpuBefore = 0;
  readonly #database: Gauge;

  constructor(
    registry: Registry,
    { clock, traffic, version }: Pick<MetricsSources, 'clock' | 'traffic' | 'version'>,
  ) {
    const registers = [registry];
    this.#traffic = traffic;
    this.#memory = new Gauge({ name: 'process_resident_memory_bytes', help: 'Memory in use.', registers });
    this.#cpu = new Counter({
      name: 'process_cpu_seconds_total',
      help: 'Processor time used since the start.',
      registers,
    });
    this.#database = new Gauge({ name: 'postern_database_bytes', help: 'Size of the database.', registers });
    const started = new Gauge({
      name: 'process_start_time_seconds',
      help: 'When it was started.',
      registers,
    });
    const info = new Gauge({
      name: 'postern_info',
      help: '1, with the version.',
      labelNames: ['version'],
      registers,
    });
    started.set(Math.floor(clock.now() / 1_000));
    info.set({ version }, 1);
  }

  read(): void {
    const { user, system } = process.cpuUsage();
    this.#memory.set(process.memoryUsage.rss());
    const cpu = (user + system) / 1_000_000;
    this.#cpu.inc(cpu - this.#cpuBefore);
    this.#cpuBefore = cpu;
    this.#database.set(this.#traffic.octets());
  }
}
