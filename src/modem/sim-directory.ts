/** What is known of a SIM by reading it. One of the two is there, except where a modem tells nothing of a card, or of a locked one. */
export interface SimIdentity {
  readonly iccid: string | undefined;
  readonly imsi: string | undefined;
}

/** What a person said about the SIM that would be found at a port, and what the SIM says of itself. */
export interface SimHints {
  readonly number: string | undefined;
  readonly pin: string | undefined;
  /** From +CNUM: a proposal, beaten by whatever a person said. */
  readonly proposedNumber: string | undefined;
}

/** Where a SIM hands its texts over. What a person set beats what the card says; what the card said is only remembered. */
export interface ServiceCentre {
  readonly number: string;
  readonly byPerson: boolean;
}

/** A SIM as this gateway knows it. */
export interface KnownSim {
  readonly simId: number;
  readonly number: string | undefined;
  readonly label: string | undefined;
  /** Set while nothing may be sent from it: the sentence says which two numbers contradict each other. */
  readonly conflict: string | undefined;
  /** The service centre that this SIM is to have, in E.164 form or as the card had it. */
  readonly serviceCentre: ServiceCentre | undefined;
  /** Whether its stores were never emptied by this gateway: what lies there then is imported, not received. */
  readonly undrained: boolean;
}

/**
 * Where SIMs are remembered: number and PIN hang on the card, wherever it turns up. `modemId` stands for a card that
 * tells neither of its ids.
 */
export interface SimDirectory {
  /** Finds or makes the entry of a SIM; hints apply only where the entry has nothing of its own. */
  recognise(identity: SimIdentity, hints: SimHints, modemId: string): KnownSim;
  /** The SIM with this ICCID, which could be read while it was locked; undefined for one that was never open here. */
  known(iccid: string): KnownSim | undefined;
  /** All that lay on this SIM when it was first seen is taken in. */
  drained(simId: number): void;
  /** This service centre was read off the card. */
  serviceCentreRead(simId: number, number: string): void;
  /**
   * The PIN to try for this SIM, or why there is none to try. A card that is not named gets the one of its port once,
   * being the one found there; after that nothing tells it from another.
   */
  pinFor(identity: SimIdentity, hint: string | undefined, modemId: string): PinChoice;
  /** This PIN was refused by this SIM, or is about to be tried: unless it is accepted it is never tried again. */
  pinRefused(identity: SimIdentity, pin: string, modemId: string): void;
  /** What became of this PIN is not known, and the modem counts the tries: it may be sent again. */
  pinUndecided(identity: SimIdentity, pin: string, modemId: string): void;
  /** This PIN opened this SIM. */
  pinAccepted(identity: SimIdentity, pin: string, modemId: string): void;
  /** A person gave this SIM this PIN: it is kept in the place of any other. */
  pinChanged(identity: SimIdentity, pin: string, modemId: string): void;
}

/** `unknown-card`: there is one, but nothing tells that this is the card that it is for. */
export type PinChoice =
  | { readonly kind: 'pin'; readonly pin: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'refused-before' }
  | { readonly kind: 'unknown-card' };

/** Whether the card told who it is. */
export function isNamed({ iccid, imsi }: SimIdentity): boolean {
  return iccid !== undefined || imsi !== undefined;
}
