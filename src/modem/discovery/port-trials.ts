import type { Clock } from '../../clock.ts';
import { Obstacle } from '../obstacle.ts';
import type { OpenTransport, TransportError } from '../transport.ts';
import type { ListedPort } from './listed-port.ts';
import { groupName, type PortGroup } from './port-group.ts';
import { probe } from './probe.ts';
import { busyPatienceMs, pauseMs, silencePatienceMs, type Want } from './search-pace.ts';

/** The rate that UARTs are tried at first; other ports ignore it. */
export const trialBaudRate = 115_200;

/** The trials of one device's ports, until one answers: how often, how long, and what stands in the way. */
export class PortTrials {
  readonly #clock: Clock;
  readonly #changed: () => void;
  #obstacle: Obstacle | undefined;
  #tries = 0;
  #vainSince: number | undefined;

  /** @param changed called when something else stands in the way, or nothing any more */
  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  /** What keeps the device from serving, once that is sure. */
  get obstacle(): Obstacle | undefined {
    return this.#obstacle;
  }

  /** Knocks at the ports in their order; the first that answers, or what is wanting. */
  async run(
    group: PortGroup,
    ports: readonly ListedPort[],
    open: OpenTransport,
    signal: AbortSignal,
  ): Promise<ListedPort | Want> {
    const present = ports.filter((port) => port.present);
    if (ports.length > 0 && present.length === 0) return this.#hidden(group, ports);
    for (const port of present) {
      if (signal.aborted) return 'silent';
      const sure = group.kind === 'modem';
      const result = await probe(port.path, open, { clock: this.#clock, baudRate: trialBaudRate, sure });
      if (result.kind === 'modem') return this.#found(port);
      if (result.kind !== 'refused') continue;
      const { code } = result.error;
      if (code === 'busy' || code === 'forbidden') return this.#refused(code, result.error);
    }
    return this.#silent(group, ports);
  }

  /** How long to wait before the next run. */
  pauseMs(want: Want, kind: PortGroup['kind']): number {
    this.#tries++;
    return pauseMs(want, kind, this.#tries, this.#vainMs());
  }

  #found(port: ListedPort): ListedPort {
    this.#tries = 0;
    this.#vainSince = undefined;
    this.#meet(undefined);
    return port;
  }

  #refused(code: 'busy' | 'forbidden', { message, remedy }: TransportError): Want {
    const passes = code === 'busy' && (remedy === undefined || message.includes('ModemManager'));
    if (!passes || this.#vainMs() >= busyPatienceMs)
      this.#meet(new Obstacle(`port_${code}`, message, remedy));
    return code;
  }

  #hidden(group: PortGroup, ports: readonly ListedPort[]): Want {
    const paths = ports.map(({ path }) => path);
    this.#meet(
      new Obstacle(
        'port_hidden',
        `${groupName(group)} is plugged in, but ${paths.join(', ')} cannot be seen from here. If Postern runs in a container, pass the port to it when it is started: --device=${paths[0]}`,
      ),
    );
    return 'hidden';
  }

  /** Nothing is missed where there may be no modem at all, or where a person wants all its ports left alone. */
  #silent(group: PortGroup, ports: readonly ListedPort[]): Want {
    const isMissed = group.kind === 'modem' && ports.length > 0;
    if (isMissed && this.#vainMs() >= silencePatienceMs) this.#meet(silence(group, ports));
    return 'silent';
  }

  #vainMs(): number {
    const now = this.#clock.monotonic();
    this.#vainSince ??= now;
    return now - this.#vainSince;
  }

  #meet(obstacle: Obstacle | undefined): void {
    if (obstacle?.message === this.#obstacle?.message) return;
    this.#obstacle = obstacle;
    this.#changed();
  }
}

function silence(group: PortGroup, ports: readonly ListedPort[]): Obstacle {
  const paths = ports.map(({ path }) => path).join(', ');
  return new Obstacle(
    'no_answer',
    `${groupName(group)} answers on none of its ports (${paths}). Plug it in again, into another socket or a hub with its own power.`,
  );
}
