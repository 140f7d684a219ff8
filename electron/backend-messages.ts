import { type Glance, glance, type PersonNotice, personNotice } from '../src/contract/glance.ts';

/** What the main process tells the backend process. */
export type ToBackend =
  | { readonly type: 'start'; readonly settings: BackendSettings }
  | { readonly type: 'link' }
  | { readonly type: 'pause'; readonly paused: boolean }
  /** The machine goes to sleep, and is awake again. */
  | { readonly type: 'suspend' }
  | { readonly type: 'resume' }
  | { readonly type: 'stop' };

/** What the backend process tells the main process. A link is good for one sign-in. */
export type FromBackend =
  | { readonly type: 'ready'; readonly address: string; readonly link: string }
  | { readonly type: 'link'; readonly link: string }
  | { readonly type: 'glance'; readonly glance: Glance }
  | { readonly type: 'notice'; readonly notice: PersonNotice }
  /** A person wants it stopped in order and started again, for example on a restored backup. */
  | { readonly type: 'restart' }
  | { readonly type: 'failed'; readonly reason: string };

/** What the desktop app says itself; all else is the gateway's own configuration. */
export interface BackendSettings {
  readonly version: string;
  /** The port of the last run, so that open pages find it again, or that a person chose; else the configured one. */
  readonly port?: number;
  /** The folder that a person chose; the configured one where this is missing. */
  readonly dataDir?: string;
  /** 32 octets in Base64 that seal secrets; a key file in the data directory where this is missing. */
  readonly dataKey?: string;
}

/** Reads a message of the main process; undefined for what is none. */
export function parseToBackend(message: unknown): ToBackend | undefined {
  if (!isRecord(message)) return undefined;
  switch (message.type) {
    case 'start':
      return isSettings(message.settings) ? { type: 'start', settings: message.settings } : undefined;
    case 'pause':
      return typeof message.paused === 'boolean' ? { type: 'pause', paused: message.paused } : undefined;
    case 'link':
    case 'suspend':
    case 'resume':
    case 'stop':
      return { type: message.type };
    default:
      return undefined;
  }
}

/** Reads a message of the backend process; undefined for what is none. */
export function parseFromBackend(message: unknown): FromBackend | undefined {
  if (!isRecord(message)) return undefined;
  const { type, address, link, reason } = message;
  if (type === 'ready' && isWebAddress(address) && isWebAddress(link)) return { type, address, link };
  if (type === 'link' && isWebAddress(link)) return { type, link };
  if (type === 'failed' && typeof reason === 'string') return { type, reason };
  if (type === 'restart') return { type };
  if (type === 'glance') {
    const read = glance.safeParse(message.glance);
    return read.success ? { type, glance: read.data } : undefined;
  }
  if (type === 'notice') {
    const read = personNotice.safeParse(message.notice);
    return read.success ? { type, notice: read.data } : undefined;
  }
  return undefined;
}

function isSettings(value: unknown): value is BackendSettings {
  if (!isRecord(value) || typeof value.version !== 'string') return false;
  const { port, dataDir, dataKey } = value;
  if (port !== undefined && !(Number.isInteger(port) && Number(port) >= 0)) return false;
  return [dataDir, dataKey].every((text) => text === undefined || typeof text === 'string');
}

function isWebAddress(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
