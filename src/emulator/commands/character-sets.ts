import { InvalidParameter } from '../at/parameters.ts';
import { ok } from '../at/reply.ts';
import type { CommandDefinition } from './definition.ts';

const chosen: CommandDefinition = {
  name: '+CSCS',
  test: ({ profile }) => ok(`+CSCS: (${profile.characterSets.map((name) => `"${name}"`).join(',')})`),
  read: ({ settings }) => ok(`+CSCS: "${settings.characterSet}"`),
  set({ settings, profile }, parameters) {
    const name = profile.characterSets.find((known) => known === parameters.text(0).toUpperCase());
    if (!name) throw new InvalidParameter(0);
    settings.characterSet = name;
    return ok();
  },
};

/** The character set of strings (27.007 5.5). */
export const characterSetCommands: readonly CommandDefinition[] = [chosen];
