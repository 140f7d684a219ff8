import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ForeignName, pathOf } from './foreign-programs.ts';
import { freePorts } from './free-ports.ts';

const startAgainMs = 100;
const killAfterMs = 15_000;
/** How much of what the boxes say is kept for whoever asks what went wrong. */
const logLength = 4_000;

/** The ports that Kannel listens on. */
interface KannelPorts {
  readonly admin: number;
  readonly box: number;
  readonly send: number;
}

/** The part of a configuration that is the same for every Kannel here; groups of message centres are added to it. */
function kannelBoxes({ admin, box, send }: KannelPorts, getUrl: string): string {
  return `
group = core
admin-port = ${admin}
admin-interface = 127.0.0.1
admin-password = secret
smsbox-port = ${box}
smsbox-interface = 127.0.0.1
dlr-storage = internal
log-level = 3

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${send}
sendsms-interface = 127.0.0.1
log-level = 3

group = sendsms-user
username = tester
password = secret

group = sms-service
keyword = default
get-url = "${getUrl}"
max-messages = 0
`;
}

/** Kannel's two boxes, on a folder that is thrown away. */
export class Kannel {
  readonly #folder = mkdtempSync(join(tmpdir(), 'postern-kannel-'));
  readonly #boxes: Box[];
  readonly #sendPort: number;

  private constructor(sendPort: number, configuration: string) {
    this.#sendPort = sendPort;
    writeFileSync(join(this.#folder, 'kannel.conf'), configuration);
    this.#boxes = (['bearerbox', 'smsbox'] as const).map((name) => new Box(name, this.#folder));
  }

  /** @param getUrl Called for each text that comes in, with what Kannel puts in for `%p`, `%a` and the like. */
  static async start(messageCentres: string, getUrl: string): Promise<Kannel> {
    const [admin = 0, box = 0, send = 0] = await freePorts(3);
    return new Kannel(send, `${kannelBoxes({ admin, box, send }, getUrl)}\n${messageCentres}`);
  }

  /** The last that the boxes said. */
  get log(): string {
    return this.#boxes.map(({ name, log }) => `${name}:\n${log}`).join('\n');
  }

  /** Hands a text over; false while nobody listens. Throws what Kannel says when it neither sends nor queues it. */
  async send(text: Readonly<Record<string, string>>): Promise<boolean> {
    const query = new URLSearchParams({ username: 'tester', password: 'secret', ...text });
    const address = `http://127.0.0.1:${this.#sendPort}/cgi-bin/sendsms?${query}`;
    const answer = await fetch(address).catch(() => undefined);
    if (!answer) return false;
    const told = await answer.text();
    if (!/^(0: Accepted for|3: Queued for later) delivery/.test(told)) throw new Error(`Kannel: ${told}`);
    return true;
  }

  async stop(): Promise<void> {
    for (const box of this.#boxes.toReversed()) await box.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** One box, started again whenever it ends: it gives up at once where the other one does not listen yet. */
class Box {
  readonly name: ForeignName;
  readonly #folder: string;
  #child: ChildProcess;
  #again: NodeJS.Timeout | undefined;
  #isStopping = false;
  #log = '';
  /** Nothing outlives the process that started it. */
  readonly #end = () => void this.#child.kill('SIGKILL');

  constructor(name: ForeignName, folder: string) {
    this.name = name;
    this.#folder = folder;
    this.#child = this.#start();
    process.on('exit', this.#end);
  }

  get log(): string {
    return this.#log;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    process.off('exit', this.#end);
    clearTimeout(this.#again);
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    const patience = setTimeout(this.#end, killAfterMs);
    this.#child.kill('SIGTERM');
    await ended;
    clearTimeout(patience);
  }

  #start(): ChildProcess {
    const child = spawn(pathOf(this.name) ?? this.name, ['kannel.conf'], {
      cwd: this.#folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (octets: Buffer) => {
        this.#log = `${this.#log}${octets}`.slice(-logLength);
      });
    }
    child.once('exit', () => {
      if (this.#isStopping) return;
      this.#again = setTimeout(() => {
        this.#child = this.#start();
      }, startAgainMs);
    });
    return child;
  }
}
