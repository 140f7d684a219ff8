import { action, type Command } from './commands.ts';
import { readServiceCentre } from './health-commands.ts';
import { parameters } from './parameters.ts';

/** `silent`: the modem answered without a word about it, as some do when it was wiped and others when they do not know. */
export type ServiceCentreAnswer =
  | { readonly kind: 'set'; readonly number: string }
  | { readonly kind: 'empty' | 'silent' };

/** Whether the SIM has a service centre, and which: TS 27.005 3.3.1. */
export const askServiceCentre: Command<ServiceCentreAnswer> = {
  ...readServiceCentre,
  parse: (lines) => {
    const number = readServiceCentre.parse(lines);
    if (number !== undefined) return { kind: 'set', number };
    const empty = lines.length > 0 && parameters(lines.at(-1) ?? '')[0] === '';
    return { kind: empty ? 'empty' : 'silent' };
  },
};

/** Writes the service centre onto the card. */
export function setServiceCentre(number: string): Command<void> {
  return action(`AT+CSCA="${number}",${number.startsWith('+') ? 145 : 129}`, 10_000);
}
