import type { IpcRendererEvent } from 'electron' with { 'resolution-mode': 'require' };
import type { BackendState } from './backend-process.ts' with { 'resolution-mode': 'import' };
import type { Notices, Requests } from './ipc.ts' with { 'resolution-mode': 'import' };

const { contextBridge, ipcRenderer } = require('electron') as typeof import('electron');

function ask<Channel extends keyof Requests>(channel: Channel): Promise<Requests[Channel]> {
  return ipcRenderer.invoke(channel);
}

function listen<Channel extends keyof Notices>(
  channel: Channel,
  listener: (notice: Notices[Channel]) => void,
): () => void {
  const forward = (_event: IpcRendererEvent, notice: Notices[Channel]) => listener(notice);
  ipcRenderer.on(channel, forward);
  return () => ipcRenderer.off(channel, forward);
}

/** All that the pages can reach of the desktop app; never ipcRenderer itself. */
const desktop = {
  backendState: () => ask('backend:state'),
  restartBackend: () => ask('backend:restart'),
  openSettings: () => ask('settings:open'),
  giveAccess: () => ask('access:give'),
  onBackendState: (listener: (state: BackendState) => void) => listen('backend:changed', listener),
};

contextBridge.exposeInMainWorld('postern', desktop);

export type DesktopBridge = typeof desktop;
