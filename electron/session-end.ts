import type { BackendProcess } from './backend-process.ts';

/** Windows ends a program by force that is at the end of its session for longer than 5 s. */
export const longestHoldMs = 4_000;
const lookEveryMs = 20;

/** What is needed of Electron's `BaseWindow`. */
export interface HearingWindow {
  on(event: 'session-end', listener: () => void): unknown;
}

/**
 * Stops the gateway in order when Windows ends the session of the person: at shutdown, restart and log-off. It tells
 * only windows of that, and may end the program once they have heard it: the main process is held in that very event
 * until the gateway has ended.
 *
 * @param window one that is there as long as the app is, shown or not
 */
export function followSessionEnd(window: HearingWindow, backend: Pick<BackendProcess, 'pid' | 'stop'>): void {
  window.on('session-end', () => {
    const { pid } = backend;
    void backend.stop();
    if (pid !== undefined) holdWhile(() => isAlive(pid));
  });
}

/** Lets nothing else run in this thread as long as `isSo`, and at most for `longestHoldMs`. */
export function holdWhile(isSo: () => boolean, pause = sleep): void {
  for (let held = 0; held < longestHoldMs && isSo(); held += lookEveryMs) pause(lookEveryMs);
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
