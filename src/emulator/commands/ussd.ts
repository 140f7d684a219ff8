import { decodeHost } from '../at/character-set.ts';
import { unpackText } from '../at/packed-text.ts';
import { error, ok } from '../at/reply.ts';
import type { CommandContext, CommandDefinition } from './definition.ts';

/** What the host typed, as text; a modem that wants packed septets refuses anything else. */
function inputOf({ profile, settings }: CommandContext, written: string): string {
  if (!profile.packsUssd?.(settings)) return decodeHost(written, settings.characterSet);
  const text = unpackText(written);
  if (text === undefined) throw error();
  return text;
}

/** Unstructured supplementary service data (27.007 7.15): the answer comes later, unsolicited. */
const ussd: CommandDefinition = {
  name: '+CUSD',
  needs: 'sim',
  test: () => ok('+CUSD: (0-2)'),
  read: ({ settings }) => ok(`+CUSD: ${settings.ussdReports ? 1 : 0}`),
  set(context, parameters) {
    const { settings, equipment } = context;
    const mode = parameters.integer(0, [0, 1, 2], 0);
    const input = parameters.has(1) ? inputOf(context, parameters.text(1)) : undefined;
    parameters.integer(2, { from: 0, to: 255 }, 15);
    if (mode !== 2) settings.ussdReports = mode === 1;
    if (equipment.sim && (mode === 2 || input !== undefined)) {
      equipment.network.ussd(equipment.sim, mode === 2 ? undefined : input);
    }
    return ok();
  },
};

export const ussdCommands: readonly CommandDefinition[] = [ussd];
