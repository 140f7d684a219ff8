import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import {
  type AcceptedMessage,
  defaultValiditySeconds,
  formatTimestamp,
  type SendRequest,
} from '../contract/message.ts';
import { segmentText } from '../gsm/pdu/index.ts';
import type { IdempotencyStore } from '../store/idempotency-store.ts';
import type { RecipientRefusal, RecipientRefusalCode } from './admission.ts';
import type { OutboundLedger } from './outbound-life.ts';

export type OutboxErrorCode =
  | 'NUMBER_NOT_FOUND'
  | 'IDEMPOTENCY_CONFLICT'
  | 'QUEUE_FULL'
  | 'NOT_READY'
  | RecipientRefusalCode;

const detailsOf: Partial<Record<OutboxErrorCode, Readonly<Record<string, string>>>> = {
  NUMBER_NOT_FOUND: { from: 'is none of the numbers of this gateway' },
  RECIPIENT_OPTED_OUT: { to: 'is a number that nothing is sent to' },
  RECIPIENT_BLOCKED: { to: 'is a number that nothing is sent to' },
};

/** A text is not taken. */
export class OutboxError extends Error {
  readonly code: OutboxErrorCode;
  readonly retryAfterSeconds: number | undefined;
  /** The field that is at fault and what is wrong with it, where it is one. */
  readonly details: Readonly<Record<string, string>> | undefined;

  constructor(code: OutboxErrorCode, message: string, retryAfterSeconds?: number) {
    super(message);
    this.name = 'OutboxError';
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
    this.details = detailsOf[code];
  }
}

/** Who asks; a repeated `idempotencyKey` of the same `keyId` gets the first answer again. */
export interface Origin {
  readonly keyId: string;
  readonly idempotencyKey?: string;
  /** The message whose text is sent again. */
  readonly resendOf?: string;
  /** The batch that the text belongs to. */
  readonly batchSeq?: number;
  /** It is kept back until a person lets it go. */
  readonly held?: boolean;
  /** Called in the text's own transaction with its `message_id`, to write down what must not be without it. */
  readonly note?: (messageId: string) => void;
  /** The id that the message gets, where whoever brings it had to name one before all of it was there. */
  readonly messageId?: string;
}

/** What the outbox must know of the numbers. */
export interface NumberBook {
  /** Whether texts can leave from this number at all, now or later. */
  isOurs(number: string): boolean;
  /** Whether its SIM is in a modem that can send now. */
  canSendNow(number: string): boolean;
  /** How many texts may wait for this number at most, as a person has set it. */
  queueLimit(number: string): number;
  /** Why nothing may be sent to this recipient, if so. */
  refusalOf?(recipient: string): RecipientRefusal | undefined;
}

/** A text with who hands it in. */
export interface Submission {
  readonly request: SendRequest;
  readonly origin: Origin;
}

interface Waiting extends Submission {
  readonly resolve: (accepted: AcceptedMessage) => void;
  readonly reject: (error: unknown) => void;
}

/** What one commit takes at most, so that no caller waits for a crowd. */
const largestBatch = 256;

const queueFullRetrySeconds = 60;
const notReadyRetrySeconds = 10;
/** Counting a long queue costs milliseconds: between counts the number is only added to, so it errs on the high side. */
const recountAfterMs = 10_000;
/** So many are counted in less than a millisecond. */
const quicklyCounted = 20_000;

/**
 * Where texts are accepted. Nothing is answered before it is on disk; the requests of one turn of the event loop
 * share one commit, because a commit costs a flush of the disk whatever it holds.
 */
export class Outbox {
  readonly #ledger: OutboundLedger;
  readonly #idempotency: IdempotencyStore;
  readonly #numbers: NumberBook;
  readonly #clock: Clock;
  readonly #wake: (number: string) => void;
  readonly #notReady: () => string | undefined;
  readonly #waiting: Waiting[] = [];
  readonly #depths = new Map<string, { depth: number; readonly countedAt: number }>();
  #scheduled = false;

  constructor(
    ledger: OutboundLedger,
    idempotency: IdempotencyStore,
    numbers: NumberBook,
    clock: Clock,
    /** Called with a number for which something new waits. */
    wake: (number: string) => void,
    /** Why no text can be taken just now, in a sentence; undefined when one can. */
    notReady: () => string | undefined = () => undefined,
  ) {
    this.#ledger = ledger;
    this.#idempotency = idempotency;
    this.#numbers = numbers;
    this.#clock = clock;
    this.#wake = wake;
    this.#notReady = notReady;
  }

  /** Resolves when the text is on disk. Rejects with an `OutboxError`, or a `StoreError` when the disk does not take it. */
  accept(request: SendRequest, origin: Origin): Promise<AcceptedMessage> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, origin, resolve, reject });
      if (this.#scheduled) return;
      this.#scheduled = true;
      setImmediate(() => this.#commit());
    });
  }

  /** Throws while no text can be taken: what was written now would go with the disk or the database that it is on. */
  refuseUntilReady(): void {
    const why = this.#notReady();
    if (why !== undefined) throw new OutboxError('NOT_READY', why, notReadyRetrySeconds);
  }

  /** Writes several texts in one commit, each by itself: what is refused leaves the others untouched. */
  acceptTogether(texts: readonly Submission[]): (AcceptedMessage | OutboxError)[] {
    const { database } = this.#ledger;
    return database.transaction(() => {
      const outcomes = texts.map((text) => this.#writeOrRefuse(text));
      database.afterCommit(() => this.#wakeAll(texts));
      return outcomes;
    });
  }

  #commit(): void {
    const batch = this.#waiting.splice(0, largestBatch);
    this.#scheduled = this.#waiting.length > 0;
    if (this.#scheduled) setImmediate(() => this.#commit());
    const answers: (() => void)[] = [];
    try {
      this.#ledger.database.transaction(() => {
        for (const waiting of batch) answers.push(this.#acceptOne(waiting));
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const answer of answers) answer();
    this.#wakeAll(batch);
  }

  #wakeAll(texts: readonly Submission[]): void {
    for (const number of new Set(texts.map(({ request }) => request.from))) this.#wake(number);
  }

  /** Writes one text inside the batch's transaction and says how to answer once that is on disk. */
  #acceptOne(waiting: Waiting): () => void {
    const outcome = this.#writeOrRefuse(waiting);
    return outcome instanceof OutboxError ? () => waiting.reject(outcome) : () => waiting.resolve(outcome);
  }

  #writeOrRefuse({ request, origin }: Submission): AcceptedMessage | OutboxError {
    try {
      return this.#write(request, origin);
    } catch (error) {
      if (error instanceof OutboxError) return error;
      throw error;
    }
  }

  #write(request: SendRequest, origin: Origin): AcceptedMessage {
    const now = this.#clock.now();
    const hash = origin.idempotencyKey === undefined ? '' : requestHash(request, origin.resendOf);
    const earlier = origin.idempotencyKey && this.#idempotency.find(origin.keyId, origin.idempotencyKey, now);
    if (earlier) return repeated(earlier, hash);
    this.refuseUntilReady();
    this.#checkNumbers(request);
    const accepted = this.#insert(request, origin, now);
    origin.note?.(accepted.message_id);
    if (origin.idempotencyKey !== undefined) {
      const kept = { requestHash: hash, answer: JSON.stringify(accepted) };
      this.#idempotency.keep(origin.keyId, origin.idempotencyKey, kept, now);
    }
    return accepted;
  }

  #checkNumbers({ from, to }: SendRequest): void {
    if (!this.#numbers.isOurs(from)) {
      throw new OutboxError('NUMBER_NOT_FOUND', `${from} is none of this gateway's numbers.`);
    }
    const refusal = this.#numbers.refusalOf?.(to);
    if (refusal) throw new OutboxError(refusal.code, refusal.message);
    if (this.#isFull(from)) {
      throw new OutboxError(
        'QUEUE_FULL',
        `As many texts wait to leave from ${from} as may (${this.#numbers.queueLimit(from)}). Send this one later.`,
        queueFullRetrySeconds,
      );
    }
  }

  /** Counts this text among those that wait, unless there is no room for it. */
  #isFull(number: string): boolean {
    const limit = this.#numbers.queueLimit(number);
    const now = this.#clock.monotonic();
    let known = this.#depths.get(number);
    const seemsFull = known !== undefined && known.depth >= limit && limit <= quicklyCounted;
    if (!known || seemsFull || now - known.countedAt > recountAfterMs) {
      known = { depth: this.#ledger.outbound.depth(number), countedAt: now };
      this.#depths.set(number, known);
    }
    if (known.depth >= limit) return true;
    known.depth++;
    return false;
  }

  #insert(request: SendRequest, origin: Origin, now: number): AcceptedMessage {
    const { outbound, segments, timeline, events, toMessage } = this.#ledger;
    const { alphabet, segments: parts } = segmentText(request.body);
    const dueAt = request.scheduled_at === undefined ? 0 : Date.parse(request.scheduled_at);
    const isDue = dueAt <= now && origin.held !== true;
    const status = isDue && this.#numbers.canSendNow(request.from) ? 'dispatched' : 'queued';
    const messageId = origin.messageId ?? randomUUID();
    const seq = outbound.insert({
      messageId,
      status,
      from: request.from,
      to: request.to,
      body: request.body,
      encoding: alphabet === 'gsm7' ? 'gsm7' : 'ucs2',
      segmentCount: parts.length,
      createdAt: now,
      clientReference: request.client_reference,
      priority: request.priority ?? 0,
      flash: request.flash ?? false,
      dueAt,
      expiresAt: Math.max(now, dueAt) + (request.validity_seconds ?? defaultValiditySeconds) * 1_000,
      keyId: origin.keyId,
      resendOf: origin.resendOf,
      batchSeq: origin.batchSeq,
      idempotencyKey: origin.idempotencyKey,
    });
    segments.insert(seq, parts.length);
    timeline.add(seq, now, 'accepted', undefined, origin.resendOf && `sends ${origin.resendOf} again`);
    const row = events.heard ? outbound.get(seq) : undefined;
    if (row) events.announce({ type: 'message.changed', data: toMessage(row) });
    return answerTo(request, messageId, status, now);
  }
}

function answerTo(
  request: SendRequest,
  messageId: string,
  status: 'queued' | 'dispatched',
  now: number,
): AcceptedMessage {
  return {
    message_id: messageId,
    from: request.from,
    to: request.to,
    body: request.body,
    status,
    created_at: formatTimestamp(now),
    ...(request.client_reference === undefined ? {} : { client_reference: request.client_reference }),
  };
}

function repeated(earlier: { requestHash: string; answer: string }, hash: string): AcceptedMessage {
  if (earlier.requestHash === hash) return JSON.parse(earlier.answer) as AcceptedMessage;
  throw new OutboxError('IDEMPOTENCY_CONFLICT', 'This Idempotency-Key was used for a different request.');
}

/** The same whatever the order in which the fields were written. To send another message again is another request. */
function requestHash(request: SendRequest, resendOf: string | undefined): string {
  const fields = Object.entries({ ...request, ...(resendOf === undefined ? {} : { resendOf }) }).sort(
    ([a], [b]) => (a < b ? -1 : 1),
  );
  return createHash('sha256').update(JSON.stringify(fields)).digest('base64url');
}
