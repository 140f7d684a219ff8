import type { Clock, Timer } from '../clock.ts';

/** Where it is remembered that several modems have one IMEI, as cheap sticks of one batch do. */
export interface ImeiRegister {
  isShared(imei: string): boolean;
  share(imei: string, at: number): void;
}

/** A modem that is there now. */
export interface PresentModem {
  readonly imei: string;
  /** Port, and socket on the USB where the system tells it. */
  readonly port: string;
  readonly socket: string | undefined;
  /** The SIM that it has in hand. */
  readonly simId: number | undefined;
}

/**
 * The old handle of a stick that was moved to another socket may outlive the move by some seconds: so long two modems
 * with one IMEI must be there together before they count as two.
 */
const confirmAfterMs = 15_000;

/** Tells modems with one IMEI apart: each gets an id of its own, by where it is plugged in, and keeps it. */
export class SharedImeis {
  readonly #register: ImeiRegister;
  readonly #clock: Clock;
  readonly #confirmed: () => void;
  readonly #suspected = new Map<string, Timer>();

  constructor(
    register: ImeiRegister,
    clock: Clock,
    /** Called when what `idOf` answers has changed. */
    confirmed: () => void,
  ) {
    this.#register = register;
    this.#clock = clock;
    this.#confirmed = confirmed;
  }

  stop(): void {
    for (const timer of this.#suspected.values()) timer.cancel();
    this.#suspected.clear();
  }

  /** The id of a modem: its IMEI, with its place where that says too little. */
  idOf(imei: string, port: string, socket: string | undefined): string {
    return this.#register.isShared(imei) ? `${imei}@${socket ?? port}` : imei;
  }

  /** These modems are there now. */
  compare(present: readonly PresentModem[]): void {
    const doubled = new Set(present.flatMap((modem) => (twinOf(modem, present) ? modem.imei : [])));
    for (const [imei, timer] of this.#suspected) {
      if (doubled.has(imei)) continue;
      timer.cancel();
      this.#suspected.delete(imei);
    }
    for (const imei of doubled) {
      if (this.#suspected.has(imei) || this.#register.isShared(imei)) continue;
      this.#suspected.set(
        imei,
        this.#clock.after(confirmAfterMs, () => this.#confirm(imei)),
      );
    }
  }

  /** Another modem with the same IMEI that is there now, once that is sure. */
  twin(modem: PresentModem, present: readonly PresentModem[]): PresentModem | undefined {
    return this.#register.isShared(modem.imei) ? twinOf(modem, present) : undefined;
  }

  #confirm(imei: string): void {
    this.#suspected.delete(imei);
    this.#register.share(imei, this.#clock.now());
    this.#confirmed();
  }
}

/** Two ports of one stick have one socket and one SIM; two sticks differ in one of the two. */
function twinOf(modem: PresentModem, present: readonly PresentModem[]): PresentModem | undefined {
  return present.find((other) => {
    if (other.port === modem.port || other.imei !== modem.imei) return false;
    if (other.socket !== undefined && modem.socket !== undefined) return other.socket !== modem.socket;
    return other.simId !== undefined && modem.simId !== undefined && other.simId !== modem.simId;
  });
}
