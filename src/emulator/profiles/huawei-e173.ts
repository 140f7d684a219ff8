import { ok } from '../at/reply.ts';
import type { CommandDefinition } from '../commands/definition.ts';
import { cardNumber, fixed, kept, restarting } from '../commands/kept.ts';
import { generic } from './generic.ts';
import type { Profile } from './profile.ts';

/** The card's number with its digits swapped in pairs, as they lie in EF_ICCID: 98 in front instead of 89. */
function swapped(iccid: string): string {
  return iccid.padEnd(20, 'F').replace(/(.)(.)/g, '$2$1');
}

const triesLeft: CommandDefinition = {
  name: '^CPIN',
  read({ equipment }) {
    const lock = equipment.sim?.lock;
    const code = { ready: 'READY', pin: 'SIM PIN', puk: 'SIM PUK', dead: 'SIM PUK' }[lock?.state ?? 'dead'];
    return ok(`^CPIN: ${code},,${lock?.pukTriesLeft ?? 0},${lock?.pinTriesLeft ?? 0},10,3`);
  },
};

const storageNames = ['ME', 'MT', 'SM', 'SR'];

/**
 * A USB stick of the E1xx kind: noisy until AT^CURC=0, places counted from 0, USSD in packed septets until
 * AT^USSDMODE=0, message commands refused with 500 for two seconds after the PIN, and words of its own for ERROR.
 */
export const huaweiE173: Profile = {
  ...generic,
  name: 'Huawei E173',
  identity: {
    manufacturer: 'huawei',
    model: 'E173',
    revision: '11.126.85.00.00',
    information: [
      'Manufacturer: huawei',
      'Model: E173',
      'Revision: 11.126.85.00.00',
      'IMEI: {imei}',
      '+GCAP: +CGSM,+DS,+ES',
    ],
  },
  usb: {
    vendorId: '12d1',
    productId: '1436',
    ports: [
      { interface: 0, role: 'second' },
      { interface: 1, role: 'diagnostic' },
      { interface: 2, role: 'main' },
    ],
  },
  storages: { read: storageNames, write: storageNames, receive: storageNames },
  capacity: { ME: 255, SR: 100 },
  firstIndex: 0,
  characterSets: ['IRA', 'GSM', 'UCS2'],
  notifications: {
    mode: [0, 1, 2],
    deliver: [0, 1, 2, 3],
    broadcast: [0, 2],
    report: [0, 1, 2],
    buffer: [0, 1],
  },
  boot: [
    { from: 'unlocked', afterMs: 0, text: '^SIMST:1' },
    { from: 'unlocked', afterMs: 3_000, text: '^SRVST:2' },
    { from: 'unlocked', afterMs: 3_000, text: '^MODE:5,4' },
  ],
  timing: { simMs: 500, messagesMs: 2_000, registrationMs: 3_000 },
  unknownCommand: { kind: 'words', words: 'COMMAND NOT SUPPORT' },
  emptyPlace: { kind: 'ok' },
  cell: '8BE3,2BAF',
  missedCall: ['^CEND:1,0,104', 'NO CARRIER'],
  simGone: '^SIMST:255',
  awayAtRestartMs: 10_000,
  storageFull: '^SMMEMFULL: "{storage}"',
  packsUssd: (settings) => settings.kept['^USSDMODE'] !== '0',
  chatter: { everyMs: 10_000, texts: ['^RSSI:19', '^BOOT:18919971,0,0,0,20'] },
  tells: (text, settings) => settings.kept['^CURC'] !== '0' || !/^\^(RSSI|BOOT|MODE|DSFLOWRPT):/.test(text),
  commands: [
    kept('^CURC', '1', /^[01]$/, '(0,1)'),
    kept('^USSDMODE', '1', /^[01]$/, '(0,1)'),
    kept('^SYSCFG', '2,2,3FFFFFFF,1,2', /^\d+,\d,[0-9A-F]+,\d,\d(,,)?$/i, '(2,13,14,16),(0-3)'),
    kept('^U2DIAG', '0', /^\d{1,3}$/, '(0-255)'),
    kept('^PORTSEL', '1', /^[01]$/, '(0,1)'),
    fixed('^SYSINFO', '^SYSINFO:2,3,0,5,1,,4'),
    fixed('^HWVER', '^HWVER:"CD25TCPV"'),
    triesLeft,
    cardNumber('^ICCID', (iccid) => `^ICCID: ${swapped(iccid)}`),
    restarting('^RESET'),
  ],
  lacks: ['+CCID', '+CPINR', '+CESQ', '+CEREG', '+CGSMS', '+CTZU', '+CTZR'],
};
