import type { Clock, Timer } from '../clock.ts';
import type { AttentionNotice, AttentionWord } from '../contract/event.ts';

interface Entry {
  notice: AttentionNotice;
  /** Whether it is wrong now. */
  standing: boolean;
  /** Whether a person was told of it as it stands. */
  told: boolean;
  /** How often it came up again without being told. */
  suppressed: number;
  window: Timer | undefined;
}

/** More than all modems can have wrong at once; past it the oldest that is over is forgotten. */
const mostEntries = 1_000;

/**
 * What is wrong with which modem, told so that a stick that comes and goes does not flood: the same word for the same
 * modem at most once in `repeatMs`, with a count of what was held back. What still stands when that time is over, and
 * was held back, is told then.
 */
export class Attention {
  readonly #tell: (notice: AttentionNotice) => void;
  readonly #clock: Clock;
  readonly #repeatMs: number;
  readonly #entries = new Map<string, Entry>();

  constructor(tell: (notice: AttentionNotice) => void, clock: Clock, repeatMs: number) {
    this.#tell = tell;
    this.#clock = clock;
    this.#repeatMs = repeatMs;
  }

  stop(): void {
    for (const { window } of this.#entries.values()) window?.cancel();
  }

  /** Something is wrong; said again while it stands, only its sentence is renewed. */
  raise(notice: AttentionNotice): void {
    const key = keyOf(notice.modem_id, notice.problem.code);
    const entry = this.#entries.get(key) ?? this.#enter(key, notice);
    entry.notice = notice;
    if (entry.standing) return;
    entry.standing = true;
    entry.told = false;
    if (entry.window) entry.suppressed++;
    else this.#tellOf(entry);
  }

  /** It is wrong no longer. */
  clear(modemId: string, word: AttentionWord): void {
    const entry = this.#entries.get(keyOf(modemId, word));
    if (entry) entry.standing = false;
  }

  /** What is wrong with a modem now. */
  standing(modemId: string): AttentionNotice[] {
    return [...this.#entries.values()]
      .filter((entry) => entry.standing && entry.notice.modem_id === modemId)
      .map(({ notice }) => notice);
  }

  #enter(key: string, notice: AttentionNotice): Entry {
    if (this.#entries.size >= mostEntries) this.#forgetOne();
    const entry: Entry = { notice, standing: false, told: false, suppressed: 0, window: undefined };
    this.#entries.set(key, entry);
    return entry;
  }

  #forgetOne(): void {
    for (const [key, entry] of this.#entries) {
      if (entry.standing) continue;
      entry.window?.cancel();
      this.#entries.delete(key);
      return;
    }
  }

  #tellOf(entry: Entry): void {
    const { suppressed } = entry;
    entry.told = true;
    entry.suppressed = 0;
    entry.window = this.#clock.after(this.#repeatMs, () => this.#onWindowEnd(entry));
    this.#tell({ ...entry.notice, suppressed });
  }

  /** The one that is told now was counted when it was held back. */
  #onWindowEnd(entry: Entry): void {
    entry.window = undefined;
    if (!entry.standing || entry.told) return;
    entry.suppressed--;
    this.#tellOf(entry);
  }
}

function keyOf(modemId: string, word: AttentionWord): string {
  return `${modemId} ${word}`;
}
