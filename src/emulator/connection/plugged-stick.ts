import type { EmulatedModem } from '../modem.ts';
import type { StickPort } from '../stick.ts';
import { type EmulatedPort, openPty } from './pty.ts';

/** One device of a stick that is plugged in. */
export interface PluggedPort {
  /** The device, or the link to it. */
  readonly path: string;
  readonly role: StickPort['role'];
}

export interface PluggedStickOptions {
  readonly modem: EmulatedModem;
  readonly ports: readonly StickPort[];
  /** Symbolic link to the main port's device; those of the others have the role behind it: `LINK-second`. */
  readonly link?: string;
  /** Called each time that it is plugged in. */
  readonly plugged: (ports: readonly PluggedPort[]) => void;
  /** Called when it came back and its devices could not be made. */
  readonly failed: (error: Error) => void;
}

/**
 * A modem on pseudo terminals that are there while it has power: they vanish when it loses power, and others come when
 * it is back, as with a stick that is pulled out or restarts.
 */
export class PluggedStick {
  readonly #options: PluggedStickOptions;
  #devices: readonly EmulatedPort[] | undefined;
  #stopped = false;
  #opening: Promise<void> | undefined;

  constructor(options: PluggedStickOptions) {
    this.#options = options;
  }

  /** Plugs it in and turns it on. */
  async start(): Promise<void> {
    this.#options.modem.on('power', this.#onPower);
    await this.#open();
  }

  /** Pulls it out for good. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const { modem } = this.#options;
    modem.off('power', this.#onPower);
    await this.#opening?.catch(() => undefined);
    modem.powerOff();
    await Promise.all((this.#devices ?? []).map((device) => device.unplug()));
  }

  readonly #onPower = (on: boolean): void => {
    if (on) this.#reopen();
  };

  #reopen(): void {
    if (this.#opening || this.#devices || this.#stopped) return;
    this.#open().catch((error: Error) => this.#options.failed(error));
  }

  #open(): Promise<void> {
    this.#opening = this.#makeDevices().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #makeDevices(): Promise<void> {
    const { modem, ports, link, plugged } = this.#options;
    const devices = await Promise.all(ports.map(({ port, role }) => openPty(port, linkOf(link, role))));
    this.#devices = devices;
    void Promise.all(devices.map(({ closed }) => closed)).then(() => {
      this.#devices = undefined;
      if (modem.powered) this.#reopen();
    });
    plugged(devices.map(({ path }, place) => ({ path, role: ports[place]?.role ?? 'main' })));
  }
}

function linkOf(link: string | undefined, role: StickPort['role']): { readonly link?: string } {
  if (link === undefined) return {};
  return { link: role === 'main' ? link : `${link}-${role}` };
}
