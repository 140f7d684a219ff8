/** How full a message store is, and with what. */
export interface StoreState {
  /** Its name in +CPMS: `SM`, `ME`, `MT`, `SR`. */
  readonly storage: string;
  readonly used: number;
  readonly total: number;
  /** Four fifths of it are used, or all of it is. */
  readonly filling: boolean;
  readonly full: boolean;
  /** Whether nothing more comes in when it is full. */
  readonly arriving: boolean;
  /** Texts there that others stored (sent, or not yet sent): they are left alone. */
  readonly foreign: number;
  /** Texts that were taken in and cannot be deleted. */
  readonly stuck: number;
}

/** What a sample shows of a modem beside its network; undefined is "not known, or not told by this modem". */
export interface ModemHealth {
  /** Reference signal of LTE, or the pilot's code power of UMTS, dBm. */
  readonly reference: number | undefined;
  /** RSRQ of LTE, or Ec/Io of UMTS, dB. */
  readonly quality: number | undefined;
  readonly noiseRatio: number | undefined;
  readonly band: string | undefined;
  /** Degrees Celsius. */
  readonly temperature: number | undefined;
  /** Volts. */
  readonly supply: number | undefined;
  readonly stores: readonly StoreState[];
}
