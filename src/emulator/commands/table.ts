import { ok } from '../at/reply.ts';
import type { Profile } from '../profiles/profile.ts';
import { basicCommands } from './basic.ts';
import { callCommands } from './calls.ts';
import { characterSetCommands } from './character-sets.ts';
import type { CommandDefinition } from './definition.ts';
import { identityCommands } from './identity.ts';
import { messageSettingCommands } from './message-settings.ts';
import { phoneBookCommands } from './phone-book.ts';
import { powerCommands } from './power.ts';
import { readCommands } from './read.ts';
import { registrationCommands } from './registration.ts';
import { sendCommands } from './send.ts';
import { simCommands } from './sim.ts';
import { ussdCommands } from './ussd.ts';

const standard: readonly CommandDefinition[] = [
  ...basicCommands,
  ...identityCommands,
  ...powerCommands,
  ...simCommands,
  ...registrationCommands,
  ...characterSetCommands,
  ...messageSettingCommands,
  ...sendCommands,
  ...readCommands,
  ...callCommands,
  ...ussdCommands,
  ...phoneBookCommands,
];

/** All commands of a modem by name. */
export function commandTable(_profile: Profile): ReadonlyMap<string, CommandDefinition> {
  const table = new Map(standard.map((definition) => [definition.name, definition]));
  table.set('+CLAC', {
    name: '+CLAC',
    execute: () =>
      ok([...table.keys()].map((name) => (name.startsWith('+') ? `AT${name}` : `AT${name}`)).join('\r\n')),
  });
  return table;
}
