import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  nativeTheme,
  type Session,
  screen,
  session,
  shell,
  type WebContents,
} from 'electron';
import { type DeskPages, deskScheme, settingsAddress, statusAddress } from './desk-pages.ts';
import type { WindowPlace } from './desktop-settings.ts';
import { isWithin, mayNavigate, mayOpenOutside, mayUse } from './origin.ts';
import { leastSize, placeWindow } from './window-place.ts';

/** In memory only: every start signs in anew with a link of its own. */
const partition = 'postern';
/** Chromium's number for a load that another took the place of. */
const aborted = -3;

interface WindowOptions {
  readonly place: () => WindowPlace | undefined;
  readonly onPlace: (place: WindowPlace) => void;
  readonly onFocus: () => void;
  readonly onClosed: () => void;
  /** The page's own process crashed. */
  readonly onLost: () => void;
}

/**
 * The one window. It shows the gateway's own pages, those of the app while there are none, and nothing else, whatever a
 * page tries: no other address, no further window, no permission but the clipboard.
 */
export class Window {
  readonly #options: WindowOptions;
  #origin: string | undefined;
  #window: BrowserWindow | undefined;
  #settings: BrowserWindow | undefined;

  constructor(options: WindowOptions) {
    this.#options = options;
  }

  /** Locks all that will ever be shown. To be called once, before anything is opened. */
  guard(pages: DeskPages): void {
    app.on('web-contents-created', (_event, contents) => this.#lock(contents));
    const own = session.fromPartition(partition);
    own.protocol.handle(deskScheme, (request) => pages.answer(request));
    for (const one of [own, session.defaultSession]) this.#denyPermissions(one);
  }

  get isOpen(): boolean {
    return this.#window !== undefined;
  }

  get isFocused(): boolean {
    return this.#window?.isFocused() ?? false;
  }

  /** Whether a page of the gateway is shown, which then looks for its gateway by itself. */
  get showsGateway(): boolean {
    return this.isOwn(this.#window?.webContents.getURL() ?? '');
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
    this.#load(link);
  }

  /** Shows how the gateway stands, or shows that anew. */
  openStatus(): void {
    this.#load(statusAddress);
  }

  /** Another page of the gateway that is shown. */
  goTo(path: string): void {
    if (this.#origin && this.showsGateway) this.#load(new URL(path, this.#origin).href);
    this.show();
  }

  openSettings(): void {
    this.#settings ??= this.#createSettings();
    this.#settings.loadURL(settingsAddress).catch(() => undefined);
    this.#settings.show();
  }

  show(): void {
    if (this.#window?.isMinimized()) this.#window.restore();
    this.#window?.show();
    this.#window?.focus();
  }

  close(): void {
    (BrowserWindow.getFocusedWindow() ?? this.#window)?.close();
  }

  showUnseen(picture: Electron.NativeImage | null, words: string): void {
    if (process.platform === 'win32') this.#window?.setOverlayIcon(picture, words);
  }

  /** A page that is left before it has loaded rejects; the next link comes with the next start. */
  #load(address: string): void {
    const isNew = this.#window === undefined;
    this.#window ??= this.#create();
    this.#window.loadURL(address).catch(() => undefined);
    if (isNew) this.show();
  }

  #create(): BrowserWindow {
    const kept = this.#options.place();
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const window = new BrowserWindow({
      title: 'Postern',
      ...placeWindow(kept, areas),
      minWidth: leastSize.width,
      minHeight: leastSize.height,
      autoHideMenuBar: true,
      ...(process.platform === 'linux' && { icon: join(app.getAppPath(), 'build', 'icons', '256x256.png') }),
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#14191a' : '#f7f8f8',
      webPreferences: { ...preferences, preload: join(import.meta.dirname, 'preload.cjs') },
    });
    if (kept?.maximized) window.maximize();
    window.on('close', () => {
      const maximized = window.isMaximized();
      this.#options.onPlace({ ...window.getNormalBounds(), maximized });
    });
    window.on('focus', this.#options.onFocus);
    window.on('closed', () => {
      this.#window = undefined;
      this.#options.onClosed();
    });
    window.webContents.on('did-fail-load', (_event, code, _words, address, isMainFrame) => {
      if (isMainFrame && code !== aborted && !address.startsWith(deskScheme)) this.openStatus();
    });
    window.webContents.on('render-process-gone', this.#options.onLost);
    return window;
  }

  #createSettings(): BrowserWindow {
    const window = new BrowserWindow({
      title: 'Desktop settings · Postern',
      width: 620,
      height: 760,
      autoHideMenuBar: true,
      webPreferences: preferences,
    });
    window.on('closed', () => {
      this.#settings = undefined;
    });
    return window;
  }

  #lock(contents: WebContents): void {
    const guard = (event: { readonly url: string; preventDefault(): void }) => {
      if (!mayNavigate(contents.getURL(), event.url, this.#origin)) event.preventDefault();
    };
    contents.on('will-frame-navigate', guard);
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

const preferences = {
  partition,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  // Chromium's fetches its dictionaries from the network
  spellcheck: false,
} as const;
