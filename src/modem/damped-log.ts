import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';

/** So many lines in so long about one port tell a person enough: a stick that comes and goes must not fill a disk. */
const mostLines = 30;
const perMs = 600_000;

/** More ports than one machine has, also when a stick gets another name each time. */
const mostPorts = 256;

const levels = ['info', 'warn', 'error'] as const;

/** Lets a number of lines through in a stretch of time, and counts the others. */
class Gate {
  readonly #clock: Clock;
  #since = Number.NEGATIVE_INFINITY;
  #lines = 0;
  #heldBack = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether one more line may be written; `heldBack` is how many could not in the stretch that ended before it. */
  pass(): { readonly open: boolean; readonly heldBack: number } {
    const now = this.#clock.monotonic();
    const anew = now - this.#since >= perMs;
    const heldBack = anew ? this.#heldBack : 0;
    if (anew) [this.#since, this.#lines, this.#heldBack] = [now, 0, 0];
    const open = this.#lines < mostLines;
    if (open) this.#lines++;
    else this.#heldBack++;
    return { open, heldBack };
  }
}

/** The logs of all ports, each with its own measure. Debug and trace, which a person asks for, come in full. */
export class DampedLogs {
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #gates = new Map<string, Gate>();

  constructor(log: Logger, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  of(port: string): Logger {
    const gate = this.#gate(port);
    const damped: Logger = Object.create(this.#log);
    for (const level of levels) {
      damped[level] = (...line: unknown[]) => {
        const { open, heldBack } = gate.pass();
        if (heldBack > 0) this.#log.warn({ port, heldBack }, 'lines about this port were held back');
        if (open) Reflect.apply(this.#log[level], this.#log, line);
      };
    }
    return damped;
  }

  #gate(port: string): Gate {
    const gate = this.#gates.get(port) ?? new Gate(this.#clock);
    this.#gates.delete(port);
    const [oldest] = this.#gates.keys();
    if (oldest !== undefined && this.#gates.size >= mostPorts) this.#gates.delete(oldest);
    this.#gates.set(port, gate);
    return gate;
  }
}
