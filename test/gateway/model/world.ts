import type { OwnNumber } from '../../../src/contract/modem.ts';
import {
  EmulatedModem,
  EmulatedNetwork,
  emulatedTransport,
  type Profile,
  Saboteur,
} from '../../../src/emulator/index.ts';
import { type OpenTransport, TransportError } from '../../../src/modem/transport.ts';
import { ManualClock } from '../../manual-clock.ts';
import { until } from '../../modem/eventually.ts';
import { MortalGateway } from './mortal-gateway.ts';

export const numbers = ['+15550100001', '+15550100002'] as const;
export const sockets = ['/dev/ttyUSB0', '/dev/ttyUSB1', '/dev/ttyUSB2', '/dev/ttyUSB3'] as const;
const specs = sockets.map((path, at) => `path=${path}${numbers[at] ? `,number=${numbers[at]}` : ''}`);
/** Longer than any text of these tests is scheduled for, and than those take that fall due together. */
const settleMs = 980_000;

/** What a text was asked to be, and what was last seen of it. */
export interface SentText {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly segments: number;
  cancelled: boolean;
  status: string;
  /** Clock time since which nothing explains why it waits. */
  unexplainedSince: number | undefined;
}

interface Stick {
  readonly modem: EmulatedModem;
  readonly saboteur: Saboteur;
  socket: string | undefined;
}

/** Two modems on one network, the gateway that serves them, and all that was asked of it. */
export class World {
  readonly clock = new ManualClock();
  readonly network = new EmulatedNetwork({
    clock: this.clock,
    latencyMs: 500,
    reportDelayMs: 2_000,
    random: () => 0,
  });
  readonly texts: SentText[] = [];
  readonly arrivals: string[] = [];
  readonly #sticks: readonly Stick[];
  readonly #held = new Set<string>();
  gateway!: MortalGateway;

  private constructor(profile: Profile | undefined) {
    this.#sticks = numbers.map((number) => {
      const modem = new EmulatedModem({
        clock: this.clock,
        network: this.network,
        sim: this.network.addSim({ number }),
        ...(profile && { profile }),
      });
      return { modem, saboteur: new Saboteur(modem, this.clock), socket: undefined };
    });
  }

  static async begin(profile?: Profile): Promise<World> {
    const world = new World(profile);
    for (const which of numbers.keys()) world.plug(which, which);
    world.gateway = await MortalGateway.start(world.clock, world.#open, specs);
    await world.#untilOnline();
    return world;
  }

  /** What is read from the disk meanwhile takes its own time, whatever the clock of the test says. */
  async #untilOnline(): Promise<void> {
    for (let second = 0; second < 120; second++) {
      await this.pass(1_000);
      const { data } = await this.gateway.request('GET', '/v1/numbers');
      if ((data as OwnNumber[]).filter(({ online }) => online).length === numbers.length) return;
    }
    throw new Error('The modems never came up.');
  }

  async end(): Promise<void> {
    await this.gateway.stop();
    this.network.stop();
  }

  isPlugged(which: number): boolean {
    return this.#sticks[which]?.socket !== undefined;
  }

  isFree(socket: number): boolean {
    return !this.#sticks.some((stick) => stick.socket === sockets[socket]);
  }

  plug(which: number, socket: number): void {
    const stick = this.#sticks[which];
    if (!stick) return;
    stick.socket = sockets[socket];
    stick.modem.powerOn();
  }

  unplug(which: number): void {
    const stick = this.#sticks[which];
    if (!stick) return;
    stick.modem.powerOff();
    stick.socket = undefined;
  }

  strike(which: number, fault: string): void {
    this.#sticks[which]?.saboteur.strike(fault);
  }

  pass(ms: number): Promise<void> {
    return this.clock.advance(ms);
  }

  /** Stops in order and starts again, perhaps on another data directory. */
  async restart(dataDir = this.gateway.dataDir): Promise<void> {
    await this.gateway.stop();
    this.gateway = await MortalGateway.start(this.clock, this.#open, specs, dataDir);
  }

  async cutPower(): Promise<void> {
    const left = this.gateway.cutPower();
    await this.clock.advance(0);
    this.gateway = await MortalGateway.start(this.clock, this.#open, specs, left);
  }

  /** Pauses a SIM or lets it send again, where the gateway has seen it. */
  async pause(which: number, paused: boolean): Promise<void> {
    const iccid = this.#sticks[which]?.modem.sim?.iccid;
    await this.gateway.request('POST', `/v1/sims/${iccid}/${paused ? 'pause' : 'resume'}`);
  }

  /** Takes all trouble away, and lets everything come to its end or to its next try. */
  async mend(): Promise<void> {
    this.#sticks.forEach((stick, which) => {
      stick.saboteur.mend();
      if (stick.socket !== sockets[which]) this.unplug(which);
    });
    await this.pass(1_000);
    this.#sticks.forEach((stick, which) => {
      if (stick.socket === undefined) this.plug(which, which);
    });
    await this.gateway.request('PATCH', '/v1/settings', { sending_paused: false });
    for (const which of numbers.keys()) await this.pause(which, false);
    await this.pass(settleMs);
    const read = () => numbers.every((number) => this.network.heldFor(number) === 0);
    await until(this.clock, 'the network to have brought everything', read);
  }

  readonly #open: OpenTransport = async (path, { baudRate }) => {
    const modem = this.#sticks.find(({ socket }) => socket === path)?.modem;
    if (!modem?.powered) throw new TransportError('absent', `${path} is not plugged in`);
    if (this.#held.has(path)) throw new TransportError('busy', `${path} is held by another program`);
    this.#held.add(path);
    const transport = emulatedTransport(modem, path, baudRate);
    transport.once('close', () => this.#held.delete(path));
    return transport;
  };
}
