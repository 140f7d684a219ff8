import { covers, type Scope } from '../contract/key.ts';
import { type AcceptedMessage, sendRequest } from '../contract/message.ts';
import type { Origin, Outbox } from './outbox.ts';

/** Who brings a text: an API key, whatever protocol it speaks. */
export interface Bringer {
  readonly id: string;
  readonly scopes: readonly Scope[];
}

/** A text is refused before it reaches the outbox; `field` names what is wrong with it. */
export class DoorError extends Error {
  readonly code: 'FORBIDDEN' | 'VALIDATION_ERROR' | 'NUMBER_NOT_FOUND';
  readonly field: string | undefined;

  constructor(code: DoorError['code'], message: string, field?: string) {
    super(message);
    this.name = 'DoorError';
    this.code = code;
    this.field = field;
  }
}

/** The numbers that texts can leave from. */
export interface OwnNumbers {
  all(): readonly string[];
  canSendNow(number: string): boolean;
}

/**
 * Where texts come in by other protocols than HTTP. What the HTTP API takes is taken here, by the same schema, and goes
 * to the same outbox.
 */
export class Door {
  readonly #outbox: Pick<Outbox, 'accept' | 'refuseUntilReady'>;
  readonly #numbers: OwnNumbers;
  #turn = 0;

  constructor(outbox: Pick<Outbox, 'accept' | 'refuseUntilReady'>, numbers: OwnNumbers) {
    this.#outbox = outbox;
    this.#numbers = numbers;
  }

  /**
   * Takes a text with the fields of `POST /v1/sms/send`. Without `from` the next of the gateway's numbers that can send
   * now has its turn. Resolves when the text is on disk.
   *
   * @throws DoorError, and what the outbox throws
   */
  async submit(
    fields: Readonly<Record<string, unknown>>,
    bringer: Bringer,
    more: Omit<Origin, 'keyId'> = {},
  ): Promise<AcceptedMessage> {
    if (!covers(bringer.scopes, 'sms:send')) {
      throw new DoorError('FORBIDDEN', 'This API key lacks the scope "sms:send".');
    }
    const request = sendRequest.safeParse({ ...fields, from: fields.from ?? this.#nextNumber() });
    if (request.success) return this.#outbox.accept(request.data, { keyId: bringer.id, ...more });
    const [issue] = request.error.issues;
    const field = String(issue?.path[0] ?? '');
    throw new DoorError('VALIDATION_ERROR', `${field} ${issue?.message}`, field);
  }

  /** Throws what `submit` would while no text can be taken, for whoever keeps something of one before it is whole. */
  refuseUntilReady(): void {
    this.#outbox.refuseUntilReady();
  }

  /** Numbers take turns, so that their SIMs share the work; those that cannot send now only where none can. */
  #nextNumber(): string {
    const all = this.#numbers.all();
    const online = all.filter((number) => this.#numbers.canSendNow(number));
    const candidates = online.length > 0 ? online : all;
    const next = candidates[this.#turn++ % candidates.length];
    if (next !== undefined) return next;
    throw new DoorError(
      'NUMBER_NOT_FOUND',
      'This gateway has no number yet that a text could leave from.',
      'from',
    );
  }
}
