import { join } from 'node:path';
import { app, Menu, nativeImage, Tray } from 'electron';
import type { BackendState } from './backend-process.ts';

const words: Readonly<Record<BackendState['kind'], string>> = {
  starting: 'Postern is starting',
  running: 'Postern is running',
  waiting: 'Postern stopped and will be started again',
  stopping: 'Postern is stopping',
};

interface TrayActions {
  readonly open: () => void;
  readonly restart: () => void;
  readonly quit: () => void;
}

/** The sign in the system's tray: how the gateway stands, and the way in and out. */
export class TrayIcon {
  readonly #tray: Tray;
  readonly #actions: TrayActions;

  constructor(actions: TrayActions) {
    this.#actions = actions;
    this.#tray = new Tray(nativeImage.createFromPath(iconFile(process.platform)));
    this.#tray.on('click', actions.open);
  }

  show(state: BackendState): void {
    this.#tray.setToolTip(words[state.kind]);
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: words[state.kind], enabled: false },
        { type: 'separator' },
        { label: 'Open Postern', click: this.#actions.open, enabled: state.kind === 'running' },
        { label: 'Start now', click: this.#actions.restart, visible: state.kind === 'waiting' },
        { label: 'Quit', click: this.#actions.quit },
      ]),
    );
  }
}

/** macOS colours a template itself; the others get the sign in its own colour. Larger ones lie beside it (`@2x`). */
function iconFile(platform: NodeJS.Platform): string {
  const name = platform === 'darwin' ? 'trayTemplate.png' : 'tray.png';
  return join(app.getAppPath(), 'build', 'tray', name);
}
