import { ok } from '../at/reply.ts';
import type { CommandContext, CommandDefinition } from './definition.ts';

function told(name: string, text: (context: CommandContext) => string): CommandDefinition {
  return { name, execute: (context) => ok(text(context)) };
}

const manufacturer = ({ profile }: CommandContext) => profile.identity.manufacturer;
const model = ({ profile }: CommandContext) => profile.identity.model;
const revision = ({ profile }: CommandContext) => profile.identity.revision;

const serialNumber: CommandDefinition = {
  name: '+CGSN',
  execute: ({ equipment }) => ok(equipment.imei),
  set({ equipment }, parameters) {
    const kind = parameters.integer(0, [0, 1]);
    return kind === 0 ? ok(equipment.imei) : ok(`+CGSN: "${equipment.imei}"`);
  },
  test: () => ok('+CGSN: (0,1)'),
};

const information: CommandDefinition = {
  name: 'I',
  invalid: { kind: 'error' },
  set({ profile, equipment }, parameters) {
    parameters.integer(0, { from: 0, to: 9 }, 0);
    return ok(profile.identity.information.join('\r\n').replace('{imei}', equipment.imei));
  },
};

const capabilities: CommandDefinition = { name: '+GCAP', execute: () => ok('+GCAP: +CGSM,+DS,+ES') };

/** Who made this, what is it, which one is it (27.007 5.1 to 5.4, V.250 6.1.4 to 6.1.9). */
export const identityCommands: readonly CommandDefinition[] = [
  told('+CGMI', manufacturer),
  told('+GMI', manufacturer),
  told('+CGMM', model),
  told('+GMM', model),
  told('+CGMR', revision),
  told('+GMR', revision),
  serialNumber,
  { name: '+GSN', execute: ({ equipment }) => ok(equipment.imei) },
  information,
  capabilities,
];
