import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Timer } from '../../../src/clock.ts';
import { readConfig } from '../../../src/config.ts';
import { Gateway } from '../../../src/gateway.ts';
import { silentLog } from '../../../src/log.ts';
import type { PortSource } from '../../../src/modem/discovery/listed-port.ts';
import { type OpenTransport, type Transport, TransportError } from '../../../src/modem/transport.ts';
import type { ManualClock } from '../../manual-clock.ts';
import { settled } from '../../modem/eventually.ts';
import { temporaryFolder } from '../../store/temporary-database.ts';
import { makeKey } from '../../whole/api-key.ts';

/** Time as a program knows it that may die: then nothing falls due any more. */
class MortalClock implements Clock {
  readonly #clock: Clock;
  dead = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  monotonic(): number {
    return this.#clock.monotonic();
  }

  after(delayMs: number, action: () => void): Timer {
    return this.#clock.after(delayMs, () => {
      if (!this.dead) action();
    });
  }
}

const noPorts: PortSource = {
  list: async () => ({ ports: [], devices: [] }),
  signature: async () => '',
  deviceFolder: undefined,
};
const neverEnds = new Promise<never>(() => undefined);
const dataKey = Buffer.alloc(32, 7);

/** The whole gateway on a clock turned by hand; it can be stopped in order, or lose its power at any moment. */
export class MortalGateway {
  readonly dataDir: string;
  readonly #gateway: Gateway;
  readonly #clock: ManualClock;
  readonly #time: MortalClock;
  readonly #ports = new Set<Transport>();
  url = '';
  key = '';

  private constructor(clock: ManualClock, open: OpenTransport, modems: readonly string[], dataDir: string) {
    const time = new MortalClock(clock);
    this.#clock = clock;
    this.#time = time;
    this.dataDir = dataDir;
    this.#gateway = new Gateway(
      readConfig({ dataDir, port: '0', discovery: false, modems: modems.join(';') }, {}, undefined),
      {
        version: 'test',
        rendererDir: undefined,
        clock: time,
        log: silentLog,
        ports: noPorts,
        open: (path, options) => this.#open(open, path, options),
        dataKey,
      },
    );
  }

  static async start(
    clock: ManualClock,
    open: OpenTransport,
    modems: readonly string[],
    dataDir = temporaryFolder(),
  ): Promise<MortalGateway> {
    const mortal = new MortalGateway(clock, open, modems, dataDir);
    mortal.url = (await mortal.#gateway.start()).url;
    mortal.key = makeKey(dataDir);
    return mortal;
  }

  async request(method: string, path: string, body?: object): Promise<{ status: number; data: never }> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${this.key}`,
        'Content-Type': 'application/json',
        Connection: 'close',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, data: ((await response.json()) as { data: never }).data };
  }

  stop(): Promise<void> {
    return settled(this.#clock, this.#gateway.stop());
  }

  /** From this moment on it does nothing more; the folder with what was on its disk then. */
  cutPower(): string {
    const left = temporaryFolder();
    for (const name of ['postern.db', 'postern.db-wal']) {
      const file = join(this.dataDir, name);
      if (existsSync(file)) copyFileSync(file, join(left, name));
    }
    this.#time.dead = true;
    for (const port of this.#ports) void port.close();
    void this.#gateway.stop(); // its server lets go of its port at once; nothing else of it comes to an end
    return left;
  }

  /** The system closes the ports of a program that died, and takes no octet from it. */
  async #open(open: OpenTransport, path: string, options: { baudRate: number }): Promise<Transport> {
    if (this.#time.dead) throw new TransportError('absent', `${path} is gone with the program`);
    const port = await open(path, options);
    if (this.#time.dead) {
      await port.close();
      throw new TransportError('absent', `${path} is gone with the program`);
    }
    const write = port.write.bind(port);
    port.write = (octets) => (this.#time.dead ? neverEnds : write(octets));
    this.#ports.add(port);
    port.once('close', () => this.#ports.delete(port));
    return port;
  }
}
