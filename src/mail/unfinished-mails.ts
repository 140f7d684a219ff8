import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';

const mostKept = 1_000;
/** A mail server tries again within this time; the same octets later are an alarm that goes off again. */
const comesAgainMs = 30 * 60_000;

/**
 * Mails that name no Message-ID and are to be tried again, since some recipient could not be texted yet. A mail server
 * brings such a mail again, octet for octet; by the id that it had before, whoever was texted is not texted twice.
 */
export class UnfinishedMails {
  readonly #clock: Clock;
  readonly #kept = new Map<string, { readonly id: string; readonly until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The id of a mail: the one it had when it came before and was left unfinished, else a new one. */
  idOf(octets: Uint8Array): string {
    const kept = this.#kept.get(digestOf(octets));
    return kept && kept.until > this.#clock.now() ? kept.id : randomUUID();
  }

  /** The mail is to come again. */
  keep(octets: Uint8Array, id: string): void {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= mostKept && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(digestOf(octets), { id, until: this.#clock.now() + comesAgainMs });
  }

  /** The mail had its answer for good. */
  forget(octets: Uint8Array): void {
    this.#kept.delete(digestOf(octets));
  }
}

function digestOf(octets: Uint8Array): string {
  return createHash('sha256').update(octets).digest('hex');
}
