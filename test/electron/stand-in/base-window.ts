import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { ElectronEvent } from './electron-event.ts';

/** A window without a page. */
export class BaseWindow extends EventEmitter {
  static readonly #all = new Set<BaseWindow>();
  readonly options: Electron.BaseWindowConstructorOptions;
  #destroyed = false;

  constructor(options: Electron.BaseWindowConstructorOptions = {}) {
    if (!app.isReady()) throw new Error('Cannot create BaseWindow before app is ready');
    super();
    this.options = options;
    BaseWindow.#all.add(this);
    app.windows.add(this);
  }

  static getAllWindows(): BaseWindow[] {
    return [...BaseWindow.#all];
  }

  isVisible = (): boolean => (this.options.show ?? true) && !this.#destroyed;
  isDestroyed = (): boolean => this.#destroyed;

  close(): void {
    const event = new ElectronEvent();
    this.emit('close', event);
    if (event.defaultPrevented) return;
    this.#destroyed = true;
    BaseWindow.#all.delete(this);
    app.windows.delete(this);
    this.emit('closed');
    if (app.windows.size === 0) app.allClosed();
  }
}
