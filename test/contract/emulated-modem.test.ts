import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import {
  EmulatedModem,
  EmulatedNetwork,
  emulatedTransport,
  immediate,
  openPty,
  profiles,
} from '../../src/emulator/index.ts';
import { chooseIndications } from '../../src/gsm/at/commands.ts';
import type { AtChannel } from '../../src/modem/at-channel.ts';
import { openSerialPort } from '../../src/modem/serial-transport.ts';
import { TransportError } from '../../src/modem/transport.ts';
import { ManualClock } from '../manual-clock.ts';
import { settled } from '../modem/eventually.ts';
import { modemContract, type Subject } from './modem-contract.ts';

const ours = '+15550001111';
const stranger = '+15557654321';
const path = 'emulator:1';

/** Values of +CNMI with which a text is stored and told of: all families take one of them. */
const indications = [
  [2, 1, 0, 0, 0],
  [1, 1, 0, 0, 0],
  [2, 1, 0, 0, 1],
];

function deliveries(network: EmulatedNetwork): (channel: AtChannel) => Promise<void> {
  return async (channel) => {
    for (const values of indications) {
      const taken = await channel.run(chooseIndications(values)).then(
        () => true,
        () => false,
      );
      if (taken) break;
    }
    network.deliver({ from: stranger, to: ours, text: 'Hello' });
  };
}

/** A modem within this process, on a clock that is turned by hand. */
async function inProcess(family: string): Promise<Subject> {
  const clock = new ManualClock();
  const network = new EmulatedNetwork({ clock });
  const profile = profiles[family];
  const sim = network.addSim({ number: ours });
  const modem = new EmulatedModem({ clock, network, sim, ...(profile && { profile: immediate(profile) }) });
  modem.powerOn();
  network.deliver({ from: stranger, to: ours, text: 'Here before' });
  let held = false;
  return {
    clock,
    settled: (promise) => settled(clock, promise),
    async open() {
      if (!modem.powered) throw new TransportError('absent', 'not there');
      if (held) throw new TransportError('busy', 'held');
      held = true;
      return emulatedTransport(modem, path).once('close', () => {
        held = false;
      });
    },
    unplug: async () => modem.powerOff(),
    taken: () => network.submissions.count,
    provoke: deliveries(network),
    end: async () => network.stop(),
  };
}

/** A modem on a pseudo terminal, opened as a real port is. */
async function onTerminal(): Promise<Subject> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-contract-'));
  const link = join(folder, 'modem');
  const network = new EmulatedNetwork({ clock: systemClock });
  const modem = new EmulatedModem({ clock: systemClock, network, sim: network.addSim({ number: ours }) });
  const port = await openPty(modem, { link });
  return {
    clock: systemClock,
    settled: (promise) => promise,
    open: () => openSerialPort(link, { baudRate: 115_200 }),
    unplug: () => port.unplug(),
    taken: () => network.submissions.count,
    provoke: deliveries(network),
    async end() {
      await port.unplug();
      network.stop();
      await rm(folder, { recursive: true });
    },
  };
}

for (const family of Object.keys(profiles)) {
  modemContract(`an emulated ${family} within this process`, () => inProcess(family));
}

describe.skipIf(process.platform === 'win32')('through the real serialport', () => {
  modemContract('an emulated modem on a pseudo terminal', onTerminal);
});
