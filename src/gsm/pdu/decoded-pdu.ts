import type { Command } from './command.ts';
import type { Problem } from './decode-error.ts';
import type { Deliver } from './deliver.ts';
import type { DeliverReport, SubmitReport } from './report.ts';
import type { ServiceCentre } from './smsc.ts';
import type { Span } from './span.ts';
import type { StatusReport } from './status-report.ts';
import type { Submit } from './submit.ts';

/** A TPDU of a reserved type that does not read as a DELIVER either. */
export interface Reserved {
  readonly kind: 'reserved';
  readonly firstOctet: number;
  readonly tpduHex: string;
}

export type Tpdu = Deliver | Submit | StatusReport | Command | DeliverReport | SubmitReport | Reserved;

export type Kind = Tpdu['kind'];

/** What surrounds the TPDU. `smsc` is absent when the PDU has no SMSC part. */
export interface Envelope extends Partial<ServiceCentre> {
  /** Octets without the SMSC part, as AT+CMGS and +CMGR count. */
  readonly tpduLength: number;
  /** What was wrong or remarkable, in the order it was met; always empty in strict mode. */
  readonly problems: readonly Problem[];
  /** On request: which octets and bits are which field. */
  readonly spans?: readonly Span[];
}

export type DecodedPdu = Tpdu & Envelope;

/** `MO` from the mobile to the network, `MT` to the mobile. */
export type Direction = 'MO' | 'MT';
