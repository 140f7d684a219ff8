import { join } from 'node:path';
import { app, Menu, nativeImage, Tray } from 'electron';
import type { Glance } from '../src/contract/glance.ts';
import type { BackendState } from './backend-process.ts';
import { type Outlook, outlookOf, outlookWords } from './outlook.ts';
import { type TrayActions, trayMenu } from './tray-menu.ts';

/** The sign in the system's tray: how the gateway stands, and the way in and out. */
export class TrayIcon {
  readonly #tray: Tray;
  readonly #actions: TrayActions;
  #shown: Outlook = 'ok';

  constructor(actions: TrayActions) {
    this.#actions = actions;
    this.#tray = new Tray(picture('ok'));
    this.#tray.on('click', actions.open);
  }

  show(state: BackendState, glance: Glance | undefined): void {
    const outlook = outlookOf(state, glance);
    if (outlook !== this.#shown) this.#tray.setImage(picture(outlook));
    this.#shown = outlook;
    this.#tray.setToolTip(outlookWords(state, glance));
    this.#tray.setContextMenu(Menu.buildFromTemplate(trayMenu(state, glance, this.#actions)));
  }
}

/** macOS colours a template itself; the others get the sign in its own colour. Larger ones lie beside it (`@2x`). */
function picture(outlook: Outlook): Electron.NativeImage {
  const name = { ok: 'tray', attention: 'tray-attention', down: 'tray-down' }[outlook];
  const file = process.platform === 'darwin' ? `${name}Template.png` : `${name}.png`;
  return nativeImage.createFromPath(join(app.getAppPath(), 'build', 'tray', file));
}
