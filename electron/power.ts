import type { BackendProcess } from './backend-process.ts';

/** What is needed of Electron's `powerMonitor`. */
export interface PowerEvents {
  on(event: 'suspend' | 'resume', listener: () => void): unknown;
}

/** What is needed of Electron's `powerSaveBlocker`. */
export interface SleepBlocker {
  start(type: 'prevent-app-suspension'): number;
}

/**
 * Keeps the machine from falling asleep by itself, for texts come at any hour, and lets the gateway close its ports
 * when somebody sends it to sleep all the same: no open port survives that.
 */
export function followPower(
  events: PowerEvents,
  blocker: SleepBlocker,
  backend: Pick<BackendProcess, 'suspending' | 'resumed'>,
): void {
  blocker.start('prevent-app-suspension');
  events.on('suspend', () => backend.suspending());
  events.on('resume', () => backend.resumed());
}
