import { type Command, imeiBy } from '../gsm/at/commands.ts';
import type { AtChannel } from './at-channel.ts';
import { optional } from './optional.ts';

/** Some answer the first with the serial number of the case, some know only one of them. */
const ways: readonly Command<string | undefined>[] = ['AT+CGSN', 'AT+CGSN=1', 'AT+GSN', 'ATI'].map(imeiBy);

/** Reads the IMEI; of what the modem answers, what has a right check digit is believed first. */
export async function readImei(channel: AtChannel): Promise<string | undefined> {
  let doubtful: string | undefined;
  for (const way of ways) {
    const digits = await optional(channel, way);
    if (digits === undefined) continue;
    const imei = normaliseImei(digits);
    if (imei && isSure(digits)) return imei;
    doubtful ??= imei;
  }
  return doubtful;
}

/**
 * An IMEI of 15 digits (TS 23.003 6.2.1) of a run of 14 to 17: without its check digit it gets it, of an IMEI with
 * software version (6.2.2) the first 14 count. Undefined where all digits are one: that is none that a maker gave.
 */
export function normaliseImei(digits: string): string | undefined {
  if (/^(\d)\1*$/.test(digits)) return undefined;
  if (digits.length === 15 || hasCheckDigit(digits.slice(0, 15))) return digits.slice(0, 15);
  const body = digits.slice(0, 14);
  return body + checkDigit(body);
}

function isSure(digits: string): boolean {
  return digits.length === 15 && hasCheckDigit(digits);
}

function hasCheckDigit(digits: string): boolean {
  return digits.length === 15 && checkDigit(digits.slice(0, 14)) === digits.at(-1);
}

/** The Luhn digit, TS 23.003 annex B. */
function checkDigit(body: string): string {
  const sum = [...body].reduce((total, digit, at) => {
    const value = at % 2 === 0 ? Number(digit) : Number(digit) * 2;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}
