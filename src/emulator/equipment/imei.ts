import { luhnDigit } from '../network/luhn.ts';

let made = 0;

/** Another IMEI at each call, of a type allocation that no maker has; the same ones in each process. */
export function madeUpImei(): string {
  made += 1;
  const body = `35000000${String(made).padStart(6, '0')}`;
  return body + luhnDigit(body);
}
