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

/** All commands of a modem by name: the standard ones, less those its family lacks, and its family's own. */
export function commandTable(profile: Profile): ReadonlyMap<string, CommandDefinition> {
  const table = new Map(standard.map((definition) => [definition.name, definition]));
  const listing = () => ok([...table.keys()].map((name) => `AT${name}`).join('\r\n'));
  table.set('+CLAC', { name: '+CLAC', execute: listing });
  for (const name of profile.lacks) table.delete(name);
  for (const definition of profile.commands) table.set(definition.name, definition);
  return table;
}
