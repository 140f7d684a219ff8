import type { Clock } from '../../clock.ts';
import { InvalidParameter } from '../at/parameters.ts';
import { ok } from '../at/reply.ts';
import type { CommandDefinition } from './definition.ts';
import { kept } from './kept.ts';

const functionality: CommandDefinition = {
  name: '+CFUN',
  test: () => ok('+CFUN: (0,1,4),(0,1)'),
  read: ({ equipment }) => ok(`+CFUN: ${equipment.radio.functionality}`),
  set(context, parameters) {
    const level = parameters.integer(0, [0, 1, 4]);
    const restarts = parameters.integer(1, [0, 1], 0) === 1;
    if (restarts) context.restart();
    else context.equipment.radio.setFunctionality(level);
    return ok();
  },
};

const two = (value: number) => String(value).padStart(2, '0');

/** `yy/MM/dd,hh:mm:ss+zz` in UTC, the zone in quarters of an hour. */
function networkTime(clock: Clock): string {
  const now = new Date(clock.now());
  const date = [now.getUTCFullYear() % 100, now.getUTCMonth() + 1, now.getUTCDate()].map(two).join('/');
  const time = [now.getUTCHours(), now.getUTCMinutes(), now.getUTCSeconds()].map(two).join(':');
  return `${date},${time}+00`;
}

/** The clock is the network's; setting it is taken and has no effect, as with +CTZU=1. */
const clockTime: CommandDefinition = {
  name: '+CCLK',
  test: () => ok(),
  read: ({ clock }) => ok(`+CCLK: "${networkTime(clock)}"`),
  set(_context, parameters) {
    if (!/^\d\d\/\d\d\/\d\d,\d\d:\d\d:\d\d([+-]\d\d)?$/.test(parameters.text(0)))
      throw new InvalidParameter(0);
    return ok();
  },
};

/** Power, time, battery and the line itself (27.007 8.2, 8.4, 8.15; V.250 6.2). */
export const powerCommands: readonly CommandDefinition[] = [
  functionality,
  clockTime,
  { name: '+CBC', test: () => ok('+CBC: (0),(0-100)'), execute: () => ok('+CBC: 0,100') },
  {
    name: '+CPAS',
    test: () => ok('+CPAS: (0,3,4)'),
    execute: ({ equipment }) => ok(`+CPAS: ${equipment.calls.ringing ? 3 : 0}`),
  },
  {
    name: '+CMEE',
    test: () => ok('+CMEE: (0-2)'),
    read: ({ settings }) => ok(`+CMEE: ${settings.errors}`),
    set({ settings }, parameters) {
      settings.errors = parameters.integer(0, [0, 1, 2], 0);
      return ok();
    },
  },
  kept('+CTZU', '0', /^[01]$/, '(0,1)'),
  kept('+CTZR', '0', /^[012]$/, '(0-2)'),
  kept(
    '+IPR',
    '0',
    /^(0|300|1200|2400|4800|9600|19200|38400|57600|115200|230400|460800|921600)$/,
    '(),(0,300,1200,2400,4800,9600,19200,38400,57600,115200,230400,460800,921600)',
  ),
  kept('+IFC', '0,0', /^[012](,[012])?$/, '(0-2),(0-2)'),
  kept('+ICF', '3,3', /^[0-6](,[0-3])?$/, '(3),(3)'),
  kept('+CMER', '0,0,0,0,0', /^[0-3]?(,[0-3]?){0,4}$/, '(0-3),(0),(0),(0-1),(0)'),
];
