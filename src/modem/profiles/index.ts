import { cinterion } from './cinterion.ts';
import { generic } from './generic.ts';
import { huawei } from './huawei.ts';
import type { Profile, Signs } from './profile.ts';
import { quectel } from './quectel.ts';
import { sierra } from './sierra.ts';
import { simcomGsm } from './simcom-gsm.ts';
import { simcomLte } from './simcom-lte.ts';
import { telit } from './telit.ts';
import { uBlox } from './u-blox.ts';
import { wavecom } from './wavecom.ts';
import { zte } from './zte.ts';

export { generic } from './generic.ts';
export type { HealthQuery, HealthReading } from './health-query.ts';
export type {
  Ask,
  Family,
  IndicationPreference,
  Profile,
  ServiceStart,
  StorePreference,
  UsbPlace,
  UssdPreference,
} from './profile.ts';

/** Every family, the ones that are told apart by more than their maker before those that are not. */
export const profiles: readonly Profile[] = [
  simcomGsm,
  simcomLte,
  huawei,
  quectel,
  telit,
  uBlox,
  wavecom,
  sierra,
  cinterion,
  zte,
];

/** What a modem says of itself, and what the USB says of it. */
export interface Evidence {
  readonly manufacturer: string | undefined;
  readonly model: string | undefined;
  /** Four hexadecimal digits, lower case. */
  readonly usbVendor: string | undefined;
}

/** The family of a modem, by what it says; by its USB vendor where it says nothing. */
export function profileFor(evidence: Evidence): Profile {
  const fitting = (fits: (signs: Signs) => boolean) => profiles.find(({ signs }) => signs.some(fits));
  return (
    fitting((signs) => saysSo(signs, evidence)) ??
    (silent(evidence) ? fitting((signs) => comesFrom(signs, evidence.usbVendor)) : undefined) ??
    generic
  );
}

function saysSo({ manufacturer, model, usbVendors }: Signs, evidence: Evidence): boolean {
  if (usbVendors) return false;
  const fits = (pattern: RegExp | undefined, text = '') => pattern === undefined || pattern.test(text.trim());
  return fits(manufacturer, evidence.manufacturer) && fits(model, evidence.model);
}

function silent({ manufacturer, model }: Evidence): boolean {
  return manufacturer === undefined && model === undefined;
}

function comesFrom({ usbVendors }: Signs, vendor: string | undefined): boolean {
  return vendor !== undefined && (usbVendors?.includes(vendor.toLowerCase()) ?? false);
}
