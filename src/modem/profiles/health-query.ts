import { type Command, query } from '../../gsm/at/commands.ts';
import { parameters } from '../../gsm/at/parameters.ts';

/** What a modem tells of its health in the words of its maker; what it does not tell is left out. */
export interface HealthReading {
  /** What +CSQ calls signal strength. */
  readonly signalDbm?: number;
  /** Reference signal of LTE, or the pilot's code power of UMTS. */
  readonly referenceSignalDbm?: number;
  /** RSRQ of LTE, or Ec/Io of UMTS. */
  readonly qualityDb?: number;
  readonly noiseRatioDb?: number;
  readonly technology?: string;
  readonly band?: string;
  readonly temperatureCelsius?: number;
  readonly supplyMillivolts?: number;
}

/** A question about health that only some makers' modems answer; one that is refused is not asked again. */
export type HealthQuery = Command<HealthReading>;

type Readings = { readonly [Key in keyof HealthReading]: HealthReading[Key] | undefined };

/** A question whose answer begins with `prefix`; `read` gets the parameters of each line. */
export function healthQuery(
  text: string,
  prefix: string,
  read: (values: readonly string[], lines: readonly (readonly string[])[]) => Readings,
): HealthQuery {
  return {
    ...query(text, [prefix]),
    parse: (lines) => {
      const all = lines.map(parameters);
      return known(read(all[0] ?? [], all));
    },
  };
}

/** Leaves out what is undefined. */
export function known(readings: Readings): HealthReading {
  return Object.fromEntries(Object.entries(readings).filter(([, value]) => value !== undefined));
}

/** A number with or without a fraction. */
export function numeric(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}

/** `offset + step * code` in steps of `step`, for codes from 0 to `last`; every other code means "not known". */
export function scaled(
  text: string | undefined,
  offset: number,
  step: number,
  last: number,
): number | undefined {
  const code = numeric(text);
  if (code === undefined || code < 0 || code > last) return undefined;
  return Math.round((offset + step * code) * 10) / 10;
}

/** A measured value that lies where such a value can lie: what is out of range means "no such sensor". */
export function plausible(value: number | undefined, least: number, most: number): number | undefined {
  return value !== undefined && value >= least && value <= most ? value : undefined;
}

/** Degrees that a module can have; some write tenths of them. */
export function celsius(text: string | undefined): number | undefined {
  const value = numeric(text);
  if (value === undefined) return undefined;
  return plausible(Math.abs(value) > 150 ? value / 10 : value, -60, 150);
}

/** Supply voltage as makers write it: `3953`, `3.749V`, or hundredths of a volt. */
export function millivolts(text: string | undefined): number | undefined {
  const value = numeric(text?.replace(/\s*m?V$/i, ''));
  if (value === undefined) return undefined;
  const scale = value < 20 ? 1_000 : value < 1_000 ? 10 : 1;
  return plausible(Math.round(value * scale), 1_500, 20_000);
}

/** The supply by +CBC, TS 27.007 8.4, where the maker adds the voltage behind the charge, or gives it alone. */
export const readSupply = healthQuery('AT+CBC', '+CBC:', (values) => ({
  supplyMillivolts: millivolts(values[2] ?? (/V$/i.test(values[0] ?? '') ? values[0] : undefined)),
}));
