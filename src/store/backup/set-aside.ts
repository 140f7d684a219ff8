import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import type { Clock } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import type { SimReading, SimStore } from '../sim-store.ts';

/** A PDU that no modem keeps, and the SIM that it came to. */
interface BroughtArrival {
  readonly simId: number;
}

/** One line of the file: a SIM has another number in another database, but is the same card. */
interface Line<Arrival> {
  readonly sim: SimReading;
  readonly arrival: Arrival;
}

/** More than modems bring within a restore. */
const mostLines = 10_000;

/**
 * What modems bring and keep nowhere (+CMT, +CDS) while a restore is under way. It would go with the database that is
 * replaced, so it lies in a file beside it, on disk before it counts as kept, and is taken into whichever database is
 * served next.
 */
export class SetAside<Arrival extends BroughtArrival> {
  readonly #file: string;
  readonly #sims: Pick<SimStore, 'get' | 'findOrCreate'>;
  readonly #clock: Clock;
  readonly #log: Logger;
  #lines: number | undefined;

  constructor(file: string, sims: Pick<SimStore, 'get' | 'findOrCreate'>, clock: Clock, log: Logger) {
    this.#file = file;
    this.#sims = sims;
    this.#clock = clock;
    this.#log = log;
  }

  /** True once it is on disk. Throws what the disk has against it, and when the file is full. */
  keep(arrival: Arrival): boolean {
    this.#lines ??= this.#read().length;
    if (this.#lines >= mostLines)
      throw new Error(`${mostLines} arrivals wait for the end of a restore already`);
    const sim = this.#sims.get(arrival.simId);
    const reading = { iccid: sim?.iccid, imsi: sim?.imsi, modemId: sim?.hiddenIn ?? '' };
    const line: Line<Arrival> = { sim: reading, arrival };
    // on a line of its own, whatever a full disk or a power cut left of the one before
    appendFileSync(this.#file, `\n${JSON.stringify(line)}\n`, { mode: 0o600, flush: true });
    this.#lines++;
    return true;
  }

  /**
   * Has all of it taken into the database that is served now, in the order in which it came. What that does not take stays
   * for the next start; what it took already is recognised then.
   */
  handOver(take: (arrival: Arrival) => void): void {
    const lines = this.#read();
    if (lines.length === 0) return;
    try {
      for (const { sim, arrival } of lines) {
        const { simId } = this.#sims.findOrCreate(sim, this.#clock.now());
        take({ ...arrival, simId });
      }
    } catch (error) {
      this.#log.error({ err: error }, 'what arrived during a restore is not in the database yet');
      return;
    }
    rmSync(this.#file);
    this.#lines = 0;
    this.#log.info({ count: lines.length }, 'what arrived during a restore is in the database');
  }

  /** A line that a power cut broke off was not kept. */
  #read(): Line<Arrival>[] {
    if (!existsSync(this.#file)) return [];
    return readFileSync(this.#file, 'utf8')
      .split('\n')
      .flatMap(toLine<Arrival>);
  }
}

function toLine<Arrival>(text: string): Line<Arrival>[] {
  try {
    return [JSON.parse(text) as Line<Arrival>];
  } catch {
    return [];
  }
}
