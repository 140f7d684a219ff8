import type { StationOptions } from '../../emulator/emulation.ts';
import { luhnDigit } from '../../emulator/network/luhn.ts';
import { huaweiE173 } from '../../emulator/profiles/huawei-e173.ts';
import { quectelEc25 } from '../../emulator/profiles/quectel-ec25.ts';
import { sierraMc7304 } from '../../emulator/profiles/sierra-mc7304.ts';
import { sim7600 } from '../../emulator/profiles/sim7600.ts';

/** The PIN of the SIM that has to be unlocked; the demo says it. */
export const officePin = '1234';

interface Desk extends StationOptions {
  readonly label: string;
  readonly technology: string;
}

/** A small office: four modems of different makers, one far from the window, one whose SIM asks for its PIN. */
export const office: readonly Desk[] = [
  { label: 'Alerts', profile: quectelEc25, signal: 25, technology: 'LTE', imei: imeiOf(0) },
  { label: 'Appointments', profile: sierraMc7304, signal: 19, technology: 'LTE', imei: imeiOf(1) },
  { label: 'Warehouse', profile: sim7600, signal: 4, technology: 'LTE', imei: imeiOf(2) },
  {
    label: 'Front desk',
    profile: huaweiE173,
    signal: 17,
    pin: officePin,
    technology: 'UMTS',
    imei: imeiOf(3),
  },
];

/** The IMEI of the modem at a place, of a type allocation that no maker has. */
export function imeiOf(place: number): string {
  const body = `3500000010000${place}`;
  return body + luhnDigit(body);
}

/** What the office writes, by its modem. */
export const outgoing: readonly (readonly string[])[] = [
  [
    'Alarm: freezer 2 in the laboratory is at −61 °C. Confirm with OK.',
    'Alarm: freezer 2 was not confirmed. Next on call: Ms Okafor.',
    'Water sensor in the cellar: dry again.',
  ],
  [
    'Reminder: your appointment is on Thursday at 10:15. Answer C to cancel.',
    'Your results are ready. Please call us between 8 and 12.',
    'Done: Thursday at 9:30. See you then.',
  ],
  [
    'Gate 4 is free. Please pull forward.',
    'Gate 2 is closed until 15:00. Please use gate 3 on the north side; the yard master shows you the way, and the forklift meets you there with the papers for both trailers.',
    'Your pallets are ready at gate 1.',
  ],
  ['A parcel for you is at the front desk.', 'Your visitor, Mr Lindqvist, is waiting downstairs. ☕'],
];

/** What people write to it. */
export const incoming: readonly string[] = [
  'OK, on my way',
  'C',
  'Can we move it to Thursday morning? After 9 is fine',
  'Is parking free on Saturday?',
  'Thank you!',
  'At gate 2 in ten minutes',
  'OK',
];
