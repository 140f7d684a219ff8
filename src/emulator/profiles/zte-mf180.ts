import { error, ok } from '../at/reply.ts';
import type { CommandDefinition } from '../commands/definition.ts';
import { cardNumber, fixed, kept, restarting } from '../commands/kept.ts';
import { generic } from './generic.ts';
import type { Profile } from './profile.ts';

/** What is stored cannot be loaded before the PIN is entered. */
const loadStored: CommandDefinition = {
  name: 'Z',
  set(context) {
    if (context.equipment.simState !== 'ready') throw error();
    context.loadSettings('stored');
    return ok();
  },
};

/** Reading is answered as if it were a test. */
const functionality: CommandDefinition = {
  name: '+CFUN',
  test: () => ok('+CFUN: (0-1,4-7),(0-1)'),
  read: () => ok('+CFUN: (0-1,4-7),(0-1)'),
  set(context, parameters) {
    const level = parameters.integer(0, [0, 1, 4, 5, 6, 7]);
    if (parameters.integer(1, [0, 1], 0) === 1) context.restart();
    else context.equipment.radio.setFunctionality(level > 4 ? 1 : level);
    return ok();
  },
};

/** Setting text mode parameters wipes the service centre's number off the card. */
const textModeParameters: CommandDefinition = {
  name: '+CSMP',
  needs: 'messages',
  set({ equipment }, parameters) {
    parameters.integer(0, { from: 0, to: 255 }, 17);
    if (equipment.sim) equipment.sim.smsc = '';
    return ok();
  },
};

const triesLeft: CommandDefinition = {
  name: '+ZPINPUK',
  test: ({ equipment }) =>
    ok(`+ZPINPUK: ${equipment.sim?.lock.pinTriesLeft ?? 0},${equipment.sim?.lock.pukTriesLeft ?? 0}`),
};

const storageNames = ['ME', 'MT', 'SM', 'SR'];

/**
 * A USB stick on a Qualcomm chip: lists +CNMI values that it refuses, asks for the SIM tool kit every two seconds until
 * AT+ZUSIMR=0, and says 14 (SIM busy) to message commands for ten seconds after the PIN.
 */
export const zteMf180: Profile = {
  ...generic,
  name: 'ZTE MF180',
  identity: {
    manufacturer: 'ZTE CORPORATION',
    model: 'MF180',
    revision: 'BD_MF180V1.0.0B04',
    information: [
      'Manufacturer: ZTE CORPORATION',
      'Model: MF180',
      'Revision: BD_MF180V1.0.0B04',
      'IMEI: {imei}',
      '+GCAP: +CGSM,+DS,+ES',
    ],
  },
  usb: {
    vendorId: '19d2',
    productId: '0117',
    ports: [
      { interface: 0, role: 'diagnostic' },
      { interface: 1, role: 'second' },
      { interface: 2, role: 'main' },
    ],
  },
  storages: { read: storageNames, write: storageNames, receive: storageNames },
  capacity: { ME: 100, SR: 100 },
  firstIndex: 0,
  characterSets: ['IRA', 'GSM', 'UCS2'],
  notifications: {
    mode: [0, 1, 2],
    deliver: [0, 1, 2, 3],
    broadcast: [0, 2],
    report: [0, 1, 2],
    buffer: [0, 1],
  },
  refusesNotifications: ({ mode, report }) => mode === 2 || report === 1,
  boot: [{ from: 'unlocked', afterMs: 4_000, text: '+ZDONR: "Postern",001,01,"CS_PS","ROAM_OFF"' }],
  timing: { simMs: 1_000, messagesMs: 10_000, registrationMs: 4_000 },
  messagesNotReady: { kind: 'cme', code: 14 },
  cell: '"00C3","1A2B"',
  missedCall: ['HANGUP: 1', 'NO CARRIER'],
  storageFull: '*SMSFULL',
  awayAtRestartMs: 10_000,
  chatter: { everyMs: 2_000, texts: ['+ZUSIMR:2'] },
  tells: (text, settings) => !text.startsWith('+ZUSIMR:') || settings.kept['+ZUSIMR'] !== '0',
  commands: [
    loadStored,
    functionality,
    textModeParameters,
    triesLeft,
    kept('+ZUSIMR', '1', /^[01]$/, '(0,1)'),
    kept('+ZOPRT', '5', /^[0-6]$/, '(0-6)'),
    kept('+ZSNT', '0,0,0', /^\d,\d,\d$/, '(0-2),(0-2),(0-2)'),
    fixed('+ZPAS', '+BEARTYPE: "UMTS","CS_PS"'),
    cardNumber('+ZGETICCID', (iccid) => `+ZGETICCID: ${iccid}`),
    restarting('+ZRST'),
  ],
  lacks: ['+CCID', '+CPINR', '+CESQ', '+CEREG', '+CLAC'],
};
