import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ElectronEvent } from './electron-event.ts';
import { SingleInstance } from './single-instance.ts';

interface Closable {
  close(): void;
  isDestroyed(): boolean;
}

/** Electron's `app`: its life from ready to quit, in the documented order of events. */
class App extends EventEmitter {
  readonly commandLine = { appendSwitch: () => undefined, hasSwitch: () => false };
  readonly dock = undefined;
  readonly isPackaged = process.env.STAND_IN_PACKAGED === '1';
  readonly windows = new Set<Closable>();
  readonly beforeExit: (() => void)[] = [];
  badgeCount = 0;
  loginItem: Electron.Settings = {};
  sandboxed = false;
  relaunched: Electron.RelaunchOptions | true | undefined;
  #instance: SingleInstance | undefined;
  #ready = false;
  #quitting = false;
  readonly #whenReady: Promise<void>;

  constructor() {
    super();
    this.#whenReady = new Promise((resolve) => {
      setImmediate(() => {
        this.#ready = true;
        this.emit('ready', new ElectronEvent());
        resolve();
      });
    });
  }

  get name(): string {
    return 'Postern';
  }

  getName(): string {
    return this.name;
  }

  getVersion(): string {
    const manifest = JSON.parse(readFileSync(join(this.getAppPath(), 'package.json'), 'utf8'));
    return process.env.STAND_IN_VERSION ?? manifest.version;
  }

  getAppPath(): string {
    return process.env.STAND_IN_APP ?? join(import.meta.dirname, '../../..');
  }

  getPath(name: string): string {
    const home = process.env.STAND_IN_HOME;
    if (!home) throw new Error('STAND_IN_HOME is not set');
    if (name === 'exe') return process.execPath;
    const path = name === 'home' ? home : join(home, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  isReady(): boolean {
    return this.#ready;
  }

  whenReady(): Promise<void> {
    return this.#whenReady;
  }

  enableSandbox(): void {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.sandboxed = true;
  }

  setAppUserModelId(_id: string): void {}

  setBadgeCount(count = 0): boolean {
    this.badgeCount = count;
    return true;
  }

  setLoginItemSettings(settings: Electron.Settings): void {
    this.loginItem = settings;
  }

  getLoginItemSettings(): { openAtLogin: boolean; wasOpenedAtLogin: boolean } {
    const wasOpenedAtLogin = process.env.STAND_IN_AT_LOGIN === '1';
    return { openAtLogin: this.loginItem.openAtLogin ?? false, wasOpenedAtLogin };
  }

  requestSingleInstanceLock(additional: Record<string, unknown> = {}): boolean {
    this.#instance = new SingleInstance(this.getPath('userData'), (start) => {
      this.emit('second-instance', new ElectronEvent(), start.argv, start.cwd, start.additional);
    });
    return this.#instance.take(additional);
  }

  /** The first instance's word that the other is about to go. */
  relaunch(options?: Electron.RelaunchOptions): void {
    this.relaunched = options ?? true;
  }

  quit(): void {
    if (this.#quitting) return;
    const before = new ElectronEvent();
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.#quitting = true;
    for (const window of [...this.windows]) {
      window.close();
      if (window.isDestroyed()) continue;
      this.#quitting = false; // a window that stays keeps the app
      return;
    }
    const will = new ElectronEvent();
    this.emit('will-quit', will);
    if (will.defaultPrevented) this.#quitting = false;
    else this.exit(0);
  }

  exit(code = 0): void {
    this.emit('quit', new ElectronEvent(), code);
    for (const action of this.beforeExit) action();
    this.#instance?.release();
    process.exit(code);
  }

  /** The last window has gone: with nobody listening that ends the app. */
  allClosed(): void {
    if (this.#quitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }
}

export const app = new App();
