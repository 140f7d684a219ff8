/**
 * An emulated modem on a pseudo terminal, as a process of its own. It stamps what only the modem sees: when each text
 * was taken by the network, and when a notice of an arrival left.
 */
import { systemClock } from '../src/clock.ts';
import { EmulatedModem, EmulatedNetwork, openPty } from '../src/emulator/index.ts';
import { optionsOf, report } from './child.ts';
import { correspondent, reportingPhone, unreportingPhone } from './phones.ts';
import { instantMs } from './stopwatch.ts';

export interface ModemOptions {
  readonly number: string;
  /** How long the network takes to accept a text. */
  readonly latencyMs: number;
}

export type ModemReport =
  | { readonly type: 'plugged'; readonly path: string }
  | { readonly type: 'taken'; readonly at: readonly number[] }
  | { readonly type: 'told'; readonly at: number };

export type ModemOrder =
  | { readonly type: 'plug'; readonly link: string }
  | { readonly type: 'count'; readonly texts: number }
  | { readonly type: 'deliver'; readonly text: string };

const { number, latencyMs } = optionsOf<ModemOptions>();
const network = new EmulatedNetwork({ clock: systemClock, latencyMs });
network.addPhone(unreportingPhone, { reports: [] });
network.addPhone(reportingPhone, 'silent');
const modem = new EmulatedModem({ clock: systemClock, network, sim: network.addSim({ number }) });
const taken: number[] = [];
let wanted = Number.POSITIVE_INFINITY;

network.events.on('submitted', () => {
  taken.push(instantMs());
  if (taken.length === wanted) report({ type: 'taken', at: taken });
});
modem.on('output', (octets) => {
  if (octets.includes('+CMTI')) report({ type: 'told', at: instantMs() });
});

process.on('message', async (order: ModemOrder) => {
  if (order.type === 'count') wanted = order.texts;
  else if (order.type === 'deliver') network.deliver({ from: correspondent, to: number, text: order.text });
  else report({ type: 'plugged', path: (await openPty(modem, { link: order.link })).path });
});
