import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { ModemDesk } from './desk/modem-desk.ts';
import type { Arrival } from './message-stores.ts';
import type { ModemFacts } from './modem-facts.ts';
import type { PresumedCards } from './presumed-cards.ts';
import type { UsbPlace } from './profiles/index.ts';
import type { ReportStoreMemory } from './report-stores.ts';
import type { SimDirectory, SimHints } from './sim-directory.ts';
import type { SimLock } from './sim-lock.ts';
import type { BearerMemory } from './text-bearer.ts';
import type { UssdMemory } from './ussd/ussd-memory.ts';

/** An arrival with the SIM that it came to; `imported` when it lay there before this gateway knew the SIM. */
export interface SimArrival extends Arrival {
  readonly simId: number;
  readonly imported: boolean;
}

/** A text or report that the modem handed over, for whatever SIM is in it. */
export interface EarlyArrival {
  readonly pdu: string;
  readonly tpduLength: number;
}

/** What a session needs from outside. */
export interface SessionContext {
  /** Stands for the modem until its IMEI is read. */
  readonly port: string;
  readonly usb?: UsbPlace | undefined;
  /** Whether it was found before that this port tells nothing of what arrives. */
  readonly deaf?: boolean;
  readonly clock: Clock;
  readonly log: Logger;
  readonly sims: SimDirectory;
  /** What a modem with this IMEI at this port is called. */
  readonly idOf: (imei: string) => string;
  readonly lock: SimLock;
  /** Which card a modem has that was only restarted. */
  readonly cards: PresumedCards;
  /** Where a person deals with the modem while the session lasts. */
  readonly desk: Pick<ModemDesk, 'attach' | 'detach'>;
  /** Over which side of the network texts of a SIM left before. */
  readonly bearers: BearerMemory;
  /** Which stores modems named as holding status reports. */
  readonly reportStores: ReportStoreMemory;
  /** How modems want the codes of USSD. */
  readonly ussd: UssdMemory;
  readonly hints: Pick<SimHints, 'number' | 'pin'>;
  /** Puts an arrival on disk before it returns; throws when it cannot. */
  readonly keep: (arrival: SimArrival) => boolean;
  /** Called when the modem has confirmed that a place is empty. */
  readonly deleted: (place: { simId: number; storage: string; index: number }) => void;
  /** What the modem said since the session before. */
  readonly unheard?: string;
  /** What arrived while no SIM was known: it waits here for one, also from one session to the next. */
  readonly early: EarlyArrival[];
  /** Called with what became known. */
  readonly learn: (facts: Partial<ModemFacts>) => void;
}
