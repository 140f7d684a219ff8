import type { Profile } from './profile.ts';

/** A modem that keeps to the standards: what others are described against. */
export const generic: Profile = {
  name: 'generic',
  identity: {
    manufacturer: 'Postern',
    model: 'Emulated Modem',
    revision: '1.0',
    information: [
      'Manufacturer: Postern',
      'Model: Emulated Modem',
      'Revision: 1.0',
      'IMEI: {imei}',
      '+GCAP: +CGSM,+DS,+ES',
    ],
  },
  settings: {},
  storages: {
    read: ['SM', 'ME', 'MT', 'SR'],
    write: ['SM', 'ME', 'MT'],
    receive: ['SM', 'ME', 'MT'],
  },
  capacity: { ME: 100, SR: 50 },
  firstIndex: 1,
  characterSets: ['GSM', 'IRA', '8859-1', 'UCS2', 'HEX'],
  notifications: {
    mode: [0, 1, 2, 3],
    deliver: [0, 1, 2, 3],
    broadcast: [0, 2],
    report: [0, 1, 2],
    buffer: [0, 1],
  },
  boot: [],
  timing: { simMs: 0, messagesMs: 0, registrationMs: 0 },
  prompt: '\r\n> ',
  unknownCommand: { kind: 'error' },
  emptyPlace: { kind: 'cms', code: 321 },
  messagesNotReady: { kind: 'cms', code: 500 },
  reports: { storage: 'SR', announced: 'SR' },
  registration: { CREG: 1, CGREG: 1, CEREG: 0 },
  cell: '"00C3","0001A2B4",2',
  technology: 2,
  missedCall: ['NO CARRIER'],
  commands: [],
  lacks: [],
};
