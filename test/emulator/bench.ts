import {
  EmulatedModem,
  EmulatedNetwork,
  type EmulatedSim,
  type ModemOptions,
  type NetworkOptions,
  type SimOptions,
} from '../../src/emulator/index.ts';
import { ManualClock } from '../manual-clock.ts';
import { BenchHost } from './bench-host.ts';

export interface BenchOptions extends Partial<Omit<ModemOptions, 'clock' | 'network' | 'sim'>> {
  readonly network?: Omit<NetworkOptions, 'clock'>;
  /** `null` for a modem without a SIM. */
  readonly sim?: Partial<SimOptions> | null;
}

export interface Bench {
  readonly clock: ManualClock;
  readonly network: EmulatedNetwork;
  readonly modem: EmulatedModem;
  readonly host: BenchHost;
  readonly sim: EmulatedSim;
}

export const ownNumber = '+15550001111';

/** A modem on the bench, powered on, echo off, with a host on its line and a network whose chance is always 0. */
export function setUp({
  network: networkOptions,
  sim: simOptions,
  ...modemOptions
}: BenchOptions = {}): Bench {
  const clock = new ManualClock();
  const network = new EmulatedNetwork({ clock, random: () => 0, ...networkOptions });
  const sim = network.addSim({ number: ownNumber, ...simOptions });
  const inserted = simOptions === null ? {} : { sim };
  const modem = new EmulatedModem({ clock, network, ...inserted, ...modemOptions });
  modem.powerOn();
  const host = new BenchHost(modem);
  host.type('ATE0\r');
  return { clock, network, modem, host, sim };
}

/** A second modem with its own SIM in the same network. */
export function addStation({ clock, network }: Bench, number: string): Bench {
  const sim = network.addSim({ number });
  const modem = new EmulatedModem({ clock, network, sim });
  modem.powerOn();
  const host = new BenchHost(modem);
  host.type('ATE0\r');
  return { clock, network, modem, host, sim };
}

/** `\r\nOK\r\n`, and each text framed before it. */
export function framed(...texts: readonly string[]): string {
  return texts.map((text) => `\r\n${text}\r\n`).join('');
}
