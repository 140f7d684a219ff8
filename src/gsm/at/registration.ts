import { decimal } from './parameters.ts';

/** AT+CREG, AT+CGREG and AT+CEREG: the three networks a SIM can be known to. */
export type RegistrationDomain = 'circuit' | 'packet' | 'evolved';

export type RegistrationState = 'home' | 'roaming' | 'searching' | 'denied' | 'none';

/** A domain's registration: `stat` as TS 27.007 7.2 numbers it, `technology` its AcT in words where it was told. */
export interface Registration {
  readonly stat: number;
  readonly state: RegistrationState;
  readonly technology: string | undefined;
  /** Location or tracking area, and cell, where they were told. */
  readonly area: number | undefined;
  readonly cell: number | undefined;
}

/** Stat values under which texts pass: home, roaming, both "SMS only", and both "CSFB not preferred". */
const states: Readonly<Record<number, RegistrationState>> = {
  0: 'none',
  1: 'home',
  2: 'searching',
  3: 'denied',
  4: 'none',
  5: 'roaming',
  6: 'home',
  7: 'roaming',
  8: 'none',
  9: 'home',
  10: 'roaming',
  11: 'none',
};

/** Access technologies, TS 27.007 7.3, as a person calls them. */
const technologies: Readonly<Record<number, string>> = {
  0: 'GSM',
  1: 'GSM',
  2: 'UMTS',
  3: 'EDGE',
  4: 'HSDPA',
  5: 'HSUPA',
  6: 'HSPA',
  7: 'LTE',
  8: 'EC-GSM-IoT',
  9: 'NB-IoT',
  10: 'LTE',
  11: '5G',
  12: '5G',
  13: 'LTE',
};

/** The words for an AcT number; undefined where it is unknown. */
export function technologyName(accessTechnology: number | undefined): string | undefined {
  return accessTechnology === undefined ? undefined : technologies[accessTechnology];
}

/** Reads `stat[,lac,ci[,AcT]]`, as it stands in an unsolicited result and behind the first value of a read answer. */
export function registrationOf(values: readonly string[]): Registration | undefined {
  const [first, area, ...rest] = values;
  const stat = decimal(first);
  if (stat === undefined) return undefined;
  const [cell, accessTechnology] = hasRoutingArea(values) ? rest.slice(1) : rest;
  return {
    stat,
    state: states[stat] ?? 'none',
    technology: technologyName(decimal(accessTechnology)),
    area: hexadecimal(area),
    cell: hexadecimal(cell),
  };
}

/** Some LTE modems put the routing area, of one octet, between tracking area and cell. */
function hasRoutingArea([, , third, fourth, fifth]: readonly string[]): boolean {
  return (
    fifth !== undefined && /^[0-9A-Fa-f]{2}$/.test(third ?? '') && /^[0-9A-Fa-f]{5,8}$/.test(fourth ?? '')
  );
}

function hexadecimal(text: string | undefined): number | undefined {
  return text !== undefined && /^[0-9A-Fa-f]{1,8}$/.test(text) ? Number.parseInt(text, 16) : undefined;
}

/**
 * Whether a line is the answer to `AT+CREG?`, whose first value is the reporting mode, and not an unsolicited
 * `+CREG:`, whose first value is the state: only the answer has a bare number of one or two digits in second place,
 * or of three or four where the modem puts zeros before all of its numbers.
 */
export function isRegistrationAnswer(values: readonly string[], rawSecond: string | undefined): boolean {
  const [mode = ''] = values;
  const state = mode.length > 1 ? /^0\d{2,3}$/ : /^\d{1,2}$/;
  return values.length >= 2 && /^0{0,2}[0-5]$/.test(mode) && state.test(rawSecond?.trim() ?? '');
}

/** How a modem stands in each domain that it knows. */
export type RegistrationStates = Readonly<Partial<Record<RegistrationDomain, RegistrationState>>>;

/**
 * Whether the network let the SIM attach for data and denied it the rest. Texts go over the circuit-switched side, over
 * GPRS, or over LTE: there through the circuit-switched core (SGs, TS 23.272 8.2), or over IMS (TS 23.204). A domain
 * that is merely not there says nothing, for an LTE modem may show nothing in +CREG. One that is denied leaves IMS.
 */
export function isForDataAlone(states: RegistrationStates): boolean {
  return isRegistered(states) && states.circuit === 'denied';
}

/** Whether any domain is registered, for texts or for data alone. */
export function isRegistered(states: RegistrationStates): boolean {
  return Object.values(states).some((state) => state === 'home' || state === 'roaming');
}

/** `+CIREG: n,reg_info[,ext_info]`, TS 27.007 8.71: whether IMS is registered and, where it says so, carries texts. */
export function carriesTextsOverIms(values: readonly string[]): boolean {
  const [, registered, services] = values;
  if (registered !== '1') return false;
  return services === undefined || ((hexadecimal(services) ?? 0) & imsTexts) !== 0;
}

const imsTexts = 4;

/** Registration in an unsolicited result; some modems put the reporting mode before it, as in an answer. */
export function unsolicitedRegistrationOf(
  values: readonly string[],
  rawSecond: string | undefined,
): Registration | undefined {
  return registrationOf(isRegistrationAnswer(values, rawSecond) ? values.slice(1) : values);
}
