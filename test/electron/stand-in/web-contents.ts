import { EventEmitter } from 'node:events';
import { ElectronEvent, eventWith } from './electron-event.ts';
import { ipcMain } from './ipc-main.ts';
import type { Loaded, Session } from './session.ts';

type OpenHandler = (details: { readonly url: string }) => { readonly action: string };

/** A page in a window: it loads over real HTTP or the app's own protocol; nothing is drawn, no script runs. */
export class WebContents extends EventEmitter {
  readonly session: Session;
  readonly sent: { readonly channel: string; readonly value: unknown }[] = [];
  page: Loaded | undefined;
  zoomLevel = 0;
  #loads = 0;
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  #destroyed = false;

  constructor(session: Session) {
    super();
    this.session = session;
  }

  getURL(): string {
    return this.page?.url ?? '';
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  destroy(): void {
    this.#destroyed = true;
    this.emit('destroyed');
  }

  send(channel: string, value: unknown): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    this.sent.push({ channel, value: structuredClone(value) });
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  setZoomLevel(level: number): void {
    this.zoomLevel = level;
  }

  reload(): void {
    this.load(this.getURL()).catch(() => undefined);
  }

  /** Rejects like `loadURL`, also where a later load took its place. */
  async load(address: string, init: RequestInit = {}): Promise<void> {
    const turn = ++this.#loads;
    try {
      const page = await this.session.load(address, init, (event) => this.emit('will-redirect', event));
      if (turn !== this.#loads || this.#destroyed) throw new Error('ERR_ABORTED (-3)');
      this.page = page;
      this.emit('did-navigate', new ElectronEvent(), page.url, page.status, '');
      this.emit('did-finish-load');
    } catch (error) {
      const [, words = 'ERR_FAILED', code = '-2'] = /(\w+) \((-\d+)\)/.exec(String(error)) ?? [];
      if (!this.#destroyed)
        this.emit('did-fail-load', new ElectronEvent(), Number(code), words, address, true);
      throw error;
    }
  }

  // What a page or the person before it does ---------------------------------------------------------------------

  /** The page goes elsewhere by itself, by a link or a form; whether it was let. */
  async goes(address: string, init: RequestInit = {}): Promise<boolean> {
    const frame = { url: this.getURL() };
    const event = eventWith({
      url: address,
      isSameDocument: false,
      isMainFrame: true,
      frame,
      initiator: frame,
    });
    this.emit('will-frame-navigate', event);
    if (!event.defaultPrevented) this.emit('will-navigate', event);
    if (event.defaultPrevented) return false;
    await this.load(address, init).catch(() => undefined);
    return true;
  }

  /** The page opens a further window; whether it got one. */
  opens(url: string): boolean {
    return this.#openHandler({ url }).action === 'allow';
  }

  /** The page asks the main process through the preload script. */
  asks(channel: string, value?: unknown, frameUrl = this.getURL()): Promise<unknown> {
    return ipcMain.invoke(channel, { sender: this, senderFrame: { url: frameUrl } }, value);
  }
}
