import { readlink, rename, rm, symlink } from 'node:fs/promises';
import { type IPty, spawn } from '@lydell/node-pty';
import type { ModemPort } from '../ports.ts';
import { PtyOutput } from './pty-output.ts';

export interface PtyOptions {
  /** A symbolic link to the device, for a path that stays the same over replugs. */
  readonly link?: string;
}

/** A modem's pseudo terminal while it is plugged in. */
export interface EmulatedPort {
  /** The device, `/dev/pts/7`, or the link to it where one was asked for. */
  readonly path: string;
  /** Pulls the modem out: it loses power, the device vanishes. */
  unplug(): Promise<void>;
  /** Resolves when the device is gone, for whatever reason. */
  readonly closed: Promise<void>;
}

/**
 * Holds the device open on the host's side, so that hosts may come and go, and makes it raw before anyone is told its
 * name. When this process dies its hang-up ends the shell, which takes the link along.
 */
const holder = `
stty raw -echo || exit 1
device=$(tty)
leave() {
  [ -n "$!" ] && kill "$!"
  [ -n "$1" ] && [ "$(readlink "$1")" = "$device" ] && rm -f "$1"
  exit 0
}
trap 'leave "$1"' HUP TERM
printf 'ready\\n'
sleep 2147483647 &
wait
`;

const readyWithinMs = 10_000;

/**
 * Plugs a modem in as a pseudo terminal that any serial port program can open; Linux and macOS. Powers the modem on,
 * and ends when it loses power.
 */
export async function openPty(modem: ModemPort, options: PtyOptions = {}): Promise<EmulatedPort> {
  const terminal = startHolder(options.link ?? '');
  const exited = new Promise<void>((resolve) => terminal.onExit(() => resolve()));
  const { device, descriptor } = innerParts(terminal);
  try {
    await ready(terminal, exited);
    if (options.link) await pointLink(options.link, device);
  } catch (cause) {
    endHolder(terminal);
    throw cause;
  }
  return connect(modem, terminal, { device, link: options.link, exited, output: new PtyOutput(descriptor) });
}

function startHolder(link: string): IPty {
  const terminal = spawn('/bin/sh', ['-c', holder, 'sh', link], {
    encoding: null,
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin' },
  });
  // A terminal without a process of its own reports -1, and signals made of that number reach everything we own.
  if (terminal.pid <= 1) throw new Error('The pseudo terminal has no process.');
  return terminal;
}

/** Ends the shell and what it started: the library makes it the leader of a process group of its own. */
function endHolder(terminal: IPty): void {
  if (terminal.pid <= 1) return;
  try {
    process.kill(-terminal.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** What the library has and does not declare: the path of the device, and the descriptor of our side of it. */
function innerParts(terminal: IPty): { readonly device: string; readonly descriptor: number } {
  const { ptsName, fd } = terminal as IPty & { readonly ptsName?: unknown; readonly fd?: unknown };
  if (typeof ptsName !== 'string' || typeof fd !== 'number') {
    throw new Error('The pseudo terminal does not tell its device.');
  }
  return { device: ptsName, descriptor: fd };
}

/** The library types octets as text; with no encoding set they are buffers. */
function onOctets(terminal: IPty, take: (octets: string) => void): { dispose(): void } {
  return terminal.onData((data) => take((data as unknown as Buffer).toString('latin1')));
}

/** Calls `act` when the library has closed our side: before, at, or after the end of the process. */
function onClosed(terminal: IPty, act: () => void): void {
  const emitter = terminal as unknown as { on(event: 'close', listener: () => void): void };
  emitter.on('close', act);
}

function ready(terminal: IPty, exited: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = '';
    const timer = setTimeout(
      () => settle(new Error('The pseudo terminal was not ready in time.')),
      readyWithinMs,
    );
    const listening = onOctets(terminal, (octets) => {
      seen += octets;
      if (seen.includes('ready')) settle();
    });
    const settle = (cause?: Error) => {
      clearTimeout(timer);
      listening.dispose();
      if (cause) reject(cause);
      else resolve();
    };
    void exited.then(() => settle(new Error('The pseudo terminal could not be set up (stty failed).')));
  });
}

/** Puts the link in place in one step, over one that an earlier plug left. */
async function pointLink(link: string, device: string): Promise<void> {
  const fresh = `${link}.${process.pid}`;
  await rm(fresh, { force: true });
  await symlink(device, fresh);
  await rename(fresh, link);
}

async function removeLink(link: string, device: string): Promise<void> {
  const target = await readlink(link).catch(() => undefined);
  if (target === device) await rm(link, { force: true });
}

interface Plug {
  readonly device: string;
  readonly link: string | undefined;
  readonly exited: Promise<void>;
  readonly output: PtyOutput;
}

function connect(modem: ModemPort, terminal: IPty, { device, link, exited, output }: Plug): EmulatedPort {
  const toHost = (octets: string) => output.write(octets);
  let cut = false;
  const powerChanged = (on: boolean) => {
    if (on || cut) return;
    cut = true;
    endHolder(terminal);
  };
  modem.on('output', toHost);
  modem.on('power', powerChanged);
  onClosed(terminal, () => output.end());
  onOctets(terminal, (octets) => modem.receive(octets));
  const closed = exited.then(async () => {
    output.end();
    modem.off('output', toHost);
    modem.off('power', powerChanged);
    if (!cut) modem.powerOff();
    if (link) await removeLink(link, device);
  });
  modem.powerOn();
  return {
    path: link ?? device,
    closed,
    async unplug() {
      // A modem that has power still ends the terminal with it; after that the process id may be another's.
      modem.powerOff();
      await closed;
    },
  };
}
