import { ok } from '../../src/emulator/at/reply.ts';
import type { CommandDefinition } from '../../src/emulator/commands/definition.ts';
import { generic, type Profile } from '../../src/emulator/index.ts';

/** It reads the ICCID only when the PIN was entered, as it does the IMSI. */
const iccid: CommandDefinition = {
  name: '+CCID',
  needs: 'sim',
  execute: ({ equipment }) => ok(`+CCID: "${equipment.sim?.iccid}"`),
};

/** A modem that names its card only after the PIN. */
export const secretive: Profile = { ...generic, commands: [iccid], lacks: ['+CRSM'] };
