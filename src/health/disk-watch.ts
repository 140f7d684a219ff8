import { statfs } from 'node:fs/promises';
import type { Clock, Timer } from '../clock.ts';
import type { Logger } from '../log.ts';

/** What must be free before a further text is taken: enough to write down all that comes of those taken before. */
export const leastFreeBytes = 20_000_000;
const lookEveryMs = 5_000;

/** Octets that are free for this user on the disk of a folder; undefined where it cannot be told. */
export type FreeBytes = (folder: string) => Promise<number | undefined>;

/**
 * Watches the room on the disk of the data directory. Before it is all used no further text is taken, so that the fate
 * of those already taken can still be written down; when there is room again they are taken again.
 */
export class DiskWatch {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #freeBytes: FreeBytes;
  #obstacle: string | undefined;
  #timer: Timer | undefined;
  #stopped = false;

  constructor(folder: string, clock: Clock, log: Logger, freeBytes: FreeBytes = askSystem) {
    this.#folder = folder;
    this.#clock = clock;
    this.#log = log;
    this.#freeBytes = freeBytes;
  }

  /** Why no text can be taken now, in a sentence; undefined when there is room. */
  get obstacle(): string | undefined {
    return this.#obstacle;
  }

  /** Resolves when it has looked for the first time. */
  async start(): Promise<void> {
    await this.#look();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  async #look(): Promise<void> {
    const free = await this.#freeBytes(this.#folder);
    if (this.#stopped) return;
    this.#note(free !== undefined && free < leastFreeBytes ? sentence(free, this.#folder) : undefined);
    this.#timer = this.#clock.after(lookEveryMs, () => void this.#look());
  }

  #note(obstacle: string | undefined): void {
    const before = this.#obstacle;
    this.#obstacle = obstacle;
    if (obstacle && !before) this.#log.error({ folder: this.#folder }, obstacle);
    if (!obstacle && before)
      this.#log.info({ folder: this.#folder }, 'the disk has room again: texts are taken');
  }
}

function sentence(free: number, folder: string): string {
  const [left, wanted] = [Math.floor(free / 1_000_000), leastFreeBytes / 1_000_000];
  return `The disk of ${folder} is full: ${left} MB are left, and ${wanted} MB must be free before texts are taken. Nothing was accepted. Make room.`;
}

async function askSystem(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
