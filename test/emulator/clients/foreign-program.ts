import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/clock.ts';
import {
  EmulatedModem,
  EmulatedNetwork,
  type EmulatedPort,
  type NetworkOptions,
  openPty,
} from '../../../src/emulator/index.ts';
import { type ForeignName, pathOf } from '../../foreign-programs.ts';
import { ownNumber } from '../bench.ts';

/** An emulated modem on a pseudo terminal, a folder of its own, and the programs that were started with them. */
export class ForeignBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'postern-client-'));
  readonly network: EmulatedNetwork;
  readonly modem: EmulatedModem;
  readonly device: string;
  readonly #children: ChildProcess[] = [];
  #port: EmulatedPort | undefined;

  constructor(options: Omit<NetworkOptions, 'clock'> = {}) {
    this.network = new EmulatedNetwork({ clock: systemClock, ...options });
    const sim = this.network.addSim({ number: ownNumber });
    this.modem = new EmulatedModem({ clock: systemClock, network: this.network, sim });
    this.device = join(this.folder, 'modem');
  }

  async plugIn(): Promise<void> {
    this.#port = await openPty(this.modem, { link: this.device });
  }

  /** Starts a program in a process group of its own, with the folder as its working directory. */
  start(program: ForeignName, ...options: readonly string[]): ChildProcess {
    const path = pathOf(program);
    if (!path) throw new Error(`${program} is not installed.`);
    const child = spawn(path, options, {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.#children.push(child);
    return child;
  }

  /** Runs a program to its end; what it printed. */
  async run(program: ForeignName, ...options: readonly string[]): Promise<string> {
    const child = this.start(program, ...options);
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (octets: Buffer) => {
        printed += octets.toString();
      });
    }
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`${program} ended with ${code}:\n${printed}`);
    return printed;
  }

  /** Ends the programs, the last one first, and takes the modem and the folder away. */
  async clear(): Promise<void> {
    for (const child of this.#children.reverse()) await end(child);
    await this.#port?.unplug();
    this.network.stop();
    rmSync(this.folder, { recursive: true });
  }
}

/** Asks the program to end; a program that does not is ended with everything it started. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
  const { pid } = child;
  const ended = once(child, 'exit');
  const patience = setTimeout(() => process.kill(-pid, 'SIGKILL'), 15_000);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(patience);
}
