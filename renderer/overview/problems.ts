import type { ModemView, ProblemWord } from '../../src/contract/modem.ts';
import { dbmText } from '../elements/signal.ts';
import { text } from '../texts/text.ts';
import { hasWeakSignal, modemName } from './modem-words.ts';

/** Something a person must see to: what is wrong, what to do, and what the gateway itself says of it. */
export interface NeedsPerson {
  readonly id: string;
  readonly locked: boolean;
  /** The modem whose SIM is unlocked by what a person types in. */
  readonly unlocks?: ModemView;
  readonly title: string;
  readonly remedy: string;
  readonly command?: string | undefined;
  readonly detail?: string;
}

/** The problems of all modems: those that stop one, those that hinder it, then what else it is worth to know. */
export function problemsOf(modems: readonly ModemView[]): readonly NeedsPerson[] {
  return [
    ...modems.flatMap(stopping),
    ...modems.filter(hasWeakSignal).map(weakSignal),
    ...modems.flatMap(warned),
  ];
}

/** Problems that a PIN or PUK mends. */
const unlockable = new Set<ProblemWord>(['pin_needed', 'pin_refused', 'puk_needed']);

function stopping(modem: ModemView): readonly NeedsPerson[] {
  if (!modem.problem) return [];
  const { code, message } = modem.problem;
  return [
    {
      id: `${modem.id} ${code}`,
      locked:
        code === 'pin_needed' || code === 'pin_refused' || code === 'puk_needed' || code === 'sim_locked',
      title: text(`problem.${code}`, { name: modemName(modem), port: modem.port }),
      remedy: text(`remedy.${code}`),
      command: commandFor(modem),
      detail: message,
      ...(unlockable.has(code) && modem.state === 'locked' && { unlocks: modem }),
    },
  ];
}

/** What the gateway says of a modem that goes on serving, in its own words. */
function warned(modem: ModemView): readonly NeedsPerson[] {
  return modem.warnings.map(({ code, message }) => ({
    id: `${modem.id} ${code}`,
    locked: false,
    title: text(`warning.${code}`, { name: modemName(modem) }),
    remedy: message,
  }));
}

function weakSignal(modem: ModemView): NeedsPerson {
  return {
    id: `${modem.id} weak_signal`,
    locked: false,
    title: text('problem.weak_signal', { name: modemName(modem), dbm: dbmText(modem.signal_dbm ?? 0) }),
    remedy: text('remedy.weak_signal'),
  };
}

function commandFor(modem: ModemView): string | undefined {
  const { commands = [], file } = modem.problem?.remedy ?? {};
  if (commands.length > 0) return [...(file ? [saving(file)] : []), ...commands].join('\n');
  return modem.problem ? commandsByProblem[modem.problem.code]?.(modem) : undefined;
}

type CommandFor = (modem: ModemView) => string | undefined;
const settingOfSim =
  (option: string): CommandFor =>
  ({ iccid }) =>
    iccid ? `postern sims set ${iccid} ${option}` : undefined;
const enteringPin: CommandFor = ({ id }) => `postern modem ${id} pin`;

/** What mends a problem on the command line, where one line does. */
const commandsByProblem: Readonly<Partial<Record<ProblemWord, CommandFor>>> = {
  number_missing: settingOfSim('--number +…'),
  number_conflict: settingOfSim('--number +…'),
  smsc_missing: settingOfSim('--smsc +…'),
  pin_needed: enteringPin,
  pin_refused: enteringPin,
  puk_needed: (modem) => `${enteringPin(modem)} --unblock`,
};

/** A line for a terminal that saves a file, whatever characters it holds but its own end mark. */
function saving({ path, content }: { readonly path: string; readonly content: string }): string {
  return `sudo tee ${path} <<'END'\n${content}END`;
}
