import { createInterface } from 'node:readline';
import { Command, InvalidArgumentError, Option } from 'commander';
import { systemClock } from '../clock.ts';
import type { PluggedPort, PluggedStick } from '../emulator/connection/plugged-stick.ts';
import { type EmulatedStation, type Emulation, startEmulation } from '../emulator/emulation.ts';
import { Saboteur } from '../emulator/named-faults/saboteur.ts';
import { generic } from '../emulator/profiles/generic.ts';
import { profiles } from '../emulator/profiles/index.ts';
import { stickPorts } from '../emulator/stick.ts';
import { checkFault, listOrders, obey, type Stage } from './emulator-orders.ts';

interface EmulateOptions {
  readonly modems: number;
  readonly latency: number;
  readonly link?: string;
  readonly profile: string;
  readonly allPorts: boolean;
  readonly fault: readonly string[];
  readonly orders: boolean;
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

const append = (fault: string, before: readonly string[]) => [...before, fault];

/** `postern emulate`: modems on pseudo terminals for any SMS program to open, until it is told to stop. */
export function emulateCommand(): Command {
  return new Command('emulate')
    .description(
      'plug in emulated modems as pseudo terminals (Linux and macOS), for trials and integration tests',
    )
    .option('--modems <n>', 'how many modems', wholeNumber(1, 64), 1)
    .option('--latency <ms>', 'how long the network takes to accept a text', wholeNumber(0, 600_000), 0)
    .option('--link <prefix>', 'also make a symbolic link to each device: PREFIX1, PREFIX2, ...')
    .addOption(
      new Option('--profile <family>', 'which family of modems')
        .choices(Object.keys(profiles))
        .default('generic'),
    )
    .option(
      '--all-ports',
      'plug in every port that such a stick has, not only the one for AT commands',
      false,
    )
    .option(
      '--fault <fault>',
      'let every modem, or modem N, begin with a fault: FAULT or N:FAULT',
      append,
      [],
    )
    .option(
      '--orders',
      'take orders from standard input, a line each: ORDER, FAULT, or N in front of it',
      false,
    )
    .addHelpText('after', `\nOrders and faults:\n${listOrders()}`)
    .action(emulate);
}

async function emulate(options: EmulateOptions): Promise<void> {
  if (process.platform === 'win32')
    throw new Error('Windows has no pseudo terminals. Use "serve --emulate" instead.');
  for (const fault of options.fault) checkFault(fault, options.modems);
  const emulation = startEmulation({
    clock: systemClock,
    count: options.modems,
    latencyMs: options.latency,
    profile: profiles[options.profile] ?? generic,
    powered: false,
  });
  // One after the other: orders and faults name a modem by its place, which is that of its line.
  const sticks: PluggedStick[] = [];
  for (const [index, station] of emulation.modems.entries())
    sticks.push(await plugIn(station, options, index + 1));
  tellPhones(emulation);
  const stage = stageOf(emulation);
  for (const fault of options.fault) tell(() => obey(fault, stage));
  const listening = options.orders ? takeOrders(stage) : undefined;
  await stopAsked();
  listening?.close();
  await Promise.all(sticks.map((stick) => stick.stop()));
  emulation.stop();
}

async function plugIn(
  { modem, number }: EmulatedStation,
  { link, allPorts }: EmulateOptions,
  place: number,
): Promise<PluggedStick> {
  const { PluggedStick } = await import('../emulator/connection/plugged-stick.ts');
  const all = stickPorts(modem, systemClock);
  const stick = new PluggedStick({
    modem,
    ports: allPorts ? all : all.filter(({ role }) => role === 'main'),
    ...(link !== undefined && { link: `${link}${place}` }),
    plugged: (ports) => process.stdout.write(ports.map((port) => describe(port, number)).join('')),
    failed: (error) => process.stderr.write(`modem ${place} cannot come back: ${error.message}\n`),
  });
  await stick.start();
  return stick;
}

/** The main port alone has the number behind it, so that a program finds it among the others. */
function describe({ path, role }: PluggedPort, number: string): string {
  return role === 'main' ? `${path} ${number}\n` : `${path} ${role}\n`;
}

/** On standard error: what a program reads from standard output is one line a device. */
function tellPhones({ phones }: Emulation): void {
  for (const { number, behaviour } of phones)
    process.stderr.write(`phone ${number} (${String(behaviour)})\n`);
  process.stderr.write('Any other number receives and confirms. Stop with Ctrl-C.\n');
}

function stageOf({ network, modems }: Emulation): Stage {
  const ordered = modems.map(({ modem, number }) => ({ number, saboteur: new Saboteur(modem, systemClock) }));
  return { network, modems: ordered };
}

/** Not unless it is asked for: a program in the background that reads from a terminal is stopped by the system. */
function takeOrders(stage: Stage): { close(): void } {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    if (line.trim() !== '') tell(() => obey(line, stage));
  });
  return lines;
}

function tell(act: () => readonly string[]): void {
  try {
    for (const sentence of act()) process.stderr.write(`${sentence}\n`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message} --help lists orders and faults.\n`);
  }
}

function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
