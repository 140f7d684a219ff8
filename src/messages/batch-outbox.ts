import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { AcceptedBatch, BatchError, BatchResult } from '../contract/batch.ts';
import type { AcceptedMessage, SendRequest } from '../contract/message.ts';
import type { BatchRow, BatchStore } from '../store/batch-store.ts';
import type { IdempotencyStore } from '../store/idempotency-store.ts';
import type { OutboundLedger } from './outbound-life.ts';
import { type Origin, type Outbox, OutboxError } from './outbox.ts';

/** A text of a batch, or what is wrong with it. */
export type BatchItem = { readonly request: SendRequest } | { readonly error: BatchError };

/** Who hands texts over together, and how. */
export interface BatchOrigin extends Pick<Origin, 'keyId' | 'idempotencyKey'> {
  readonly name: string | undefined;
  readonly paused: boolean;
  /** Called in the batch's own transaction, to write down what must not be without it. */
  readonly note: (batchId: string, accepted: number, refused: number) => void;
}

interface Parts {
  readonly ledger: OutboundLedger;
  readonly store: BatchStore;
  readonly idempotency: IdempotencyStore;
  readonly outbox: Pick<Outbox, 'acceptTogether' | 'refuseUntilReady'>;
  readonly clock: Clock;
}

/** So many texts of a file are accepted in one turn: that takes some milliseconds. */
const importedAtOnce = 100;

/** Where texts are accepted that are handed over together. */
export class BatchOutbox {
  readonly #parts: Parts;
  /** What is being accepted now of files, by the ids of their batches. */
  readonly #importing = new Map<string, Promise<BatchResult[]>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Accepts texts in one commit, each by itself: what is refused leaves the others untouched. A repeat with the same
   * `Idempotency-Key` gives the first answer again. Throws an `OutboxError` when that was a different request, or while
   * no text can be taken.
   */
  accept(items: readonly BatchItem[], origin: BatchOrigin): AcceptedBatch {
    const { ledger, idempotency, clock } = this.#parts;
    const hash = origin.idempotencyKey === undefined ? '' : hashOf([items, origin.name, origin.paused]);
    return ledger.database.transaction(() => {
      const earlier =
        origin.idempotencyKey && idempotency.find(origin.keyId, origin.idempotencyKey, clock.now());
      if (earlier) return repeated(earlier, hash);
      this.#parts.outbox.refuseUntilReady();
      const answer = this.#write(items, origin);
      if (origin.idempotencyKey !== undefined) {
        const kept = { requestHash: hash, answer: JSON.stringify(answer) };
        idempotency.keep(origin.keyId, origin.idempotencyKey, kept, clock.now());
      }
      return answer;
    });
  }

  /**
   * Accepts any number of texts as one batch, a slice in each commit. Where that is cut short, a repeat with the same
   * `Idempotency-Key` sends what is missing and nothing twice. A repeat that comes meanwhile waits for the same answer.
   */
  async acceptMany(
    items: readonly BatchItem[],
    origin: BatchOrigin,
  ): Promise<{ batchId: string; results: BatchResult[] }> {
    this.#parts.outbox.refuseUntilReady();
    const batch = this.#batchOfImport(items, origin);
    const { batch_id: batchId } = batch;
    const importing =
      this.#importing.get(batchId) ??
      this.#acceptAll(items, batch, origin).finally(() => this.#importing.delete(batchId));
    this.#importing.set(batchId, importing);
    return { batchId, results: await importing };
  }

  async #acceptAll(
    items: readonly BatchItem[],
    batch: BatchRow,
    origin: BatchOrigin,
  ): Promise<BatchResult[]> {
    const results: BatchResult[] = [];
    for (let first = 0; first < items.length; first += importedAtOnce) {
      const slice = items.slice(first, first + importedAtOnce);
      const cancelled = this.#parts.store.find(batch.batch_id)?.cancelled_at != null;
      results.push(...(cancelled ? slice.map(tooLate) : this.#acceptSlice(slice, first, batch, origin)));
      await nextTurn();
    }
    return results;
  }

  #write(items: readonly BatchItem[], origin: BatchOrigin): AcceptedBatch {
    const batch = this.#create(origin);
    const results = this.#acceptItems(items, () => ({
      keyId: origin.keyId,
      batchSeq: batch.batch_seq,
      held: origin.paused,
    }));
    const accepted = this.#count(batch, results);
    origin.note(batch.batch_id, accepted, results.length - accepted);
    return { batch_id: batch.batch_id, accepted, refused: results.length - accepted, results };
  }

  #acceptSlice(
    slice: readonly BatchItem[],
    first: number,
    batch: BatchRow,
    { keyId, idempotencyKey, paused }: BatchOrigin,
  ): BatchResult[] {
    return this.#parts.ledger.database.transaction(() => {
      const results = this.#acceptItems(slice, (index) => ({
        keyId,
        batchSeq: batch.batch_seq,
        held: paused,
        ...(idempotencyKey === undefined ? {} : { idempotencyKey: `${idempotencyKey}#${first + index}` }),
      }));
      this.#count(batch, results);
      return results;
    });
  }

  /** Each item's answer, in their order; those without an error of their own are handed to the outbox. */
  #acceptItems(items: readonly BatchItem[], originOf: (index: number) => Origin): BatchResult[] {
    const good = items.flatMap((item, index) =>
      'request' in item ? [{ request: item.request, origin: originOf(index) }] : [],
    );
    const outcomes = this.#parts.outbox.acceptTogether(good)[Symbol.iterator]();
    return items.map((item) => {
      if ('error' in item) return { success: false, error: item.error };
      return resultOf(outcomes.next().value as AcceptedMessage | OutboxError);
    });
  }

  /** Of a paused batch nothing may leave from the first moment. */
  #count(batch: BatchRow, results: readonly BatchResult[]): number {
    const { store } = this.#parts;
    const accepted = results.filter(({ success }) => success).length;
    if (accepted < results.length) store.addRefused(batch.batch_seq, results.length - accepted);
    const { paused_at, cancelled_at } = store.find(batch.batch_id) ?? batch;
    if (paused_at !== null || cancelled_at !== null) store.hold(batch.batch_seq, results.length);
    return accepted;
  }

  #create({ name, keyId, paused }: BatchOrigin): BatchRow {
    const now = this.#parts.clock.now();
    return this.#parts.store.create(name, keyId, now, paused ? now : null);
  }

  /** The batch that an earlier, unfinished request of the same key has begun, or a new one. */
  #batchOfImport(items: readonly BatchItem[], origin: BatchOrigin): BatchRow {
    const { ledger, idempotency, clock, store } = this.#parts;
    return ledger.database.transaction(() => {
      const key = origin.idempotencyKey;
      const hash = key === undefined ? '' : hashOf([items, origin.name, origin.paused]);
      const earlier = key === undefined ? undefined : idempotency.find(origin.keyId, key, clock.now());
      if (earlier) {
        const begun = store.find(repeated<{ batch_id: string }>(earlier, hash).batch_id);
        if (begun) {
          if (!this.#importing.has(begun.batch_id)) store.setRefused(begun.batch_seq, 0); // its rows are counted anew
          return begun;
        }
      }
      const batch = this.#create(origin);
      const refused = items.filter((item) => 'error' in item).length;
      origin.note(batch.batch_id, items.length - refused, refused);
      if (key !== undefined) {
        const kept = { requestHash: hash, answer: JSON.stringify({ batch_id: batch.batch_id }) };
        idempotency.keep(origin.keyId, key, kept, clock.now());
      }
      return batch;
    });
  }
}

function tooLate(): BatchResult {
  return { success: false, error: { code: 'BATCH_CANCELLED', message: 'The batch was cancelled before.' } };
}

function resultOf(outcome: AcceptedMessage | OutboxError): BatchResult {
  if (!(outcome instanceof OutboxError)) {
    const { message_id, status } = outcome;
    return { success: true, data: { message_id, status } };
  }
  const { code, message, details } = outcome;
  return { success: false, error: { code, message, ...(details && { details }) } };
}

function repeated<Answer>(earlier: { requestHash: string; answer: string }, hash: string): Answer {
  if (earlier.requestHash === hash) return JSON.parse(earlier.answer) as Answer;
  throw new OutboxError('IDEMPOTENCY_CONFLICT', 'This Idempotency-Key was used for a different request.');
}

function hashOf(request: unknown): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('base64url');
}
