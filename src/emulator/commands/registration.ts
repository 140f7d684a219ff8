import { cme, ok, type Reply } from '../at/reply.ts';
import type { RegistrationDomain } from '../at/settings.ts';
import type { CommandContext, CommandDefinition } from './definition.ts';

const registered = [1, 5, 6, 7, 9, 10];

type RegistrationView = Pick<CommandContext, 'equipment' | 'profile' | 'settings'>;

/** `stat` and, with n=2 and service, where: location area, cell and access technology (27.007 7.2). */
function stateText(context: RegistrationView, domain: RegistrationDomain): string {
  const state = context.equipment.radio.registration[domain];
  const located = context.settings.registrationReports[domain] === 2 && registered.includes(state);
  return located ? `${state},${context.profile.cell}` : `${state}`;
}

/** The unsolicited line for a change of registration, where the host asked for it. */
export function registrationReport(
  context: RegistrationView,
  domain: RegistrationDomain,
): string | undefined {
  if (context.settings.registrationReports[domain] === 0) return undefined;
  return `+${domain}: ${stateText(context, domain)}`;
}

function registrationCommand(domain: RegistrationDomain): CommandDefinition {
  return {
    name: `+${domain}`,
    test: () => ok(`+${domain}: (0-2)`),
    read: (context) =>
      ok(`+${domain}: ${context.settings.registrationReports[domain]},${stateText(context, domain)}`),
    set(context, parameters) {
      context.settings.registrationReports[domain] = parameters.integer(0, [0, 1, 2]);
      return ok();
    },
  };
}

function operatorName({ equipment, settings }: CommandContext): string {
  const operator = equipment.sim?.operator;
  const forms = [operator?.long, operator?.short, operator?.numeric];
  return forms[settings.operatorFormat] ?? '';
}

function readOperator(context: CommandContext): Reply {
  const { equipment, settings, profile } = context;
  if (!equipment.radio.hasService) return ok(`+COPS: ${equipment.radio.automatic ? 0 : 2}`);
  return ok(`+COPS: 0,${settings.operatorFormat},"${operatorName(context)}",${profile.technology}`);
}

/** Choosing the only network there is: automatic, by hand by its numeric name, none, or a format (27.007 7.3). */
const operatorSelection: CommandDefinition = {
  name: '+COPS',
  needs: 'sim',
  test({ equipment, profile }) {
    const operator = equipment.sim?.operator;
    if (!operator) throw cme(10);
    const found = `(2,"${operator.long}","${operator.short}","${operator.numeric}",${profile.technology})`;
    return ok(`+COPS: ${found},,(0,1,2,3,4),(0,1,2)`);
  },
  read: readOperator,
  set(context, parameters) {
    const mode = parameters.integer(0, [0, 1, 2, 3, 4]);
    const format = parameters.integer(1, [0, 1, 2], context.settings.operatorFormat);
    if (mode === 3) context.settings.operatorFormat = format;
    else if (mode === 2) context.equipment.radio.setAutomatic(false);
    else selectOperator(context, mode, parameters.text(2, ''));
    return ok();
  },
};

function selectOperator({ equipment }: CommandContext, mode: number, name: string): void {
  const operator = equipment.sim?.operator;
  const known = operator && [operator.long, operator.short, operator.numeric].includes(name);
  if (mode === 1 && !known) throw cme(30);
  equipment.radio.setAutomatic(true);
}

/** Where the modem is registered and how well it hears (27.007 7.2, 7.3, 8.5, 8.69). */
export const registrationCommands: readonly CommandDefinition[] = [
  registrationCommand('CREG'),
  registrationCommand('CGREG'),
  registrationCommand('CEREG'),
  operatorSelection,
  {
    name: '+CIREG',
    test: () => ok('+CIREG: (0-2)'),
    read: ({ equipment }) => ok(equipment.radio.textsOverIms ? '+CIREG: 0,1,5' : '+CIREG: 0,0'),
  },
  {
    name: '+CSQ',
    test: () => ok('+CSQ: (0-31,99),(0-7,99)'),
    execute: ({ equipment }) => ok(`+CSQ: ${equipment.radio.signal},99`),
  },
  {
    name: '+CESQ',
    test: () => ok('+CESQ: (0-63,99),(0-7,99),(0-96,255),(0-49,255),(0-34,255),(0-97,255)'),
    execute: ({ equipment }) =>
      ok(`+CESQ: ${equipment.radio.signal === 99 ? 99 : equipment.radio.signal * 2},99,255,255,255,255`),
  },
  {
    name: '+CGATT',
    test: () => ok('+CGATT: (0,1)'),
    read: ({ equipment }) => ok(`+CGATT: ${registered.includes(equipment.radio.registration.CGREG) ? 1 : 0}`),
    set: (_context, parameters) => {
      parameters.integer(0, [0, 1]);
      return ok();
    },
  },
];
