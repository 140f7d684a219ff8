import type { CommandDefinition, CommandServices } from '../commands/definition.ts';
import { TerminalAdaptor } from './terminal-adaptor.ts';

interface AtPortsOptions {
  readonly services: CommandServices;
  readonly commands: ReadonlyMap<string, CommandDefinition>;
  readonly random: () => number;
  /** The answer to a command line is out. */
  readonly answered: () => void;
}

/** The AT ports of one modem: they share all that was set, and each answers for itself. The first one is the main. */
export class AtPorts {
  readonly #options: AtPortsOptions;
  readonly #ports: TerminalAdaptor[] = [];

  constructor(options: AtPortsOptions) {
    this.#options = options;
  }

  get main(): TerminalAdaptor | undefined {
    return this.#ports[0];
  }

  /** Another port, whose octets go to `emit`. */
  add(emit: (octets: string) => void): TerminalAdaptor {
    const port = new TerminalAdaptor({ ...this.#options, port: this.#ports.length, emit });
    this.#ports.push(port);
    return port;
  }

  /** Says a line that no command asked for, at each port where the host lets it come out. */
  unsolicited(text: string): void {
    const { profile, settings } = this.#options.services;
    this.#ports.forEach((port, place) => {
      const told =
        place === 0
          ? (profile.tells?.(text, settings) ?? true)
          : (profile.tellsSecond?.(text, settings) ?? false);
      if (told) port.unsolicited(text);
    });
  }

  /** Forgets what is under way, as a loss of power does. */
  reset(): void {
    for (const port of this.#ports) port.reset();
  }
}
