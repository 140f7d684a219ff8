import { ok, type Result } from '../at/reply.ts';
import type { CommandDefinition } from './definition.ts';
import { kept } from './kept.ts';

const words = (text: string): Result => ({ kind: 'words', words: text });

/** Voice calls out are not what this modem is for: every call ends before it begins. */
const dial: CommandDefinition = {
  name: 'D',
  needs: 'sim',
  set(_context, parameters) {
    const voice = parameters.text(0).endsWith(';');
    return voice ? ok() : { texts: [], result: words('NO CARRIER') };
  },
};

const hangUp: CommandDefinition = {
  name: 'H',
  invalid: { kind: 'error' },
  set({ equipment }, parameters) {
    parameters.integer(0, [0], 0);
    equipment.calls.end();
    return ok();
  },
};

const answer: CommandDefinition = {
  name: 'A',
  set({ equipment }) {
    if (!equipment.calls.ringing) return { texts: [], result: words('NO CARRIER') };
    equipment.calls.end();
    return ok();
  },
};

const presentation: CommandDefinition = {
  name: '+CLIP',
  test: () => ok('+CLIP: (0,1)'),
  read: ({ settings }) => ok(`+CLIP: ${settings.callerId ? 1 : 0},1`),
  set({ settings }, parameters) {
    settings.callerId = parameters.integer(0, [0, 1], 0) === 1;
    return ok();
  },
};

const callType: CommandDefinition = {
  name: '+CRC',
  test: () => ok('+CRC: (0,1)'),
  read: ({ settings }) => ok(`+CRC: ${settings.callType ? 1 : 0}`),
  set({ settings }, parameters) {
    settings.callType = parameters.integer(0, [0, 1], 0) === 1;
    return ok();
  },
};

/** Calls that come in ring and can be refused or taken (V.250 6.3, 27.007 6.5, 6.11, 7.6, 7.18). */
export const callCommands: readonly CommandDefinition[] = [
  dial,
  hangUp,
  answer,
  presentation,
  callType,
  {
    name: '+CHUP',
    test: () => ok(),
    execute({ equipment }) {
      equipment.calls.end();
      return ok();
    },
  },
  {
    name: '+CLCC',
    test: () => ok(),
    execute: ({
      equipment: {
        calls: { ringing },
      },
    }) => (ringing ? ok(`+CLCC: 1,1,4,0,0,"${ringing.number ?? ''}",${ringing.type}`) : ok()),
  },
  { name: 'O', invalid: { kind: 'error' }, set: () => ({ texts: [], result: words('NO CARRIER') }) },
  kept('+CSTA', '129', /^(129|145)$/, '(129,145)'),
  kept('+COLP', '0,0', /^[01]$/, '(0,1)'),
  kept('+CLIR', '0,0', /^[012]$/, '(0-2)'),
  kept('+CCWA', '0', /^[01](,.*)?$/, '(0,1)'),
  kept('+CSSN', '0,0', /^[01](,[01])?$/, '(0,1),(0,1)'),
  kept('+CVHU', '0', /^[012]$/, '(0-2)'),
];
