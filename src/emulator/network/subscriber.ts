/** A text or report on its way from the network to a modem. */
export interface Arrival {
  readonly kind: 'deliver' | 'status-report';
  /** Upper-case hexadecimal: the service centre's address and the TPDU. */
  readonly pdu: string;
  /** Octets of the TPDU alone. */
  readonly length: number;
}

/** How a modem took an arrival: RP-ACK, memory capacity exceeded, or no acknowledgement at all. */
export type Acceptance = 'accepted' | 'full' | 'unacknowledged';

/** A modem as the network sees it while a SIM in it is registered. */
export interface Subscriber {
  arrive(arrival: Arrival): Acceptance | Promise<Acceptance>;
  /** A call begins to ring; `number` is undefined when the caller hides it. */
  ring(number: string | undefined): void;
  callEnded(): void;
  /** The network's word in a USSD dialogue: 0 done, 1 wants an answer, 2 ended (27.007 7.15). */
  ussd(status: number, text: string | undefined): void;
}
