/**
 * Many emulated modems on pseudo terminals, as one process of their own. It stamps what only the modems see: when each
 * text was taken, and how long the line was kept from the next one, with or without other commands in between.
 */
import { join } from 'node:path';
import { systemClock } from '../src/clock.ts';
import { EmulatedModem, EmulatedNetwork, openPty } from '../src/emulator/index.ts';
import { optionsOf, report } from './child.ts';
import { reportingPhone } from './phones.ts';
import { instantMs } from './stopwatch.ts';

export interface FleetOptions {
  readonly numbers: readonly string[];
  readonly latencyMs: number;
  /** Where the links to the devices are made, named by the numbers. */
  readonly folder: string;
}

/** What one modem saw. */
export interface ModemLog {
  readonly takenAt: number[];
  /** By how much the network took longer for each text than it should have: this process is busy, too. */
  readonly lateMs: number[];
  /** From the result of one text to the command of the next: alone, and with other commands in between. */
  readonly plainGaps: number[];
  readonly busyGaps: number[];
}

export type FleetReport =
  | { readonly type: 'plugged' }
  | { readonly type: 'logs'; readonly logs: readonly ModemLog[] };

export type FleetOrder = { readonly type: 'plug' } | { readonly type: 'count'; readonly texts: number };

const { numbers, latencyMs, folder } = optionsOf<FleetOptions>();
const network = new EmulatedNetwork({ clock: systemClock, latencyMs });
network.addPhone(reportingPhone, 'silent');
const logs = new Map(
  numbers.map((number): [string, ModemLog] => [
    number,
    { takenAt: [], lateMs: [], plainGaps: [], busyGaps: [] },
  ]),
);
let wanted = Number.POSITIVE_INFINITY;
let told = false;

const modems = numbers.map((number) => {
  const modem = new EmulatedModem({ clock: systemClock, network, sim: network.addSim({ number }) });
  const log = logs.get(number);
  if (log) stamp(modem, log);
  return { number, modem };
});

network.events.on('submitted', ({ from }) => {
  logs.get(from)?.takenAt.push(instantMs());
  if (told || ![...logs.values()].every(({ takenAt }) => takenAt.length >= wanted)) return;
  told = true;
  report({ type: 'logs', logs: [...logs.values()] });
});

function stamp(modem: EmulatedModem, { takenAt, lateMs, plainGaps, busyGaps }: ModemLog): void {
  let typedAt = 0;
  let resultAt: number | undefined;
  let busy = false;
  modem.on('output', (octets) => {
    if (!octets.includes('+CMGS:')) return;
    resultAt = instantMs();
    lateMs.push((takenAt.at(-1) ?? resultAt) - typedAt - latencyMs);
    busy = false;
  });
  const receive = modem.receive.bind(modem);
  modem.receive = (octets) => {
    if (octets.startsWith('AT+CMGS=')) {
      if (resultAt !== undefined) (busy ? busyGaps : plainGaps).push(instantMs() - resultAt);
      resultAt = undefined;
    } else if (octets.startsWith('AT')) busy = true;
    if (octets.endsWith('\x1a')) typedAt = instantMs();
    receive(octets);
  };
}

process.on('message', async (order: FleetOrder) => {
  if (order.type === 'count') {
    wanted = order.texts;
    return;
  }
  await Promise.all(modems.map(({ number, modem }) => openPty(modem, { link: join(folder, number) })));
  report({ type: 'plugged' });
});
