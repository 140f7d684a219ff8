import { setImmediate as othersFirst } from 'node:timers/promises';
import type { Erasure } from '../contract/erasure.ts';
import type { Database } from '../store/database.ts';
import type { NamedRow, PartyColumn, PersonStore, PersonsMessage, Place } from '../store/person-store.ts';
import { ControlError, type MessageControl } from './message-control.ts';
import { sameRecipient } from './recipient-match.ts';
import { writtenForms } from './sender-number.ts';

/** So many messages are one commit; what else waits comes in between. */
const messagesAtOnce = 3;
const rowsAtOnce = 500;

const columns: readonly PartyColumn[] = ['from_number', 'to_number', 'raw_from'];

/** Where lines of what passed between gateway and modems are kept. */
export interface TraceLog {
  /** Takes lines out in which one of these numbers stands, however it is written; how many. */
  forgetNumbers(forms: readonly string[]): number;
}

interface Counts {
  messages: number;
  cancelled: number;
  not_final: number;
  parts: number;
  reports: number;
  calls: number;
}

/** Forgets one person: every text to and from a number, and all else that names it. */
export class PersonErasure {
  readonly #database: Pick<Database, 'transaction'>;
  readonly #store: PersonStore;
  readonly #control: Pick<MessageControl, 'cancel' | 'erase'>;
  readonly #traces: TraceLog;

  constructor(
    database: Pick<Database, 'transaction'>,
    store: PersonStore,
    control: Pick<MessageControl, 'cancel' | 'erase'>,
    traces: TraceLog,
  ) {
    this.#database = database;
    this.#store = store;
    this.#control = control;
    this.#traces = traces;
  }

  /**
   * Erases whatever is final, after cancelling what can be, and says what is left. In slices, so that a long history
   * holds up nobody; what was erased is on disk when this resolves.
   */
  async erase(number: string): Promise<Erasure> {
    const counts: Counts = { messages: 0, cancelled: 0, not_final: 0, parts: 0, reports: 0, calls: 0 };
    const forms = writtenForms(number);
    const logLines = this.#traces.forgetNumbers(forms);
    for (const form of forms) {
      for (const column of columns) await this.#eraseMessages(column, form, counts);
      this.#store.removeReferences(form);
    }
    await this.#eraseRows(number, counts);
    return { ...counts, log_lines: logLines, lists: this.#store.listsWith(number) };
  }

  async #eraseMessages(column: PartyColumn, form: string, counts: Counts): Promise<void> {
    for (let after = 0; ; ) {
      const found = this.#store.messages(column, form, after, messagesAtOnce);
      if (found.length === 0) return;
      after = found.at(-1)?.seq ?? after;
      this.#database.transaction(() => {
        for (const message of found) this.#eraseMessage(message, counts);
      });
      await othersFirst();
    }
  }

  #eraseMessage({ message_id: id, status }: PersonsMessage, counts: Counts): void {
    if (status === 'queued' || status === 'dispatched') {
      if (!this.#cancel(id)) {
        counts.not_final++;
        return;
      }
      counts.cancelled++;
    }
    this.#control.erase(id);
    counts.messages++;
  }

  #cancel(id: string): boolean {
    try {
      this.#control.cancel(id);
      return true;
    } catch (error) {
      if (error instanceof ControlError) return false;
      throw error;
    }
  }

  async #eraseRows(number: string, counts: Counts): Promise<void> {
    const { waitingParts, submittedParts, unmatchedReports, calls, callDeliveries } = bound(this.#store);
    counts.parts =
      (await this.#eachNamed(number, waitingParts, (part) => this.#store.forgetPart(part))) +
      (await this.#eachNamed(number, submittedParts, ({ id }) => this.#store.removeSubmittedPart(id)));
    counts.reports = await this.#eachNamed(number, unmatchedReports, ({ id }) =>
      this.#store.removeReport(id),
    );
    counts.calls = await this.#eachNamed(number, calls, ({ id }) => this.#store.removeEvent(id));
    await this.#eachNamed(number, callDeliveries, ({ id }) => this.#store.removeDelivery(id));
  }

  /** Looks through all rows of a kind, since a network may have written the number in any of its forms. */
  async #eachNamed<Row extends NamedRow>(
    number: string,
    read: (after: Place, limit: number) => Row[],
    forget: (row: Row) => void,
  ): Promise<number> {
    let count = 0;
    for (let after: Place = { id: 0, at: 0 }; ; ) {
      const rows = read(after, rowsAtOnce);
      if (rows.length === 0) return count;
      after = rows.at(-1) ?? after;
      const theirs = rows.filter((row) => row.number !== null && isSame(row.number, number));
      this.#database.transaction(() => theirs.forEach(forget));
      count += theirs.length;
      await othersFirst();
    }
  }
}

/** Names are compared as they are: the digits in one are no number. */
function isSame(written: string, number: string): boolean {
  return written === number || (/^\+?\d+$/.test(number) && sameRecipient(written, number));
}

function bound(store: PersonStore) {
  return {
    waitingParts: (after: Place, limit: number) => store.waitingParts(after, limit),
    submittedParts: (after: Place, limit: number) => store.submittedParts(after, limit),
    unmatchedReports: (after: Place, limit: number) => store.unmatchedReports(after, limit),
    callDeliveries: (after: Place, limit: number) => store.callDeliveries(after, limit),
    calls: (after: Place, limit: number) => store.calls(after, limit),
  };
}
