import type { Clock, Timer } from '../../clock.ts';
import type { Obstacle } from '../obstacle.ts';
import { obstacleOfDevice } from './device-obstacle.ts';
import { runningPrograms } from './device-users.ts';
import type { Listing } from './listed-port.ts';
import type { SystemFolders } from './system-folders.ts';
import type { UsbDevice } from './usb-device.ts';

/** A stick shows its CD-ROM first, and its ports once the system has switched it over: this is waited for. */
const patienceMs = 15_000;

interface Portless {
  readonly device: UsbDevice;
  readonly timer: Timer;
  obstacle: Obstacle | undefined;
}

/** Modems that are plugged in and show no serial port, and why. */
export class PortlessDevices {
  readonly #clock: Clock;
  readonly #proc: SystemFolders['proc'];
  readonly #changed: (device: UsbDevice, obstacle: Obstacle | undefined) => void;
  readonly #devices = new Map<string, Portless>();

  constructor(
    clock: Clock,
    proc: SystemFolders['proc'],
    changed: (device: UsbDevice, obstacle: Obstacle | undefined) => void,
  ) {
    this.#clock = clock;
    this.#proc = proc;
    this.#changed = changed;
  }

  stop(): void {
    for (const { timer } of this.#devices.values()) timer.cancel();
  }

  /** This is plugged in now. */
  update({ devices, ports }: Listing): void {
    const withPorts = new Set(ports.map(({ device }) => device?.key));
    const portless = devices.filter(({ key }) => !withPorts.has(key));
    const present = new Map(portless.map((device) => [device.instance, device]));
    for (const [instance, entry] of this.#devices) if (!present.has(instance)) this.#forget(instance, entry);
    for (const [instance, device] of present) if (!this.#devices.has(instance)) this.#enter(instance, device);
  }

  #enter(instance: string, device: UsbDevice): void {
    const timer = this.#clock.after(patienceMs, () => this.#judge(instance));
    this.#devices.set(instance, { device, timer, obstacle: undefined });
  }

  #forget(instance: string, { device, timer, obstacle }: Portless): void {
    timer.cancel();
    this.#devices.delete(instance);
    if (obstacle) this.#changed(device, undefined);
  }

  async #judge(instance: string): Promise<void> {
    const programs = await runningPrograms(this.#proc);
    const entry = this.#devices.get(instance);
    if (!entry) return;
    entry.obstacle = obstacleOfDevice(entry.device, programs);
    if (entry.obstacle) this.#changed(entry.device, entry.obstacle);
  }
}
