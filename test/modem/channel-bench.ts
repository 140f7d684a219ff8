import { onTestFinished } from 'vitest';
import {
  EmulatedModem,
  EmulatedNetwork,
  type EmulatedSim,
  emulatedTransport,
  type Faults,
  type NetworkOptions,
  type Profile,
} from '../../src/emulator/index.ts';
import type { Refusal } from '../../src/gsm/at/final-result.ts';
import type { Unsolicited } from '../../src/gsm/at/unsolicited.ts';
import { encodeSubmit } from '../../src/gsm/pdu/index.ts';
import { silentLog } from '../../src/log.ts';
import { AtChannel, type SubmitOutcome } from '../../src/modem/at-channel.ts';
import type { Transport } from '../../src/modem/transport.ts';
import { ManualClock } from '../manual-clock.ts';
import { settled } from './eventually.ts';

export const ownNumber = '+15550001111';
export const friend = '+15557654321';

/** A channel on a line, and all that it wrote and told. */
export interface Line {
  readonly clock: ManualClock;
  readonly channel: AtChannel;
  /** What was written, piece by piece. */
  readonly written: string[];
  readonly unsolicited: Unsolicited[];
  readonly lateRefusals: [Refusal, number][];
  /** Names of the events without content, in order. */
  readonly told: string[];
}

export interface ChannelBench extends Line {
  readonly network: EmulatedNetwork;
  readonly modem: EmulatedModem;
  readonly sim: EmulatedSim;
}

export interface ChannelBenchOptions {
  readonly faults?: Partial<Faults>;
  readonly network?: Omit<NetworkOptions, 'clock'>;
  readonly profile?: Profile;
  readonly started?: boolean;
}

/** Joins a channel to a transport and writes down what passes. */
export function lineOver(transport: Transport, clock: ManualClock): Line {
  const written: string[] = [];
  const write = transport.write.bind(transport);
  transport.write = (octets) => {
    written.push(octets);
    return write(octets);
  };
  const channel = new AtChannel(transport, clock, silentLog);
  const line: Line = { clock, channel, written, unsolicited: [], lateRefusals: [], told: [] };
  channel.on('unsolicited', (event) => line.unsolicited.push(event));
  channel.on('lateRefusal', (...refusal) => line.lateRefusals.push(refusal));
  for (const name of ['echo', 'stalled', 'closed'] as const) channel.on(name, () => line.told.push(name));
  onTestFinished(() => channel.stop());
  return line;
}

/** A channel to an emulated modem that is set up as a session would: no echo, reports and texts told. */
export async function openChannel(options: ChannelBenchOptions = {}): Promise<ChannelBench> {
  const clock = new ManualClock();
  const network = new EmulatedNetwork({ clock, random: () => 0, ...options.network });
  const sim = network.addSim({ number: ownNumber });
  const modem = new EmulatedModem({
    clock,
    network,
    sim,
    random: () => 0.5,
    ...(options.profile && { profile: options.profile }),
  });
  modem.powerOn();
  for (const setting of ['ATE0\r', 'AT+CMEE=1\r', 'AT+CNMI=2,1,0,1,0\r']) modem.receive(setting);
  const line = lineOver(emulatedTransport(modem, 'emulator:1'), clock);
  if (options.started !== false) await settled(clock, line.channel.start());
  Object.assign(modem.faults, options.faults);
  line.written.length = 0;
  return { ...line, network, modem, sim };
}

export const hello = encodeSubmit({ to: friend, text: 'Hello', statusReport: true });

/** Hands `hello` over; what became of it, once the clock was turned so far. */
export async function submit(
  { clock, channel }: Line,
  beforePayload: () => void = () => undefined,
  limitMs?: number,
): Promise<SubmitOutcome> {
  return settled(clock, channel.submit(hello.pdu, hello.tpduLength, beforePayload), limitMs);
}
