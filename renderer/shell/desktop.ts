import { useEffect, useState } from 'react';
import type { AccessOutcome } from '../../src/contract/port-access.ts';

/** How the gateway stands that the desktop app runs. `waiting`: it stopped, and is started again in a while. */
export type BackendState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'waiting'; readonly reason: string | null; readonly retryInMs: number }
  | { readonly kind: 'stopping' };

/** What the desktop app's preload script offers to these pages; a browser has none of it. */
export interface Desktop {
  backendState(): Promise<BackendState>;
  restartBackend(): Promise<void>;
  /** Shows the settings of the desktop app itself: start with the system, port, notices. Older apps cannot. */
  openSettings?(): Promise<void>;
  /** Lets the person at this machine use its modems, once an administrator agrees. Older apps cannot. */
  giveAccess?(): Promise<AccessOutcome>;
  /** Returns how to stop listening. */
  onBackendState(listener: (state: BackendState) => void): () => void;
}

declare global {
  interface Window {
    readonly postern?: Desktop;
  }
}

/** The state of the gateway behind these pages, where the desktop app can tell it. */
export function useBackend(): { state: BackendState | undefined; restart: (() => void) | undefined } {
  const [state, setState] = useState<BackendState>();
  useEffect(() => {
    void window.postern?.backendState().then(setState);
    return window.postern?.onBackendState(setState);
  }, []);
  return { state, restart: window.postern && (() => void window.postern?.restartBackend()) };
}
