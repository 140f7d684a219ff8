import type { CodeTries } from '../gsm/at/code-tries.ts';
import { readIccidFile, readIccidWays, readImsi, readOwnNumber } from '../gsm/at/commands.ts';
import { normaliseIccid } from './iccid.ts';
import type { Ask, Profile } from './profiles/index.ts';
import type { SimIdentity } from './sim-directory.ts';

/** Reads the ICCID by the ways that makers offer, the family's own first, until one gives a number that is one. */
export async function readIccid(ask: Ask, { iccidWays }: Profile): Promise<string | undefined> {
  const own = new Set(iccidWays.map(({ text }) => text));
  const others = readIccidWays.filter(({ text }) => !own.has(text));
  for (const way of [...iccidWays, ...others, readIccidFile]) {
    const digits = await ask(way);
    const iccid = digits && normaliseIccid(digits);
    if (iccid) return iccid;
  }
  return undefined;
}

/** What can be read of the card now; the IMSI only once the PIN was entered. */
export async function readSimIdentity(ask: Ask, profile: Profile): Promise<SimIdentity> {
  return { iccid: await readIccid(ask, profile), imsi: await ask(readImsi) };
}

/** The number that the SIM believes to be its own, in E.164 form, or undefined. */
export async function readProposedNumber(ask: Ask): Promise<string | undefined> {
  const number = await ask(readOwnNumber);
  return number && /^\+[1-9]\d{6,14}$/.test(number) ? number : undefined;
}

/** How often a code may still be entered, by the family's own way first; undefined where no way tells. */
export async function readTries(
  ask: Ask,
  code: keyof CodeTries,
  { codeTriesWays }: Profile,
): Promise<number | undefined> {
  const asked = new Set<string>();
  for (const way of codeTriesWays) {
    if (asked.has(way.text)) continue;
    asked.add(way.text);
    const tries = (await ask(way))?.[code];
    if (tries !== undefined) return tries;
  }
  return undefined;
}

/** ` 2 tries left.`, or nothing where the modem does not count them. */
export function triesLeft(tries: number | undefined): string {
  return tries === undefined ? '' : ` ${tries} ${tries === 1 ? 'try' : 'tries'} left.`;
}
