import type { Refusal } from '../gsm/at/final-result.ts';
import type { ChannelLimits } from './at-channel.ts';
import type { CallEvent } from './incoming-call.ts';
import type { ModemFacts } from './modem-facts.ts';
import type { OpenDevices } from './open-devices.ts';
import type { RecoveryRecords } from './recovery-records.ts';
import type { SessionContext } from './session-context.ts';

export interface ModemEvents {
  /** Something in the facts changed. */
  changed: [facts: ModemFacts, before: ModemFacts];
  /** The answer to a send that had been given up. */
  lateSubmit: [reference: number];
  lateRefusal: [refusal: Refusal, afterMs: number];
  call: [event: CallEvent];
}

export interface ModemContext
  extends Omit<SessionContext, 'learn' | 'port' | 'usb' | 'lock' | 'desk' | 'deaf' | 'unheard' | 'early'> {
  readonly limits?: ChannelLimits;
  /** Whether a person let the modem of this id go, or the one at a port of this name. */
  readonly isDisabled?: (id: string) => boolean;
  /** What is known of the recovery of modems wherever they sit. */
  readonly records: RecoveryRecords;
  readonly devices: OpenDevices;
}
