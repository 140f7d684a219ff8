import type { MenuItemConstructorOptions } from 'electron';
import type { Glance } from '../src/contract/glance.ts';
import type { BackendState } from './backend-process.ts';
import { modemLine, outlookWords } from './outlook.ts';

/** A menu longer than a screen helps nobody. */
const mostModems = 16;

export interface TrayActions {
  readonly open: () => void;
  readonly restart: () => void;
  readonly pause: (paused: boolean) => void;
  readonly settings: () => void;
  readonly quit: () => void;
}

/** The menu of the sign in the tray, as the gateway stands. */
export function trayMenu(
  state: BackendState,
  glance: Glance | undefined,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  const modems = state.kind === 'running' ? (glance?.modems ?? []) : [];
  return [
    { label: outlookWords(state, glance), enabled: false },
    ...(state.kind === 'waiting' && state.reason
      ? [{ label: state.reason.slice(0, 120), enabled: false }]
      : []),
    { type: 'separator' },
    ...modems.slice(0, mostModems).map((modem) => ({ label: modemLine(modem), click: actions.open })),
    ...(modems.length > mostModems
      ? [{ label: `and ${modems.length - mostModems} more`, click: actions.open }]
      : []),
    ...(modems.length > 0 ? [{ type: 'separator' as const }] : []),
    { label: 'Open Postern', click: actions.open },
    {
      label: 'Pause sending',
      type: 'checkbox',
      checked: glance?.sending_paused ?? false,
      enabled: state.kind === 'running' && glance !== undefined,
      click: () => actions.pause(!glance?.sending_paused),
    },
    { label: 'Start now', click: actions.restart, visible: state.kind === 'waiting' },
    { label: 'Desktop settings…', click: actions.settings },
    { type: 'separator' },
    { label: 'Quit', click: actions.quit },
  ];
}
