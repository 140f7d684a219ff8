import type { Clock } from '../clock.ts';
import {
  completeUnsolicited,
  judgeUnsolicited,
  type PendingUnsolicited,
  type Unsolicited,
} from '../gsm/at/unsolicited.ts';

/** A PDU that has not come so long after its header is lost. */
const pduWithinMs = 2_000;

/**
 * The header of a text or report that is handed over (+CMT, +CDS), until the line with its PDU comes. Other
 * unsolicited lines may stand between the two; any other line shows that the PDU is lost.
 */
export class PendingHeader {
  readonly #clock: Clock;
  #pending: PendingUnsolicited | undefined;
  #since = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  begin(pending: PendingUnsolicited): void {
    this.#pending = pending;
    this.#since = this.#clock.monotonic();
  }

  forget(): void {
    this.#pending = undefined;
  }

  /** What the line and the header before it are together; undefined where the line stands for itself. */
  complete(line: string): Unsolicited | undefined {
    const pending = this.#pending;
    if (!pending) return undefined;
    const late = this.#clock.monotonic() - this.#since > pduWithinMs;
    const event = late ? undefined : completeUnsolicited(pending, line);
    if (late || event || judgeUnsolicited(line).kind !== 'unsolicited') this.#pending = undefined;
    return event;
  }
}
