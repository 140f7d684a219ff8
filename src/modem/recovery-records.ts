import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { calm, type RecoveryState } from './recovery-ladder.ts';

interface Entry {
  readonly owner: object | undefined;
  readonly state: RecoveryState;
}

/** When a modem started anew, and when it was last told to; wall time, in milliseconds. */
export interface Restarts {
  readonly toldAt: number | undefined;
  readonly moments: readonly number[];
}

/** Where restarts are kept for the next start of the program. */
export interface RestartMemory {
  restartsOf(imei: string): Restarts | undefined;
  keepRestarts(imei: string, restarts: Restarts): void;
}

/** More modems than one machine ever sees. */
const mostModems = 1_000;

/**
 * What is known of the recovery of each modem, by its IMEI: a stick that was restarted may come back at another port,
 * and the steps taken at the old one still count. Of two clones with one IMEI only the first has the entry. Its
 * restarts are kept on disk, so that a program that is started again and again does not restart a modem as often.
 */
export class RecoveryRecords {
  readonly #entries = new Map<string, Entry>();
  readonly #memory: RestartMemory;
  readonly #clock: Clock;
  readonly #log: Logger;

  constructor(memory: RestartMemory, clock: Clock, log: Logger) {
    this.#memory = memory;
    this.#clock = clock;
    this.#log = log;
  }

  /** The state that a modem left at another port, or before; undefined where its owner still serves there. */
  claim(imei: string, owner: object): RecoveryState | undefined {
    const entry = this.#entries.get(imei);
    if (!entry) return this.#remembered(imei);
    return entry.owner === undefined || entry.owner === owner ? entry.state : undefined;
  }

  /** Keeps the state of the modem that `owner` serves. */
  save(imei: string, owner: object, state: RecoveryState): void {
    const entry = this.#entries.get(imei);
    if (entry?.owner !== undefined && entry.owner !== owner) return;
    this.#entries.delete(imei);
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined && this.#entries.size >= mostModems) this.#entries.delete(oldest);
    this.#entries.set(imei, { owner, state });
    const before = entry?.state ?? calm;
    if (state.restartedAt !== before.restartedAt || state.restarts.length !== before.restarts.length)
      this.#write(imei, state);
  }

  /** The modem is at this port no more. */
  release(imei: string, owner: object): void {
    const entry = this.#entries.get(imei);
    if (entry?.owner === owner) this.#entries.set(imei, { owner: undefined, state: entry.state });
  }

  /** A clock that was set back meanwhile makes nothing young again that is old, but all of it as old as now. */
  #remembered(imei: string): RecoveryState | undefined {
    const kept = this.#memory.restartsOf(imei);
    if (!kept) return undefined;
    const { toldAt, moments } = kept;
    const monotonic = (moment: number) => this.#clock.monotonic() - Math.max(0, this.#clock.now() - moment);
    const restartedAt = toldAt === undefined ? calm.restartedAt : monotonic(toldAt);
    return { ...calm, restartedAt, restarts: moments.map(monotonic) };
  }

  #write(imei: string, { restartedAt, restarts }: RecoveryState): void {
    const wall = (moment: number) => Math.round(this.#clock.now() - (this.#clock.monotonic() - moment));
    const toldAt = Number.isFinite(restartedAt) ? wall(restartedAt) : undefined;
    try {
      this.#memory.keepRestarts(imei, { toldAt, moments: restarts.map(wall) });
    } catch (error) {
      this.#log.warn({ err: error }, 'the restarts of a modem cannot be written down');
    }
  }
}
