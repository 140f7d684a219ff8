import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { RestoredAt, RestoreStore } from '../store/restore-store.ts';
import type { During } from './batch-course.ts';
import type { OutboundLedger } from './outbound-life.ts';

/** So many are ended in one commit, and in one turn: others have theirs in between. */
const discardedAtOnce = 200;
const discarded = 'cancelled: a person discarded it after a backup was restored';

/**
 * After a backup was restored nothing leaves until a person has decided: what waited when it was made may have been sent
 * since. Released, it goes on as if nothing had been; discarded, it fails and only what was accepted later is sent.
 */
export class RestoreHold {
  readonly #ledger: OutboundLedger;
  readonly #store: RestoreStore;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #changed: () => void;

  constructor(
    ledger: OutboundLedger,
    store: RestoreStore,
    clock: Clock,
    log: Logger,
    /** Called when texts may leave again, and that is on disk. */
    changed: () => void,
  ) {
    this.#ledger = ledger;
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
    this.#changed = changed;
  }

  start(): void {
    this.#store.noteRestore(this.#clock.now());
    const { waiting } = this;
    if (this.held)
      this.#log.warn(
        { waiting },
        'a backup was restored: nothing is sent until a person releases or discards what waited in it',
      );
  }

  get held(): RestoredAt | undefined {
    return this.#store.held();
  }

  /** How many texts of the backup have no end yet. */
  get waiting(): number {
    const { held } = this;
    return held ? this.#store.countWaiting(held.upTo) : 0;
  }

  release(): void {
    this.#store.release();
    this.#ledger.database.afterCommit(this.#changed);
  }

  /**
   * Fails what waited in the backup; what may be in a modem's hands is settled by evidence. Until all of it has failed
   * nothing leaves, and where a crash cuts that short a person is asked again.
   */
  async discard(during: During): Promise<void> {
    this.#ledger.database.transaction(() => during(() => this.#discardSome()));
    while (this.#discardSome() > 0) await nextTurn();
    if (this.held) this.release();
  }

  /** Looked at anew each turn: a person may have released the rest. */
  #discardSome(): number {
    const { database, outbound, timeline, events, toMessage } = this.#ledger;
    return database.transaction(() => {
      const upTo = this.held?.upTo;
      if (upTo === undefined) return 0;
      const some = this.#store.waiting(upTo, discardedAtOnce);
      for (const seq of some) {
        outbound.setFailed(seq, discarded);
        timeline.add(seq, this.#clock.now(), 'cancelled', undefined, 'after a backup was restored');
        const row = outbound.get(seq);
        if (!row) continue;
        events.record('sms.failed', toMessage(row));
        events.announce({ type: 'message.changed', data: toMessage(row) });
      }
      return some.length;
    });
  }
}
