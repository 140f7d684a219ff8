import { join } from 'node:path';
import { app, BrowserWindow, type Session, session, shell, type WebContents } from 'electron';
import { isWithin, mayOpenOutside, mayUse } from './origin.ts';

/** In memory only: every start signs in anew with a link of its own. */
const partition = 'postern';

/**
 * The one window. It shows the gateway's own pages and nothing else, whatever a page tries: no other address, no
 * further window, no permission but the clipboard.
 */
export class Window {
  #origin: string | undefined;
  #window: BrowserWindow | undefined;

  /** Locks all that will ever be shown. To be called once, before the first `open`. */
  guard(): void {
    app.on('web-contents-created', (_event, contents) => this.#lock(contents));
    this.#denyPermissions(session.fromPartition(partition));
  }

  get isOpen(): boolean {
    return this.#window !== undefined;
  }

  get contents(): WebContents | undefined {
    return this.#window?.webContents;
  }

  /** Whether `address` is a page of the gateway as it runs now. */
  isOwn(address: string): boolean {
    return isWithin(address, this.#origin);
  }

  /** Shows the gateway at `link`, which signs the window in. */
  open(link: string): void {
    this.#origin = new URL(link).origin;
    this.#window ??= this.#create();
    // a page that is left before it has loaded rejects; the next link comes with the next start
    this.#window.loadURL(link).catch(() => undefined);
    this.show();
  }

  show(): void {
    if (this.#window?.isMinimized()) this.#window.restore();
    this.#window?.show();
    this.#window?.focus();
  }

  #create(): BrowserWindow {
    const window = new BrowserWindow({
      title: 'Postern',
      width: 1280,
      height: 860,
      minWidth: 400,
      minHeight: 480,
      autoHideMenuBar: true,
      webPreferences: {
        partition,
        preload: join(import.meta.dirname, 'preload.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
      },
    });
    window.on('closed', () => {
      this.#window = undefined;
    });
    return window;
  }

  #lock(contents: WebContents): void {
    contents.on('will-frame-navigate', (event) => {
      if (!this.isOwn(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!this.isOwn(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (mayOpenOutside(url)) void shell.openExternal(url);
      return { action: 'deny' };
    });
  }

  #denyPermissions(ofSession: Session): void {
    ofSession.setPermissionRequestHandler((_contents, permission, answer, details) =>
      answer(mayUse(permission, details.requestingUrl, this.#origin)),
    );
    ofSession.setPermissionCheckHandler((_contents, permission, asker) =>
      mayUse(permission, asker, this.#origin),
    );
    ofSession.setDevicePermissionHandler(() => false);
  }
}
