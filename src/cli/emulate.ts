import { Command, InvalidArgumentError, Option } from 'commander';
import { systemClock } from '../clock.ts';
import { type Emulation, startEmulation } from '../emulator/emulation.ts';
import { generic } from '../emulator/profiles/generic.ts';
import { profiles } from '../emulator/profiles/index.ts';

interface EmulateOptions {
  readonly modems: number;
  readonly latency: number;
  readonly link?: string;
  readonly profile: string;
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

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
    .action(emulate);
}

async function emulate({ modems, latency, link, profile }: EmulateOptions): Promise<void> {
  if (process.platform === 'win32')
    throw new Error('Windows has no pseudo terminals. Use "serve --emulate" instead.');
  const emulation = startEmulation({
    clock: systemClock,
    count: modems,
    latencyMs: latency,
    profile: profiles[profile] ?? generic,
    powered: false,
  });
  const ports = await Promise.all(emulation.modems.map((station, index) => plugIn(station, link, index + 1)));
  tellPhones(emulation);
  await stopAsked();
  await Promise.all(ports.map((port) => port.unplug()));
  emulation.stop();
}

async function plugIn(
  { modem, number }: Emulation['modems'][number],
  link: string | undefined,
  place: number,
) {
  const { openPty } = await import('../emulator/connection/pty.ts');
  const port = await openPty(modem, link === undefined ? {} : { link: `${link}${place}` });
  process.stdout.write(`${port.path} ${number}\n`);
  return port;
}

/** On standard error: what a program reads from standard output is one line a modem. */
function tellPhones({ phones }: Emulation): void {
  for (const { number, behaviour } of phones)
    process.stderr.write(`phone ${number} (${String(behaviour)})\n`);
  process.stderr.write('Any other number receives and confirms. Stop with Ctrl-C.\n');
}

function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
