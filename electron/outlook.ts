import type { Glance, GlancedModem } from '../src/contract/glance.ts';
import type { BackendState } from './backend-process.ts';

/** What the sign in the tray says at a glance. */
export type Outlook = 'ok' | 'attention' | 'down';

/** `down`: nothing is served; `attention`: a person must see to something, or keeps all texts back. */
export function outlookOf(state: BackendState, glance: Glance | undefined): Outlook {
  if (state.kind === 'waiting') return 'down';
  if (state.kind !== 'running' || !glance) return 'ok';
  return glance.sending_paused || glance.modems.some(({ problem }) => problem !== null) ? 'attention' : 'ok';
}

/** The same in a few words. */
export function outlookWords(state: BackendState, glance: Glance | undefined): string {
  if (state.kind === 'starting') return 'Postern is starting';
  if (state.kind === 'stopping') return 'Postern is stopping';
  if (state.kind === 'waiting') return 'Postern stopped and will be started again';
  if (!glance) return 'Postern is running';
  if (glance.sending_paused) return `Postern: sending is paused, ${textsWait(glance.waiting)}`;
  const troubled = glance.modems.filter(({ problem }) => problem !== null).length;
  if (troubled > 0) return `Postern: ${counted(troubled, 'modem needs', 'modems need')} attention`;
  if (glance.modems.length === 0) return 'Postern: no modem is there';
  return `Postern is running, ${textsWait(glance.waiting)}`;
}

/** A modem in a line of the menu: its name, how it stands, its signal as bars, its queue. */
export function modemLine(modem: GlancedModem): string {
  const standing =
    modem.state === 'ready'
      ? `${modem.operator ?? 'ready'} ${bars(modem.signal_bars)}`
      : stateWords[modem.state];
  const queue = modem.queue_depth > 0 ? `, ${textsWait(modem.queue_depth)}` : '';
  return `${modem.name}: ${standing.trim()}${queue}`;
}

/**
 * Whether the machine is to stay awake: a text waits, or a modem is at work, to which one may come at any moment. With
 * no modem and an empty queue it may sleep.
 */
export function hasWork(state: BackendState, glance: Glance | undefined): boolean {
  if (state.kind === 'stopping' || !glance) return false;
  return (
    glance.waiting > 0 || glance.modems.some(({ state: modem }) => modem !== 'absent' && modem !== 'disabled')
  );
}

const stateWords: Readonly<Record<GlancedModem['state'], string>> = {
  absent: 'unplugged',
  disabled: 'switched off',
  opening: 'being opened',
  starting: 'starting',
  locked: 'SIM locked',
  registering: 'looking for a network',
  setting_up: 'being set up',
  ready: 'ready',
  recovering: 'being brought back',
  attention: 'needs attention',
};

function bars(filled: number | null): string {
  return filled === null ? '' : '▂▄▆█'.slice(0, filled).padEnd(4, '·');
}

function textsWait(count: number): string {
  return count === 0 ? 'no text waits' : counted(count, 'text waits', 'texts wait');
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
