import type { Clock } from '../clock.ts';
import type { Command } from '../gsm/at/commands.ts';
import type { Logger } from '../log.ts';
import { AtChannel } from './at-channel.ts';
import type { Transport } from './transport.ts';

/**
 * Tells a modem to start anew, over a port opened for nothing else: by the first of its ways that it takes. One that
 * does not answer is told all the same, because it may only have lost its voice. Whether it helped shows afterwards.
 */
export class ModemRestart {
  readonly #transport: Transport;
  readonly #channel: AtChannel;
  readonly #ways: readonly Command<void>[];

  constructor(transport: Transport, ways: readonly Command<void>[], clock: Clock, log: Logger) {
    this.#transport = transport;
    this.#channel = new AtChannel(transport, clock, log);
    this.#ways = ways;
  }

  async run(): Promise<void> {
    try {
      await this.#channel.start();
      await this.#tell();
    } catch {
      const [way] = this.#ways;
      await this.#transport.write(`${way?.text}\r`).catch(() => undefined);
    } finally {
      await this.#channel.stop();
    }
  }

  /** Lets the port go at once. */
  stop(): Promise<void> {
    return this.#channel.stop();
  }

  async #tell(): Promise<void> {
    for (const way of this.#ways) {
      const taken = await this.#channel.run(way, 'control').then(
        () => true,
        () => false,
      );
      if (taken) return;
    }
  }
}
