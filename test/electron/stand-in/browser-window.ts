import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { ElectronEvent } from './electron-event.ts';
import type { NativeImage } from './native-image.ts';
import { session } from './session.ts';
import { WebContents } from './web-contents.ts';

const usual = { x: 100, y: 100, width: 800, height: 600 };

/** A window of which everything is there but the picture. */
export class BrowserWindow extends EventEmitter {
  static readonly #all: BrowserWindow[] = [];
  static #focused: BrowserWindow | undefined;
  readonly webContents: WebContents;
  readonly options: Electron.BrowserWindowConstructorOptions;
  title: string;
  #bounds: Electron.Rectangle;
  #visible: boolean;
  #minimized = false;
  #maximized = false;
  #destroyed = false;
  overlay: { readonly path: string; readonly words: string } | null = null;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    super();
    this.options = options;
    this.title = options.title ?? app.name;
    const { x = usual.x, y = usual.y, width = usual.width, height = usual.height } = options;
    this.#bounds = { x, y, width, height };
    this.#visible = options.show ?? true;
    this.webContents = new WebContents(session.fromPartition(options.webPreferences?.partition ?? ''));
    BrowserWindow.#all.push(this);
    app.windows.add(this);
    app.emit('web-contents-created', new ElectronEvent(), this.webContents);
    app.emit('browser-window-created', new ElectronEvent(), this);
  }

  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.#all.filter((window) => !window.isDestroyed());
  }

  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.#focused ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.load(url);
  }

  show(): void {
    this.#visible = true;
    this.emit('show');
    this.focus();
  }

  hide(): void {
    this.#visible = false;
    this.blur();
    this.emit('hide');
  }

  focus(): void {
    if (BrowserWindow.#focused === this) return;
    BrowserWindow.#focused = this;
    this.emit('focus');
  }

  blur(): void {
    if (BrowserWindow.#focused !== this) return;
    BrowserWindow.#focused = undefined;
    this.emit('blur');
  }

  minimize(): void {
    this.#minimized = true;
    this.blur();
  }

  restore(): void {
    this.#minimized = false;
  }

  maximize(): void {
    this.#maximized = true;
    this.emit('maximize');
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    this.emit('resize');
    this.emit('move');
  }

  getNormalBounds = (): Electron.Rectangle => this.#bounds;
  isVisible = (): boolean => this.#visible && !this.#destroyed;
  isFocused = (): boolean => BrowserWindow.#focused === this;
  isMinimized = (): boolean => this.#minimized;
  isMaximized = (): boolean => this.#maximized;
  isDestroyed = (): boolean => this.#destroyed;
  setOverlayIcon(picture: NativeImage | null, words: string): void {
    this.overlay = picture && { path: picture.path, words };
  }

  flashFrame(): void {}

  close(): void {
    if (this.#destroyed) return;
    const event = new ElectronEvent();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    this.blur();
    this.#destroyed = true;
    this.webContents.destroy();
    app.windows.delete(this);
    this.emit('closed');
    if (app.windows.size === 0) app.allClosed();
  }
}
