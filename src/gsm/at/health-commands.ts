import { numberFromUcs2 } from './character-set.ts';
import { type Command, query } from './commands.ts';
import { decimal, parameters } from './parameters.ts';

/** What +CESQ tells, TS 27.007 8.69; undefined where the technology has none of it, or it is not known. */
export interface ExtendedSignal {
  /** Received level of GSM, dBm. */
  readonly level: number | undefined;
  /** Reference signal of LTE, else the pilot's code power of UMTS, dBm. */
  readonly reference: number | undefined;
  /** RSRQ of LTE, else Ec/No of UMTS, dB. */
  readonly quality: number | undefined;
}

/** `offset + code * step` for codes from 0 to `last`: every other one means "not known". */
function scaled(text: string | undefined, offset: number, step: number, last: number): number | undefined {
  const code = decimal(text);
  return code !== undefined && code >= 0 && code <= last ? offset + code * step : undefined;
}

/** `rxlev, ber, rscp, ecno, rsrq, rsrp`, each in codes of its own. */
export const readExtendedSignal: Command<ExtendedSignal> = {
  ...query('AT+CESQ', ['+CESQ:']),
  parse: (lines) => {
    const [rxlev, , rscp, ecno, rsrq, rsrp] = parameters(lines.at(-1) ?? '');
    return {
      level: scaled(rxlev, -111, 1, 63),
      reference: scaled(rsrp, -141, 1, 97) ?? scaled(rscp, -121, 1, 96),
      quality: scaled(rsrq, -20, 0.5, 34) ?? scaled(ecno, -24.5, 0.5, 49),
    };
  },
};

/**
 * The service centre's number, TS 27.005 3.3.1, with its plus where its type says international; undefined where none is
 * set. With the UCS-2 character set it comes as hexadecimal, four digits a character.
 */
export const readServiceCentre: Command<string | undefined> = {
  ...query('AT+CSCA?', ['+CSCA:'], 10_000),
  parse: (lines) => {
    const [address = '', type] = parameters(lines.at(-1) ?? '');
    const number = numberFromUcs2(address);
    if (!/^\+?\d{3,20}$/.test(number)) return undefined;
    return type === '145' && !number.startsWith('+') ? `+${number}` : number;
  },
};
