import { type Clock, delay, type Timer } from '../clock.ts';
import { deviceAt } from './device-at.ts';
import { TransportError } from './transport.ts';

/** An open port as far as its presence can be asked for. */
export interface WatchedPort {
  readonly path: string;
  /** Asks the driver for the modem lines (TIOCMGET, GetCommModemStatus); what it says when it gives none. */
  readonly askDriver: () => Promise<string | undefined>;
}

const lookEveryMs = 1_000;
/** A driver that fails once may be busy; one that fails again so soon after has lost its device. */
const askAgainMs = 200;

/**
 * Notices within about a second that an open port lost its device, which a serial port may fail to tell: a read of a
 * tty that was hung up gives nothing for ever instead of an error, and a write may go nowhere. Two signs: the path
 * leads to no device or to another one (a stick that came back, a symbolic link that moved), and the driver refuses
 * what it answered when the port was opened. A pseudo terminal has no modem lines, and refuses with other words once
 * it is hung up.
 */
export class PortWatch {
  readonly #port: WatchedPort;
  readonly #clock: Clock;
  readonly #lost: (cause: TransportError) => void;
  #device: string | undefined;
  #answer: string | undefined;
  #timer: Timer | undefined;
  #stopped = false;

  constructor(port: WatchedPort, clock: Clock, lost: (cause: TransportError) => void) {
    this.#port = port;
    this.#clock = clock;
    this.#lost = lost;
  }

  /** Remembers the device and looks from now on. */
  async start(): Promise<void> {
    this.#device = deviceAt(this.#port.path);
    this.#answer = await this.#port.askDriver();
    this.#lookLater();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  #lookLater(): void {
    if (!this.#stopped) this.#timer = this.#clock.after(lookEveryMs, () => this.#look());
  }

  async #look(): Promise<void> {
    if (this.#isElsewhere) return this.#tell('is gone');
    if (!(await this.#isRefused())) return this.#lookLater();
    this.#timer = this.#clock.after(askAgainMs, async () => {
      if (await this.#isRefused()) this.#tell('has lost its device');
      else this.#lookLater();
    });
  }

  #tell(what: string): void {
    if (!this.#stopped) this.#lost(new TransportError('absent', `${this.#port.path} ${what}.`));
  }

  /** A path that names no file, as on Windows, tells nothing. */
  get #isElsewhere(): boolean {
    const device = deviceAt(this.#port.path);
    return this.#device !== undefined && device !== undefined && device !== this.#device;
  }

  async #isRefused(): Promise<boolean> {
    const answer = await this.#port.askDriver();
    return answer !== undefined && answer !== this.#answer;
  }
}

/** Resolves when a path that nobody has open leads to another device than before: something was plugged in or out. */
export async function deviceChange(path: string, clock: Clock, signal: AbortSignal): Promise<void> {
  const before = deviceAt(path);
  if (before === undefined) return new Promise(() => undefined);
  while (!signal.aborted) {
    await delay(clock, lookEveryMs, signal);
    if (deviceAt(path) !== before) return;
  }
}
