import { createRequire } from 'node:module';
import type { PhoneNumber } from 'libphonenumber-js/max';
import { e164 } from '../contract/phone-number.ts';
import type { Address } from '../gsm/pdu/index.ts';

/** The numbering plans of the world take 20 MB: they are loaded when the first number is read. */
let plans: typeof import('libphonenumber-js/max') | undefined;

function numberingPlans() {
  plans ??= createRequire(import.meta.url)('libphonenumber-js/max') as typeof import('libphonenumber-js/max');
  return plans;
}

/** Types of number (TS 23.040 9.1.2.5). */
const national = 2;
const alphanumeric = 5;

/** Shorter ones are numbers of services, whatever a numbering plan would make of them. */
const shortestNumber = 7;

/** Where the country code is also what is dialled before a national number. */
const northAmerica = '1';

/** What is dialled before an international number, nearly everywhere and in North America. */
const internationalPrefixes = ['00', '011'];

/**
 * The international form of a sender, where it is sure: it came so, or a numbering plan has exactly one reading of it in
 * the SIM's country. Undefined for names, service numbers, and whatever could be read in two ways.
 *
 * @param countryOf tells where numbers written nationally belong, ISO 3166-1; asked only of those
 */
export function internationalSender(
  { address, ton }: Pick<Address, 'address' | 'ton'>,
  countryOf: () => string | undefined,
): string | undefined {
  if (ton === alphanumeric) return undefined;
  if (e164.safeParse(address).success) return address;
  if (!/^\d+$/.test(address) || address.length < shortestNumber) return undefined;
  const country = countryOf();
  if (country === undefined) return undefined;
  const { isSupportedCountry, parsePhoneNumberFromString } = numberingPlans();
  if (!isSupportedCountry(country)) return undefined;
  const number = parsePhoneNumberFromString(address, country);
  if (!number?.isValid() || !e164.safeParse(number.number).success) return undefined;
  return ton === national || isWrittenInFull(address, number) ? number.number : undefined;
}

/** The country of a number in international form, where its first digits tell one. */
export function countryOfNumber(number: string | undefined): string | undefined {
  return number === undefined ? undefined : numberingPlans().parsePhoneNumberFromString(number)?.country;
}

/**
 * With all that is dialled before it: the trunk prefix where the country has one, or the international prefix. Digits
 * that only make a number once a prefix is put before them may be a service of the network.
 */
function isWrittenInFull(digits: string, number: PhoneNumber): boolean {
  const { countryCallingCode: code, nationalNumber } = number;
  const asDialled = number.formatNational().replace(/\D/g, '');
  if (digits === asDialled) return true;
  if (code === northAmerica && digits === code + nationalNumber) return true;
  return internationalPrefixes.some((prefix) => digits === prefix + code + nationalNumber);
}

/** The ways in which a network may have written a number that could not be told for sure: itself first. */
export function writtenForms(number: string): string[] {
  const parsed = e164.safeParse(number).success
    ? numberingPlans().parsePhoneNumberFromString(number)
    : undefined;
  if (!parsed) return [number];
  const digits = number.slice(1);
  const asDialled = parsed.formatNational().replace(/\D/g, '');
  const forms = [number, digits, ...internationalPrefixes.map((prefix) => prefix + digits), asDialled];
  return [...new Set(forms)].filter((form) => form.length >= shortestNumber);
}
