import { useSyncExternalStore } from 'react';

/** Whether somebody may be looking at the page: it is in no tab behind another, nor in a window that was put away. */
export function useSeen(): boolean {
  return useSyncExternalStore(subscribe, () => document.visibilityState !== 'hidden');
}

function subscribe(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
