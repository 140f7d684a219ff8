import type { Clock } from '../../clock.ts';
import type { ModemFacts, ModemState } from '../modem-facts.ts';
import type { OpenTransport } from '../transport.ts';
import { LineRecorder } from './line-recorder.ts';
import { type BodySpan, type LogDirection, type LogLine, withoutBody } from './log-line.ts';
import { type AtLogLimits, Ring } from './ring.ts';
import { erasedLine, namesOneOf, showsOneOf } from './traces.ts';

const usualLimits: AtLogLimits = { lines: 2_000, characters: 256 * 1024, modems: 64 };

/** States that a modem reaches only after it has said who it is. */
const identified: ReadonlySet<ModemState> = new Set(['locked', 'setting_up', 'registering', 'ready']);

/** Which lines are wanted. */
export interface AtLogQuery {
  readonly modem: string;
  /** Where it is or was: what passed there while nobody knew the modem belongs to it. */
  readonly port: string;
  /** Only what passed over this port: where two modems share an id. */
  readonly portOnly: boolean;
  /** Lines after this sequence number, oldest first; without it the newest lines. */
  readonly after?: number;
  readonly limit: number;
  /** Shows texts too. */
  readonly bodies: boolean;
}

/**
 * What passes between the gateway and its modems, the newest lines of each. It is kept by modem, so that it
 * outlives the loss of a port; what passes before a modem is known joins the rest as soon as it is.
 */
export class AtLog {
  readonly #clock: Clock;
  readonly #limits: AtLogLimits;
  readonly #rings = new Map<string, Ring>();
  /** The ring that a port's lines go to, by its name in `rings`. */
  readonly #owners = new Map<string, string>();
  readonly #since: number;
  readonly #listeners = new Set<() => void>();
  #seq: number;

  constructor(clock: Clock, limits: AtLogLimits = usualLimits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#since = clock.now();
    this.#seq = clock.now(); // so that who followed an earlier run goes on from there
  }

  /** Writes down what passes over each port that is opened. */
  recorded(open: OpenTransport): OpenTransport {
    return async (path, options) => {
      this.#owners.delete(path);
      const append = (direction: LogDirection, text: string, body?: BodySpan) =>
        this.#add(path, direction, text, body);
      const transport = await open(path, options);
      const recorder = new LineRecorder(append);
      append('port', 'opened');
      const write = transport.write.bind(transport);
      transport.write = (octets) => {
        const written = write(octets);
        recorder.wrote(octets);
        return written;
      };
      transport.on('data', (octets) => recorder.arrived(octets));
      transport.once('close', (cause) => {
        recorder.flush();
        append('port', cause ? `lost: ${cause.message}` : 'closed');
        this.#owners.delete(path);
      });
      return transport;
    };
  }

  /** Takes note of what is known of the modem at a port; an id of before says nothing of who sits there now. */
  note({ port, id, state }: Pick<ModemFacts, 'port' | 'id' | 'state'>): void {
    if (identified.has(state)) this.identify(port, id);
  }

  /** The modem at an open port is known now. */
  identify(port: string, modem: string): void {
    const owner = this.#owners.get(port) ?? port;
    if (owner === modem) return;
    this.#owners.set(port, modem);
    const nameless = owner === port ? this.#rings.get(port) : undefined;
    if (!nameless) return;
    this.#rings.delete(port);
    this.#ring(modem).merge(nameless);
  }

  /** What is kept of a modem; nothing of one that never was. */
  read({ modem, port, portOnly, after, limit, bodies }: AtLogQuery): readonly LogLine[] {
    const lines = [...new Set([modem, port])].flatMap((name) => this.#rings.get(name)?.lines ?? []);
    const wanted = lines
      .filter((line) => line.seq > (after ?? 0) && (!portOnly || line.port === port))
      .sort((a, b) => a.seq - b.seq);
    const found = after === undefined ? wanted.slice(-limit) : wanted.slice(0, limit);
    return bodies ? found : found.map(withoutBody);
  }

  /** Calls `listener` after each line of any modem; answers how to end that. */
  onLine(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** When the log began: nothing in it is older. Milliseconds since 1970. */
  get since(): number {
    return this.#since;
  }

  /** Takes these PDUs out, and pieces of them; how many lines. */
  forgetPdus(pdus: readonly string[]): number {
    return pdus.length === 0 ? 0 : this.#erase(showsOneOf(pdus));
  }

  /** Takes lines out in which one of these numbers stands, also in the semi-octets of a PDU; how many. */
  forgetNumbers(forms: readonly string[]): number {
    return this.#erase(namesOneOf(forms));
  }

  #erase(isMeant: (line: LogLine) => boolean): number {
    return [...this.#rings.values()].reduce((count, ring) => count + ring.rewrite(isMeant, erasedLine), 0);
  }

  #add(port: string, direction: LogDirection, text: string, body: BodySpan | undefined): void {
    this.#seq++;
    const ring = this.#ring(this.#owners.get(port) ?? port);
    ring.add({ seq: this.#seq, at: this.#clock.now(), port, direction, text, body });
    for (const listener of this.#listeners) listener();
  }

  #ring(name: string): Ring {
    const known = this.#rings.get(name);
    if (known) return known;
    if (this.#rings.size >= this.#limits.modems) this.#dropQuietest();
    const ring = new Ring(this.#limits);
    this.#rings.set(name, ring);
    return ring;
  }

  #dropQuietest(): void {
    const [quietest] = [...this.#rings].sort(([, a], [, b]) => a.last - b.last);
    if (!quietest) return;
    this.#rings.delete(quietest[0]);
    for (const [port, owner] of this.#owners) if (owner === quietest[0]) this.#owners.delete(port);
  }
}
