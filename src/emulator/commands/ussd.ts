import { decodeHost } from '../at/character-set.ts';
import { ok } from '../at/reply.ts';
import type { CommandDefinition } from './definition.ts';

/** Unstructured supplementary service data (27.007 7.15): the answer comes later, unsolicited. */
const ussd: CommandDefinition = {
  name: '+CUSD',
  needs: 'sim',
  test: () => ok('+CUSD: (0-2)'),
  read: ({ settings }) => ok(`+CUSD: ${settings.ussdReports ? 1 : 0}`),
  set({ settings, equipment }, parameters) {
    const mode = parameters.integer(0, [0, 1, 2], 0);
    const input = parameters.has(1) ? decodeHost(parameters.text(1), settings.characterSet) : undefined;
    parameters.integer(2, { from: 0, to: 255 }, 15);
    if (mode !== 2) settings.ussdReports = mode === 1;
    if (equipment.sim && (mode === 2 || input !== undefined)) {
      equipment.network.ussd(equipment.sim, mode === 2 ? undefined : input);
    }
    return ok();
  },
};

export const ussdCommands: readonly CommandDefinition[] = [ussd];
