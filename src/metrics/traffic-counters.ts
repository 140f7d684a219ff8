import { Counter, type Registry } from 'prom-client';
import type { TrafficCounts } from '../store/traffic-counts.ts';

/** What happened since the start. */
export class TrafficCounters {
  readonly #source: TrafficCounts;
  readonly #texts: Counter<'status'>;
  readonly #stored: Counter;
  readonly #events: Counter<'type'>;
  readonly #recoverySteps: Counter<'step'>;
  #storedBefore: number;

  constructor(registry: Registry, source: TrafficCounts) {
    const registers = [registry];
    this.#source = source;
    this.#storedBefore = source.everStored();
    this.#texts = new Counter({
      name: 'postern_texts_total',
      help: 'Texts that became sent, delivered or failed, or came in, since the start.',
      labelNames: ['status'],
      registers,
    });
    this.#stored = new Counter({
      name: 'postern_texts_stored_total',
      help: 'Texts that were accepted or came in since the start.',
      registers,
    });
    this.#events = new Counter({
      name: 'postern_events_total',
      help: 'Events since the start.',
      labelNames: ['type'],
      registers,
    });
    this.#recoverySteps = new Counter({
      name: 'postern_recovery_steps_total',
      help: 'Steps taken to bring modems back, since the start.',
      labelNames: ['step'],
      registers,
    });
    for (const status of ['received', 'sent', 'delivered', 'failed']) this.#texts.inc({ status }, 0);
  }

  recoveryStep(step: string): void {
    this.#recoverySteps.inc({ step });
  }

  /** Counts what came since it was read last. */
  read(): void {
    const stored = this.#source.everStored();
    this.#stored.inc(Math.max(0, stored - this.#storedBefore));
    this.#storedBefore = stored;
    for (const [type, count] of this.#source.newEvents()) {
      this.#events.inc({ type }, count);
      const status = /^sms\.(received|sent|delivered|failed)$/.exec(type)?.[1];
      if (status !== undefined) this.#texts.inc({ status }, count);
    }
  }
}
