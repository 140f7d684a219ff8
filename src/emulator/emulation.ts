import type { Clock } from '../clock.ts';
import { type OpenTransport, TransportError } from '../modem/transport.ts';
import { emulatedTransport } from './connection/emulated-transport.ts';
import { EmulatedModem } from './modem.ts';
import { EmulatedNetwork } from './network/emulated-network.ts';
import type { NetworkOptions } from './network/network-options.ts';
import type { PhoneBehaviour } from './network/phone.ts';
import { generic } from './profiles/generic.ts';
import type { Profile } from './profiles/profile.ts';

export interface EmulationOptions extends Omit<NetworkOptions, 'clock'> {
  readonly clock: Clock;
  /** How many modems, each with a SIM of its own. */
  readonly count: number;
  readonly profile?: Profile;
  /** What sets single modems apart, by their place. */
  readonly stations?: readonly StationOptions[];
  /** False leaves the modems without power until they are plugged in. */
  readonly powered?: boolean;
}

/** What one modem of an emulation has of its own. */
export interface StationOptions {
  readonly profile?: Profile;
  readonly imei?: string;
  /** Its SIM asks for this PIN. */
  readonly pin?: string;
  /** +CSQ: 0 to 31. */
  readonly signal?: number;
}

/** One modem of an emulation. */
export interface EmulatedStation {
  /** What its port is called: `emulator:1`. */
  readonly path: string;
  readonly number: string;
  readonly modem: EmulatedModem;
}

/** Modems with SIMs that can text each other, and phones that answer. */
export interface Emulation {
  readonly network: EmulatedNetwork;
  readonly modems: readonly EmulatedStation[];
  /** Numbers to try, and what happens there. */
  readonly phones: readonly { readonly number: string; readonly behaviour: PhoneBehaviour }[];
  /** Opens a station's port within this process; one host at a time, as with a real port. */
  readonly open: OpenTransport;
  /** Cuts the power and ends everything under way. */
  stop(): void;
}

/** Numbers of a range that no subscriber has. */
export const subscriber = (place: number) => `+1555010${String(place).padStart(4, '0')}`;

const phones = [
  { number: '+15550199001', behaviour: 'auto-reply' },
  { number: '+15550199002', behaviour: 'echo' },
  { number: '+15550199003', behaviour: 'switched-off' },
  { number: '+15550199004', behaviour: 'silent' },
] as const;

/** Starts a network with `count` modems, ready to be opened within this process. */
export function startEmulation(options: EmulationOptions): Emulation {
  const { clock, count, profile = generic, powered = true, stations = [], ...networkOptions } = options;
  const network = new EmulatedNetwork({ clock, ...networkOptions });
  for (const { number, behaviour } of phones) network.addPhone(number, behaviour);
  const modems = Array.from({ length: count }, (_, index): EmulatedStation => {
    const number = subscriber(index + 1);
    const { pin, signal, imei, profile: own = profile } = stations[index] ?? {};
    const sim = network.addSim({ number, ...(pin !== undefined && { pin }) });
    const modem = new EmulatedModem({
      clock,
      network,
      profile: own,
      sim,
      ...(imei !== undefined && { imei }),
    });
    if (signal !== undefined) modem.equipment.radio.signal = signal;
    if (powered) modem.powerOn();
    return { path: `emulator:${index + 1}`, number, modem };
  });
  const stop = () => {
    for (const { modem } of modems) modem.powerOff();
    network.stop();
  };
  return { network, modems, phones, open: opener(modems), stop };
}

function opener(modems: readonly EmulatedStation[]): OpenTransport {
  const held = new Set<string>();
  return async (path, { baudRate }) => {
    const station = modems.find((candidate) => candidate.path === path);
    if (!station?.modem.powered) throw new TransportError('absent', `${path} is not plugged in`);
    if (held.has(path)) throw new TransportError('busy', `${path} is held by another program`);
    held.add(path);
    const transport = emulatedTransport(station.modem, path, baudRate);
    transport.once('close', () => held.delete(path));
    return transport;
  };
}
