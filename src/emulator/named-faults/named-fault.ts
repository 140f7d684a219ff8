import type { Faults } from '../faults.ts';
import type { EmulatedModem } from '../modem.ts';

/** What strikes a modem, and takes itself back after a while. */
export interface Target {
  readonly modem: EmulatedModem;
  /** Turns switches, and turns them off again after so many seconds; with 0 not before the modem is mended. */
  suffers(faults: Partial<Faults>, seconds: number): void;
  /** Does something after so many seconds, or when the modem is mended. */
  later(seconds: number, act: () => void): void;
}

/** A whole number behind a fault's word. */
export interface Amount {
  readonly name: 'seconds' | 'milliseconds' | 'times' | 'code' | 'octets';
  /** What it is when it is left out. */
  readonly usual: number;
  readonly least: number;
  readonly most: number;
}

/** A fault that can be asked for by its word. */
export interface NamedFault {
  readonly word: string;
  readonly amounts: readonly Amount[];
  /** What the modem does from then on. */
  readonly tells: string;
  readonly strike: (target: Target, first: number, second: number) => void;
}

/** How long a fault lasts; 0 for as long as nobody mends it. */
export function seconds(usual: number): Amount {
  return { name: 'seconds', usual, least: 0, most: 86_400 };
}

export const times: Amount = { name: 'times', usual: 1, least: 1, most: 10_000 };

export function code(usual: number): Amount {
  return { name: 'code', usual, least: 0, most: 65_535 };
}

export function milliseconds(usual: number): Amount {
  return { name: 'milliseconds', usual, least: 0, most: 600_000 };
}
