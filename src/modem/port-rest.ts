import type { Clock } from '../clock.ts';
import type { KnownFacts } from './known-facts.ts';
import type { ModemPort, PortHandle } from './modem-port.ts';
import { deviceChange } from './port-watch.ts';
import { released, standingBy } from './recovery-obstacle.ts';
import { Rest, type RestReason } from './rest.ts';

interface RestingPort {
  readonly port: ModemPort;
  readonly handle: PortHandle;
  readonly facts: KnownFacts;
  readonly clock: Clock;
  readonly isDisabled: (id: string) => boolean;
}

/** The times in which the port of a modem is let go, and what is told of it then. */
export class PortRest {
  readonly #surroundings: RestingPort;
  readonly #rest = new Rest();

  constructor(surroundings: RestingPort) {
    this.#surroundings = surroundings;
  }

  /** Undefined while the port is served. */
  get why(): RestReason | undefined {
    return this.#rest.why;
  }

  begin(why: RestReason): void {
    this.#rest.begin(why);
  }

  /** One reason is over: the port is opened again, or another reason is told. */
  end(why: RestReason): void {
    if (!this.#rest.has(why)) return;
    this.#rest.end(why);
    if (this.#rest.why) this.tell();
    else this.#surroundings.facts.lose('absent', undefined);
  }

  endAll(): void {
    this.#rest.endAll();
  }

  /** Tells why the port is not served, if it is not. */
  tell(): void {
    const { port, facts } = this.#surroundings;
    const { why } = this.#rest;
    if (!why) return;
    if (why === 'released') return facts.lose('disabled', released(port.path));
    const other = facts.now.sameAs ?? '';
    facts.lose('absent', why === 'asleep' ? undefined : standingBy(port.path, other));
  }

  /** Keeps the port closed until the last reason is over. */
  async stayAway(): Promise<void> {
    const { port, handle, facts, clock } = this.#surroundings;
    await handle.close();
    this.tell();
    const watch = new AbortController();
    void deviceChange(port.path, clock, watch.signal).then(
      () => watch.signal.aborted || this.expectAnother(),
    );
    await this.#rest.untilOver();
    watch.abort();
    facts.learn({ sameAs: undefined });
  }

  /** A person let a modem go, not the socket that it was in: the next one there is looked at, and may be another. */
  expectAnother(): void {
    const { port, isDisabled } = this.#surroundings;
    if (!isDisabled(port.path)) this.end('released');
  }
}
