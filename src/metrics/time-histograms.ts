import { Histogram, type Registry } from 'prom-client';
import type { Clock } from '../clock.ts';

/** How long things take. */
export class TimeHistograms {
  readonly #clock: Clock;
  readonly #submits: Histogram<'outcome'>;
  readonly #requests: Histogram<'method' | 'route' | 'status'>;

  constructor(registry: Registry, clock: Clock) {
    const registers = [registry];
    this.#clock = clock;
    this.#submits = new Histogram({
      name: 'postern_submit_duration_seconds',
      help: 'From handing a segment to a modem to its result.',
      labelNames: ['outcome'],
      buckets: [0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 120, 180],
      registers,
    });
    this.#requests = new Histogram({
      name: 'postern_http_request_duration_seconds',
      help: 'From the head of a request to the end of its answer; event streams last as long as they are open.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    });
  }

  /**
   * Does `work` and notes how long the modem took over the segment, by the kind of its outcome: a little later, because
   * the modem waits for what the caller does next.
   */
  async submit<Outcome extends { readonly kind: string }>(work: () => Promise<Outcome>): Promise<Outcome> {
    const startedAt = this.#clock.monotonic();
    const note = (outcome: string) => {
      const seconds = (this.#clock.monotonic() - startedAt) / 1_000;
      setImmediate(() => this.#submits.observe({ outcome }, seconds));
    };
    try {
      const outcome = await work();
      note(outcome.kind);
      return outcome;
    } catch (error) {
      note('not_written');
      throw error;
    }
  }

  /** A request was answered. `route` is its pattern, never its path: a label for every id would grow without end. */
  request(method: string, route: string, status: number, seconds: number): void {
    this.#requests.observe({ method, route, status: String(status) }, seconds);
  }
}
