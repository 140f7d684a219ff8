import type { CommandLine, Outcome } from '../gsm/at/exchange.ts';
import type { Refusal } from '../gsm/at/final-result.ts';
import type { Unsolicited } from '../gsm/at/unsolicited.ts';

export interface ChannelEvents {
  unsolicited: [event: Unsolicited];
  /** An exchange came to its end; told before what follows on the wire is looked at. */
  ended: [command: CommandLine, outcome: Outcome];
  /** A command came back as it was written: the modem echoes. */
  echo: [];
  /** An error code for a send that had been given up. */
  lateRefusal: [refusal: Refusal, afterMs: number];
  /** The modem did not come back into step: nothing more can be had over this port as it is. */
  stalled: [];
  closed: [cause: Error | undefined];
}
