import { readFileSync } from 'node:fs';

/** A PDU with what its source says about it; see README.md. */
export interface PduVector {
  readonly id: string;
  readonly kind: string;
  readonly mode: 'decode' | 'encode+decode';
  readonly hasSmsc: boolean;
  readonly direction?: 'MO' | 'MT';
  readonly pdu: string;
  readonly tpduLength?: number;
  readonly valid: boolean;
  readonly overrideLocking?: number;
  readonly overrideSingle?: number;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly reference?: Readonly<Record<string, unknown>>;
  readonly canonical?: boolean;
  readonly notes?: string;
}

export interface Units {
  readonly addresses: readonly {
    readonly source: { readonly test: string };
    readonly hex: string;
    readonly valid: boolean;
    readonly toa?: number | null;
    readonly digits?: string | null;
    readonly text?: string;
    readonly smsc?: boolean;
    readonly octetsRead?: number;
    readonly mode?: 'encode';
  }[];
  readonly timestamps: readonly { readonly hex: string; readonly iso: string }[];
  readonly relativeValidity: readonly { readonly minutes: number; readonly vp: number }[];
  readonly septets: readonly {
    readonly text: string;
    readonly septets?: number;
    readonly packedHex?: string;
    readonly udhHex?: string;
    readonly udl?: number;
    readonly userDataHex?: string;
  }[];
  readonly segmentation: readonly {
    readonly text: { readonly repeat: string; readonly times: number; readonly then: string };
    readonly alphabet?: 'ucs2';
    readonly singleShift?: number;
    readonly parts: number | null;
    readonly partLengths?: readonly number[];
    readonly septets?: number;
  }[];
  readonly dcs: readonly { readonly dcs: number; readonly result: 'True' | 'False' }[];
  readonly udh: readonly {
    readonly hex: string;
    readonly valid: boolean;
    readonly ies?: readonly { readonly iei: number; readonly data: string }[] | null;
    readonly octetsRead?: number;
    readonly ports?: { readonly dest: number; readonly src: number; readonly bits: number };
  }[];
}

export interface AlphabetTables {
  readonly id: number;
  readonly locking: readonly (number | null)[] | null;
  readonly single: Readonly<Record<string, number>>;
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}

export const pduVectors = read('pdu.json') as readonly PduVector[];
export const units = read('units.json') as Units;
export const dcsTable = read('dcs-table.json') as readonly Readonly<
  Record<string, unknown> & { dcs: number }
>[];
export const alphabets = read('gsm7-tables.json') as {
  readonly default: AlphabetTables;
  readonly languages: readonly AlphabetTables[];
};
