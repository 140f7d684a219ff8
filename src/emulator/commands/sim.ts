import { cme, ok, type Reply } from '../at/reply.ts';
import type { EmulatedSim } from '../network/emulated-sim.ts';
import type { PinAnswer } from '../network/pin-lock.ts';
import type { CommandContext, CommandDefinition } from './definition.ts';

/** The SIM; refuses with "not inserted" or "busy" where it cannot be spoken to. */
function simOf({ equipment }: CommandContext): EmulatedSim {
  if (!equipment.sim) throw cme(10);
  if (equipment.simState === 'busy') throw cme(14);
  return equipment.sim;
}

function codeAsked(context: CommandContext): string {
  const asked = { ready: 'READY', pin: 'SIM PIN', puk: 'SIM PUK' } as const;
  const { state } = simOf(context).lock;
  if (state === 'dead') throw cme(13);
  return asked[state];
}

/** A PIN has four to eight digits (31.101 9.5.1); anything else never reaches the card and costs no try. */
function pinOf(text: string): string {
  if (!/^\d{4,8}$/.test(text)) throw cme(50);
  return text;
}

function accept(answer: PinAnswer): Reply {
  if (answer === 'right') return ok();
  if (answer === 'wrong') throw cme(16);
  throw answer === 'blocked' ? cme(12) : cme(3);
}

const pin: CommandDefinition = {
  name: '+CPIN',
  read(context) {
    const text = `+CPIN: ${codeAsked(context)}`;
    const bare = context.faults.pinWithoutOk || context.profile.pinWithoutOk;
    return bare ? { texts: [text], result: { kind: 'silence' } } : ok(text);
  },
  set(context, parameters) {
    const { lock } = simOf(context);
    const code = pinOf(parameters.text(0));
    const unblocking = parameters.has(1);
    const reply = accept(unblocking ? lock.unblock(code, pinOf(parameters.text(1))) : lock.enter(code));
    context.equipment.unlocked();
    return reply;
  },
};

const triesLeft: CommandDefinition = {
  name: '+CPINR',
  execute(context) {
    const { lock } = simOf(context);
    return ok(`+CPINR: SIM PIN,${lock.pinTriesLeft},3\r\n+CPINR: SIM PUK,${lock.pukTriesLeft},10`);
  },
};

/** Facility lock (27.007 7.4): of the many facilities only the SIM's own PIN does something. */
const facilityLock: CommandDefinition = {
  name: '+CLCK',
  test: () => ok('+CLCK: ("SC","FD","PN")'),
  set(context, parameters) {
    const facility = parameters.text(0);
    if (!['SC', 'FD', 'PN'].includes(facility)) throw cme(50);
    const mode = parameters.integer(1, [0, 1, 2]);
    const { lock } = simOf(context);
    if (mode === 2) return ok(`+CLCK: ${facility === 'SC' && lock.enabled ? 1 : 0}`);
    if (facility !== 'SC') throw cme(4);
    const wasLocked = lock.state === 'pin';
    const reply = accept(lock.setEnabled(mode === 1, pinOf(parameters.text(2))));
    if (wasLocked) context.equipment.unlocked();
    return reply;
  },
};

const changePassword: CommandDefinition = {
  name: '+CPWD',
  needs: 'sim',
  test: () => ok('+CPWD: ("SC",8)'),
  set(context, parameters) {
    if (parameters.text(0) !== 'SC') throw cme(50);
    const { lock } = simOf(context);
    if (!lock.enabled) throw cme(3);
    return accept(lock.change(pinOf(parameters.text(1)), pinOf(parameters.text(2))));
  },
};

const ownNumbers: CommandDefinition = {
  name: '+CNUM',
  needs: 'sim',
  execute: (context) => {
    const lines = simOf(context).ownNumbers.map(
      (number) => `+CNUM: "","${number}",${number.startsWith('+') ? 145 : 129}`,
    );
    return lines.length > 0 ? ok(lines.join('\r\n')) : ok();
  },
};

/** The card: its identity, its locks, its own number (27.007 5.6, 7.1, 7.4, 7.5, 8.3). */
export const simCommands: readonly CommandDefinition[] = [
  pin,
  triesLeft,
  facilityLock,
  changePassword,
  ownNumbers,
  { name: '+CIMI', needs: 'sim', execute: (context) => ok(simOf(context).imsi) },
  // The ICCID needs no PIN: EF_ICCID may always be read (31.102 4.2 and 10.1.1 of 31.101).
  { name: '+CCID', execute: (context) => ok(`+CCID: "${simOf(context).iccid}"`) },
];
