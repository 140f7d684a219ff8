import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Where a window lay when it was seen last; the size is that of the window when it is not maximised. */
export interface WindowPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

/** What a person has set for the desktop app; the gateway has its own settings, in its database. */
export interface DesktopSettings {
  /** The configured or usual folder and port where nothing is set. */
  readonly dataDir?: string;
  readonly port?: number;
  readonly startAtLogin: boolean;
  /** Whether the gateway goes on when the window is closed. */
  readonly keepRunning: boolean;
  readonly notifications: boolean;
  /** Whether the person knows that closing the window is not the end. */
  readonly toldOfTray: boolean;
  readonly window?: WindowPlace;
}

/** What is named is set, what is undefined is taken back. */
export type DesktopChange = { readonly [Name in keyof DesktopSettings]?: DesktopSettings[Name] | undefined };

const usual: DesktopSettings = {
  startAtLogin: false,
  keepRunning: true,
  notifications: true,
  toldOfTray: false,
};

/** Reads what was kept; a value that is missing or makes no sense counts as not set. */
export function parseDesktopSettings(kept: unknown): DesktopSettings {
  if (typeof kept !== 'object' || kept === null) return usual;
  const { dataDir, port, window, ...rest } = kept as Record<string, unknown>;
  const truth = (name: 'startAtLogin' | 'keepRunning' | 'notifications' | 'toldOfTray') =>
    typeof rest[name] === 'boolean' ? rest[name] : usual[name];
  return {
    ...(typeof dataDir === 'string' && dataDir !== '' && { dataDir }),
    ...(isPort(port) && { port }),
    startAtLogin: truth('startAtLogin'),
    keepRunning: truth('keepRunning'),
    notifications: truth('notifications'),
    toldOfTray: truth('toldOfTray'),
    ...(isPlace(window) && { window }),
  };
}

export function isPort(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_535;
}

function isPlace(value: unknown): value is WindowPlace {
  if (typeof value !== 'object' || value === null) return false;
  const { x, y, width, height, maximized } = value as Record<string, unknown>;
  return [x, y, width, height].every(Number.isInteger) && typeof maximized === 'boolean';
}

/** The settings in their file. A damaged file is as good as none: nothing in it is worth a start that fails. */
export class SettingsFile {
  readonly #file: string;
  #settings: DesktopSettings;

  constructor(file: string) {
    this.#file = file;
    this.#settings = parseDesktopSettings(readJson(file));
  }

  get all(): DesktopSettings {
    return this.#settings;
  }

  /** All of it is on disk when this returns. */
  change(change: DesktopChange): void {
    this.#settings = parseDesktopSettings({ ...this.#settings, ...change });
    writeWhole(this.#file, `${JSON.stringify(this.#settings, null, 2)}\n`);
  }
}

/** Replaces `file` by one that holds `text`, readable by its user alone; whole before and whole after. */
export function writeWhole(file: string, text: string | Buffer): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const handle = openSync(`${file}.part`, 'w', 0o600);
  try {
    writeSync(handle, text as string);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(`${file}.part`, file);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
