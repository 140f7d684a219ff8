import type { AttentionWord, ModemNotice } from '../contract/event.ts';
import type { Attention } from './attention.ts';
import type { Presence } from './presence.ts';

/** A modem of the fleet as its events tell of it. */
export interface StandingModem {
  readonly notice: ModemNotice;
  readonly ready: boolean;
}

/** What a modem that is away means is told as `modem.offline`; who let it go knows. */
const toldOtherwise = new Set<AttentionWord>(['port_absent', 'port_released']);

/** Turns the standing of all modems into events: who goes and comes, and what a person must see to. */
export class ModemEvents {
  readonly #presence: Presence;
  readonly #attention: Attention;
  readonly #problems = new Map<string, AttentionWord>();

  constructor(presence: Presence, attention: Attention) {
    this.#presence = presence;
    this.#attention = attention;
  }

  stop(): void {
    this.#presence.stop();
    this.#attention.stop();
  }

  /** The fleet stands so now. */
  update(modems: readonly StandingModem[]): void {
    const present = new Set(modems.map(({ notice }) => notice.modem_id));
    for (const { notice, ready } of modems) {
      this.#presence.note(notice, ready);
      this.#noteProblem(notice);
    }
    this.#presence.missing(present);
    for (const [modemId, word] of this.#problems) {
      if (!present.has(modemId)) this.#forget(modemId, word);
    }
  }

  #noteProblem(notice: ModemNotice): void {
    const { modem_id, problem } = notice;
    const before = this.#problems.get(modem_id);
    if (before !== undefined && before !== problem?.code) this.#forget(modem_id, before);
    if (!problem || toldOtherwise.has(problem.code)) return;
    this.#problems.set(modem_id, problem.code);
    this.#attention.raise({ ...notice, problem });
  }

  #forget(modemId: string, word: AttentionWord): void {
    this.#problems.delete(modemId);
    this.#attention.clear(modemId, word);
  }
}
