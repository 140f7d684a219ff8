import type { BackendProcess } from './backend-process.ts';

/** What is needed of Electron's `powerMonitor`. */
export interface PowerEvents {
  on(event: 'suspend' | 'resume' | 'shutdown', listener: () => void): unknown;
}

/** What is needed of Electron's `powerSaveBlocker`. */
export interface SleepBlocker {
  start(type: 'prevent-app-suspension'): number;
  stop(id: number): boolean;
}

/**
 * Lets the gateway close its ports when somebody sends the machine to sleep, for no open port survives that, and quits in
 * order when the system goes down: where the system can wait (Linux, macOS) it is asked to.
 */
export function followPower(
  events: PowerEvents,
  backend: Pick<BackendProcess, 'suspending' | 'resumed'>,
  quit: () => void,
): void {
  events.on('suspend', () => backend.suspending());
  events.on('resume', () => backend.resumed());
  // the event is documented, and missing in Electron's types
  events.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    quit();
  });
}

/** Keeps the machine from falling asleep by itself while there is work; the screen may go dark. */
export class Wakefulness {
  readonly #blocker: SleepBlocker;
  #id: number | undefined;

  constructor(blocker: SleepBlocker) {
    this.#blocker = blocker;
  }

  update(hasWork: boolean): void {
    if (hasWork) this.#id ??= this.#blocker.start('prevent-app-suspension');
    else if (this.#id !== undefined) {
      this.#blocker.stop(this.#id);
      this.#id = undefined;
    }
  }
}
