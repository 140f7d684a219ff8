import { decodeHost } from '../at/character-set.ts';
import { unpackText } from '../at/packed-text.ts';
import { error, ok } from '../at/reply.ts';
import type { CommandContext, CommandDefinition } from './definition.ts';

const ucs2 = 72;

/** What the host typed, as text; a modem that wants packed septets refuses anything else but UCS-2. */
function inputOf({ profile, settings }: CommandContext, written: string, coding: number): string {
  if (coding === ucs2) return decodeHost(written, 'UCS2');
  if (!profile.packsUssd?.(settings)) return decodeHost(written, settings.characterSet);
  const text = unpackText(written);
  if (text === undefined) throw error();
  return text;
}

/**
 * Unstructured supplementary service data (27.007 7.15): the answer comes later, unsolicited, and never where the modem is
 * registered for packets alone.
 */
const ussd: CommandDefinition = {
  name: '+CUSD',
  needs: 'sim',
  test: () => ok('+CUSD: (0-2)'),
  read: ({ settings }) => ok(`+CUSD: ${settings.ussdReports ? 1 : 0}`),
  set(context, parameters) {
    const { settings, equipment } = context;
    const mode = parameters.integer(0, [0, 1, 2], 0);
    const coding = parameters.integer(2, { from: 0, to: 255 }, 15);
    const input = parameters.has(1) ? inputOf(context, parameters.text(1), coding) : undefined;
    if (mode !== 2) settings.ussdReports = mode === 1;
    if (equipment.sim && equipment.radio.hasCircuits && (mode === 2 || input !== undefined)) {
      equipment.network.ussd(equipment.sim, mode === 2 ? undefined : input);
    }
    return ok();
  },
};

export const ussdCommands: readonly CommandDefinition[] = [ussd];
