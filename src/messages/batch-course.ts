import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { BatchAction, BatchView } from '../contract/batch.ts';
import type { BatchRow, BatchStore, Slice } from '../store/batch-store.ts';
import { ControlError, type MessageControl } from './message-control.ts';
import type { OutboundLedger } from './outbound-life.ts';

export type BatchErrorCode = 'BATCH_NOT_FOUND' | 'BATCH_CANCELLED';

/** What a person asked for cannot be done to this batch. */
export class BatchRefusal extends Error {
  readonly code: BatchErrorCode;

  constructor(code: BatchErrorCode, message: string) {
    super(message);
    this.name = 'BatchRefusal';
    this.code = code;
  }
}

/** How a person's act on a batch is written down: in the transaction in which it is decided. */
export type During = (work: () => void) => void;

interface Parts {
  readonly ledger: Pick<OutboundLedger, 'database'>;
  readonly store: BatchStore;
  readonly control: Pick<MessageControl, 'cancel'>;
  readonly clock: Clock;
  /** Called with a number for which texts may leave again. */
  readonly wake: (number: string) => void;
}

/** So many texts are changed in one turn: that takes some milliseconds. */
const changedAtOnce = 200;

/** The course of batches: how they stand, and how they are paused, resumed and cancelled as one. */
export class BatchCourse {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Finishes what a crash cut short: a batch is wholly held or wholly free. */
  async start(): Promise<void> {
    for (const row of this.#parts.store.unfinished()) await this.#settle(row.batch_id);
  }

  page(page: number, perPage: number): { readonly data: BatchView[]; readonly total: number } {
    return this.#parts.store.page(page, perPage);
  }

  /** Throws a `BatchRefusal` when there is none. */
  view(batchId: string): BatchView {
    return this.#parts.store.view(this.#row(batchId));
  }

  /** Pauses, resumes or cancels a batch; it stands so when this resolves. */
  async act(batchId: string, action: BatchAction, during: During): Promise<BatchView> {
    const { ledger, store, clock } = this.#parts;
    ledger.database.transaction(() => {
      const row = this.#row(batchId);
      if (row.cancelled_at !== null && action !== 'cancel') {
        throw new BatchRefusal('BATCH_CANCELLED', 'This batch was cancelled: it cannot go on.');
      }
      during(() => {
        if (action === 'cancel') store.setCancelled(row.batch_seq, row.cancelled_at ?? clock.now());
        else store.setPaused(row.batch_seq, action === 'pause' ? (row.paused_at ?? clock.now()) : null);
      });
    });
    await this.#settle(batchId);
    return this.view(batchId);
  }

  /** Brings the texts of a batch to where it stands itself. Looked at anew each turn: a person may have changed it. */
  async #settle(batchId: string): Promise<void> {
    while (this.#settleSlice(this.#row(batchId)) === changedAtOnce) await nextTurn();
  }

  #settleSlice(row: BatchRow): number {
    const { ledger, store } = this.#parts;
    return ledger.database.transaction(() => {
      if (row.cancelled_at !== null) return this.#cancelSome(row);
      const slice =
        row.paused_at === null
          ? store.release(row.batch_seq, changedAtOnce)
          : store.hold(row.batch_seq, changedAtOnce);
      this.#wakeAfterCommit(slice);
      return slice.changed;
    });
  }

  #cancelSome(row: BatchRow): number {
    const ids = this.#parts.store.cancellable(row.batch_seq, changedAtOnce);
    for (const id of ids) this.#cancelOne(id);
    return ids.length;
  }

  /** A text of which a segment was handed over meanwhile goes its way: it may have left. */
  #cancelOne(messageId: string): void {
    try {
      this.#parts.control.cancel(messageId);
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
    }
  }

  #wakeAfterCommit({ numbers }: Slice): void {
    const { ledger, wake } = this.#parts;
    ledger.database.afterCommit(() => {
      for (const number of numbers) wake(number);
    });
  }

  #row(batchId: string): BatchRow {
    const row = this.#parts.store.find(batchId);
    if (!row) throw new BatchRefusal('BATCH_NOT_FOUND', 'There is no batch with this id.');
    return row;
  }
}
