import type { ModemView, Problem, ProblemWord } from '../../src/contract/modem.ts';
import { dbmText } from '../elements/signal.ts';
import { text } from '../texts/text.ts';
import { hasWeakSignal, modemName } from './modem-words.ts';

/** Something a person must see to: what is wrong, what to do, and what the gateway itself says of it. */
export interface NeedsPerson {
  readonly id: string;
  readonly locked: boolean;
  /** What a person can do about it right here. */
  readonly tool?: ProblemTool;
  readonly modem: ModemView;
  readonly title: string;
  readonly remedy: string;
  readonly command?: string | undefined;
  readonly detail?: string;
}

/**
 * `pin` and `number` are typed in; `enable` is a button, and so is `access`, in the desktop app alone; `settings` and
 * `signal` lead to where it is seen to.
 */
export type ProblemTool = 'pin' | 'number' | 'enable' | 'access' | 'settings' | 'signal';

/** The problems of all modems: those that stop one, those that hinder it, then what else it is worth to know. */
export function problemsOf(modems: readonly ModemView[]): readonly NeedsPerson[] {
  return [
    ...modems.flatMap(stopping),
    ...modems.filter(hasWeakSignal).map(weakSignal),
    ...modems.flatMap(warned),
  ];
}

const tools: Readonly<Partial<Record<ProblemWord, ProblemTool>>> = {
  pin_needed: 'pin',
  pin_refused: 'pin',
  puk_needed: 'pin',
  number_missing: 'number',
  number_conflict: 'number',
  smsc_missing: 'settings',
  port_released: 'enable',
};

/** What the gateway says of these is meant for a terminal, and said better by the control beside it. */
const toldByTool = new Set<ProblemWord>([
  'pin_needed',
  'pin_refused',
  'puk_needed',
  'number_missing',
  'smsc_missing',
  'port_released',
]);

function stopping(modem: ModemView): readonly NeedsPerson[] {
  if (!modem.problem) return [];
  const { code, message, tries_left: tries } = modem.problem;
  const tool = toolFor(modem.problem, modem.state === 'locked');
  return [
    {
      id: `${modem.id} ${code}`,
      locked:
        code === 'pin_needed' || code === 'pin_refused' || code === 'puk_needed' || code === 'sim_locked',
      title: text(`problem.${code}`, { name: modemName(modem), port: modem.port }),
      remedy: [
        text(`remedy.${code}`),
        ...(tries === undefined ? [] : [text('pin.tries', { count: tries })]),
      ].join(' '),
      command: commandFor(modem),
      modem,
      ...(!toldByTool.has(code) && { detail: message }),
      ...(tool && { tool }),
    },
  ];
}

function toolFor({ code, remedy }: Problem, locked: boolean): ProblemTool | undefined {
  if (remedy?.rules) return 'access';
  return tools[code] === 'pin' && !locked ? undefined : tools[code];
}

/** What the gateway says of a modem that goes on serving, in its own words. */
function warned(modem: ModemView): readonly NeedsPerson[] {
  return modem.warnings.map(({ code, message }) => ({
    id: `${modem.id} ${code}`,
    locked: false,
    title: text(`warning.${code}`, { name: modemName(modem) }),
    modem,
    ...(code === 'no_reports' || code === 'balance_unreadable'
      ? { remedy: text(`care.${code}`), tool: 'settings' as const }
      : { remedy: message }),
  }));
}

function weakSignal(modem: ModemView): NeedsPerson {
  return {
    id: `${modem.id} weak_signal`,
    locked: false,
    title: text('problem.weak_signal', { name: modemName(modem), dbm: dbmText(modem.signal_dbm ?? 0) }),
    remedy: text('remedy.weak_signal'),
    modem,
    tool: 'signal',
  };
}

function commandFor({ problem }: ModemView): string | undefined {
  const { commands = [], file } = problem?.remedy ?? {};
  return commands.length > 0 ? [...(file ? [saving(file)] : []), ...commands].join('\n') : undefined;
}

/** A line for a terminal that saves a file, whatever characters it holds but its own end mark. */
function saving({ path, content }: { readonly path: string; readonly content: string }): string {
  return `sudo tee ${path} <<'END'\n${content}END`;
}
