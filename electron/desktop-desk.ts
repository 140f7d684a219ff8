import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { chmod, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, dialog, safeStorage, shell } from 'electron';
import { readConfig } from '../src/config.ts';
import type { BackendSettings } from './backend-messages.ts';
import type { BackendProcess, BackendState } from './backend-process.ts';
import { DataKey } from './data-key.ts';
import type { Desk } from './desk-pages.ts';
import {
  type DesktopChange,
  type DesktopSettings,
  type SettingsFile,
  writeWhole,
} from './desktop-settings.ts';
import { autostartEntry, hiddenFlag } from './login-item.ts';
import { type Installation, readUpdate, takePackage, UpdateError } from './update-file.ts';

/** What a person can do on the app's own pages, done. */
export class DesktopDesk implements Desk {
  readonly #file: SettingsFile;
  readonly #backend: BackendProcess;
  /** Folders that the person makes ready to be moved: their key files stay until the app ends. */
  readonly #handedOver = new Set<string>();

  constructor(file: SettingsFile, backend: BackendProcess) {
    this.#file = file;
    this.#backend = backend;
  }

  /** What the gateway is to start with: the folder that was chosen or is usual, and the key of its secrets. */
  async backendSettings(): Promise<BackendSettings> {
    const { dataDir } = this;
    const { port } = this.settings;
    const dataKey = this.#handedOver.has(dataDir) ? undefined : await this.#dataKey.unwrap();
    return {
      version: app.getVersion(),
      dataDir,
      ...(port !== undefined && { port }),
      ...(dataKey !== undefined && { dataKey }),
    };
  }

  get state(): BackendState {
    return this.#backend.state;
  }

  get settings(): DesktopSettings {
    return this.#file.all;
  }

  get version(): string {
    return app.getVersion();
  }

  get dataDir(): string {
    const { dataDir, port } = this.settings;
    return readConfig({ dataDir, port }, process.env).dataDir;
  }

  restart(): void {
    this.#backend.restartNow();
  }

  save(change: DesktopChange): string {
    const before = this.settings;
    this.#file.change(change);
    if (this.settings.startAtLogin !== before.startAtLogin) startAtLogin(this.settings.startAtLogin);
    if (this.settings.port === before.port) return 'Saved.';
    void this.#backend.restart();
    return 'Saved. The gateway starts anew on its port.';
  }

  async chooseFolder(): Promise<string> {
    const { filePaths } = await dialog.showOpenDialog({
      title: 'The data directory of Postern',
      defaultPath: this.dataDir,
      properties: ['openDirectory', 'createDirectory'],
    });
    return filePaths[0] === undefined ? '' : this.#takeFolder(filePaths[0]);
  }

  usualFolder(): string {
    return this.#takeFolder(undefined);
  }

  /** The directory is taken over again at the next start of the app. */
  async handOver(): Promise<string> {
    try {
      await this.#dataKey.handOver();
      this.#handedOver.add(this.dataDir);
      return `Done: ${join(this.dataDir, 'secret.key')} opens the secrets. Quit Postern before you move the folder.`;
    } catch (error) {
      return (error as Error).message;
    }
  }

  forgetSecrets(): string {
    this.#dataKey.forget();
    this.#backend.restartNow();
    return 'Enter the PINs and passwords again once Postern runs.';
  }

  async update(): Promise<string> {
    const { filePaths } = await dialog.showOpenDialog({
      title: 'Update Postern',
      filters: [{ name: 'Update of Postern', extensions: ['update'] }],
      properties: ['openFile'],
    });
    if (filePaths[0] === undefined) return '';
    try {
      return await installUpdate(filePaths[0]);
    } catch (error) {
      if (error instanceof UpdateError) return error.message;
      throw error;
    }
  }

  get #dataKey(): DataKey {
    return new DataKey(this.dataDir, safeStorage);
  }

  #takeFolder(dataDir: string | undefined): string {
    this.#file.change({ dataDir });
    void this.#backend.restart();
    return 'Saved. The gateway starts anew with this folder.';
  }
}

/** Windows and macOS keep a list; on Linux it is a file in the person's autostart folder. */
function startAtLogin(on: boolean): void {
  if (process.platform !== 'linux') return app.setLoginItemSettings({ openAtLogin: on, args: [hiddenFlag] });
  const folder = join(app.getPath('appData'), 'autostart');
  const file = join(folder, 'postern.desktop');
  mkdirSync(folder, { recursive: true });
  if (on) writeWhole(file, autostartEntry(process.env.APPIMAGE ?? app.getPath('exe')));
  else rmSync(file, { force: true });
}

async function installUpdate(updateFile: string): Promise<string> {
  const keyFile = join(app.getAppPath(), 'build', 'update-key.pem');
  if (!existsSync(keyFile))
    throw new UpdateError(
      'This Postern was built without a key to check updates with. Install the new one by hand.',
    );
  const update = readUpdate(
    readFileSync(updateFile, 'utf8'),
    readFileSync(keyFile, 'utf8'),
    thisInstallation(),
  );
  const taken = await takePackage(updateFile, update, join(app.getPath('userData'), 'updates'));
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: `Install Postern ${update.version}?`,
    detail: 'Its signature fits. Postern finishes the text in hand and quits for it.',
    buttons: ['Install', 'Cancel'],
    cancelId: 1,
  });
  if (response !== 0) return '';
  if (process.env.APPIMAGE) await replaceAppImage(taken, process.env.APPIMAGE);
  else {
    const complaint = await shell.openPath(taken);
    if (complaint) throw new UpdateError(`The system could not open ${taken}: ${complaint}`);
  }
  app.quit();
  return `Postern ${update.version} is being installed.`;
}

/** An AppImage is one file, which may be exchanged while it runs. */
async function replaceAppImage(taken: string, appImage: string): Promise<void> {
  await copyFile(taken, `${appImage}.new`);
  await chmod(`${appImage}.new`, 0o755);
  renameSync(`${appImage}.new`, appImage);
  app.relaunch({ execPath: appImage });
}

function thisInstallation(): Installation {
  const linux = process.env.APPIMAGE ? 'AppImage' : existsSync('/usr/bin/dpkg') ? 'deb' : 'rpm';
  const format = { win32: 'exe', darwin: 'dmg' }[process.platform as string] ?? linux;
  return { version: app.getVersion(), platform: process.platform, arch: process.arch, format };
}
