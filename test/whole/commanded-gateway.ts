import { afterAll, beforeAll } from 'vitest';
import { commandHere, type Outcome, tryCommandHere } from './command-here.ts';
import { command, RunningGateway, removeDataDir, temporaryDataDir } from './running-gateway.ts';

/** The number of the emulated modem, and of somebody who can be texted. */
export const ours = '+15550100001';
export const theirs = '+15550177001';

/** A gateway that serves with one emulated modem while commands are given on its data directory. */
export class CommandedGateway {
  #gateway: RunningGateway | undefined;

  /** For all tests of the file that calls this. */
  static duringFile(): CommandedGateway {
    const commanded = new CommandedGateway();
    beforeAll(async () => {
      const dataDir = await temporaryDataDir();
      commanded.#gateway = await RunningGateway.start(['--emulate', '1'], { dataDir });
      await commanded.#gateway.online(ours);
    });
    afterAll(async () => {
      await commanded.gateway.stop();
      await removeDataDir(commanded.gateway.dataDir);
    });
    return commanded;
  }

  get gateway(): RunningGateway {
    if (!this.#gateway) throw new Error('the gateway is there during tests only');
    return this.#gateway;
  }

  /** A command of the built program, in a process of its own. */
  readonly program = (...words: readonly string[]): Promise<string> => command(this.#aimed(words));

  /** A command in this process that must not fail. */
  readonly postern = (...words: readonly string[]): Promise<string> => commandHere(this.#aimed(words));

  /** How a command in this process ended. */
  readonly outcome = (...words: readonly string[]): Promise<Outcome> => tryCommandHere(this.#aimed(words));

  #aimed(words: readonly string[]): string[] {
    return [...words, '--data-dir', this.gateway.dataDir];
  }
}
