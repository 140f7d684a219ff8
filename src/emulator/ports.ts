import { EventEmitter } from 'node:events';
import type { Clock } from '../clock.ts';
import { Chatter } from './equipment/chatter.ts';

export interface PortEvents {
  /** Octets to the host, as latin1 characters. */
  output: [octets: string];
  /** Power on and off; when it goes off, whoever has the port open sees it vanish. */
  power: [on: boolean];
}

/** What a host can open: a modem's main port, or another one of the same stick. They share one power supply. */
export interface ModemPort extends EventEmitter<PortEvents> {
  readonly powered: boolean;
  /** The one rate it speaks; undefined when it takes any. */
  readonly baudRate: number | undefined;
  powerOn(): void;
  powerOff(): void;
  /** A host opened it. */
  opened(): void;
  /** Octets from the host. */
  receive(octets: string): void;
}

/** A port beside the main one; what it does with octets is given. */
export class SidePort extends EventEmitter<PortEvents> implements ModemPort {
  readonly #modem: ModemPort;
  readonly #take: (octets: string) => void;

  constructor(modem: ModemPort, take: (octets: string) => void) {
    super();
    this.#modem = modem;
    this.#take = take;
    modem.on('power', (on) => this.emit('power', on));
  }

  get powered(): boolean {
    return this.#modem.powered;
  }

  get baudRate(): number | undefined {
    return this.#modem.baudRate;
  }

  opened(): void {
    this.#modem.opened();
  }

  powerOn(): void {
    this.#modem.powerOn();
  }

  powerOff(): void {
    this.#modem.powerOff();
  }

  receive(octets: string): void {
    if (this.powered) this.#take(octets);
  }
}

/** A port for the maker's own tools: it answers everything with a binary frame that says "bad command". */
export function diagnosticPort(modem: ModemPort): ModemPort {
  const port: ModemPort = new SidePort(modem, () => port.emit('output', '\x13\xd1\x8b\x7e'));
  return port;
}

const noFix = '$GPGGA,,,,,,0,,,,,,,,*66\r\n';

/** A port of a positioning receiver that sees no sky: a line a second, whatever it is told. */
export function positionPort(modem: ModemPort, clock: Clock): ModemPort {
  const port = new SidePort(modem, () => undefined);
  const chatter = new Chatter(clock);
  const talk = (on: boolean) => {
    chatter.stop();
    if (on) chatter.start(1_000, () => port.emit('output', noFix));
  };
  port.on('power', talk);
  talk(modem.powered);
  return port;
}
