import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import {
  EmulatedModem,
  EmulatedNetwork,
  type EmulatedPort,
  type EmulatedSim,
  type NetworkOptions,
  openPty,
  type Profile,
} from '../../src/emulator/index.ts';

/** One emulated modem on a pseudo terminal that can be pulled out and put in elsewhere. */
export class PluggedModem {
  readonly number: string;
  readonly sim: EmulatedSim;
  readonly modem: EmulatedModem;
  readonly #folder: string;
  #port: EmulatedPort | undefined;

  constructor(number: string, sim: EmulatedSim, modem: EmulatedModem, folder: string) {
    this.number = number;
    this.sim = sim;
    this.modem = modem;
    this.#folder = folder;
  }

  /** Where it is plugged in by that name, whether or not it is at the moment. */
  path(socket: string): string {
    return join(this.#folder, socket);
  }

  async plugIn(socket: string): Promise<string> {
    this.#port = await openPty(this.modem, { link: this.path(socket) });
    return this.#port.path;
  }

  async unplug(): Promise<void> {
    await this.#port?.unplug();
    this.#port = undefined;
  }
}

/** A table with modems on one network, cleared after each test. */
export class ModemBench {
  readonly network: EmulatedNetwork;
  readonly #folder: string;
  readonly #modems: PluggedModem[] = [];

  private constructor(network: EmulatedNetwork, folder: string) {
    this.network = network;
    this.#folder = folder;
  }

  static async open(options: Omit<NetworkOptions, 'clock'> = {}): Promise<ModemBench> {
    const network = new EmulatedNetwork({ clock: systemClock, latencyMs: 0, reportDelayMs: 20, ...options });
    return new ModemBench(network, await mkdtemp(join(tmpdir(), 'postern-bench-')));
  }

  /** Puts a modem on the table; it is not plugged in yet. */
  add(number: string, options: { readonly profile?: Profile; readonly pin?: string } = {}): PluggedModem {
    const sim = this.network.addSim({ number, ...(options.pin ? { pin: options.pin } : {}) });
    const { profile } = options;
    const modem = new EmulatedModem({
      clock: systemClock,
      network: this.network,
      sim,
      ...(profile ? { profile } : {}),
    });
    const plugged = new PluggedModem(number, sim, modem, this.#folder);
    this.#modems.push(plugged);
    return plugged;
  }

  async clear(): Promise<void> {
    await Promise.all(this.#modems.map((modem) => modem.unplug()));
    this.network.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** What the network took from a number, in order. */
  takenFrom(number: string): string[] {
    return this.network.submissions.all
      .filter(({ from }) => from === number)
      .map(({ text, reference }) => `${text} (${reference})`);
  }

  /** How often each text left, by what it says. */
  timesSent(): Map<string, number> {
    const times = new Map<string, number>();
    for (const { text } of this.network.submissions.all)
      times.set(text ?? '', (times.get(text ?? '') ?? 0) + 1);
    return times;
  }
}
