import { type EmulatedModem, profiles, Saboteur } from '../../../src/emulator/index.ts';
import { GatewayBench } from '../../messages/gateway-bench.ts';
import { until } from '../eventually.ts';

/** What became of one modem and its texts. */
export interface Verdict {
  readonly state: string;
  /** How each text ended, and how often the network took each of its segments. */
  readonly texts: readonly { readonly ended: string; readonly taken: readonly number[] }[];
  /** Texts that were shown as received, in alphabetical order. */
  readonly received: readonly string[];
  /** What the network still holds for the SIM, and what still lies on the modem. */
  readonly left: number;
}

interface Station {
  readonly family: string;
  readonly path: string;
  readonly number: string;
  /** Whom it texts: nobody else does. */
  readonly friend: string;
  readonly modem: EmulatedModem;
  readonly saboteur: Saboteur;
  /** Ids of the accepted texts, in the order of `outward`. */
  readonly ids: string[];
}

export const families = Object.keys(profiles);

/** The long one has two segments, which the network counts apart. */
const outward = [
  { body: 'The pump runs.', segments: 1 },
  { body: 'The water in the cellar stands at twelve centimetres and rises. '.repeat(4), segments: 2 },
  { body: 'The pump stands.', segments: 1 },
];
const inward = ['Before.', 'Meanwhile.', 'After.'];

/** Between one modem's first text and its fault: each is struck at a moment of its own in the sending. */
const firstStrikeMs = 40;
const strikeStepMs = 90;
/** Some faults strike only what comes after this. */
const meanwhileMs = 30_000;

/** A report comes while texts of unknown fate still wait for evidence, and after most faults are over. */
const reportDelayMs = 40_000;
/** One that was not acknowledged is sent again after half of this. */
const reportsWithinMs = 70_000;
const lookEveryMs = 1_000;
const settleWithinMs = 900_000;

/**
 * One modem each of some families in one gateway. Each sends and receives while the same fault strikes it, and then there is
 * time enough for everything to come right by itself.
 */
export class Trial {
  readonly #bench: GatewayBench;
  readonly #stations: readonly Station[];

  private constructor(bench: GatewayBench, stations: readonly Station[]) {
    this.#bench = bench;
    this.#stations = stations;
  }

  /** Brings all modems up. */
  static async begin(struck: readonly string[]): Promise<Trial> {
    const bench = new GatewayBench({ reportDelayMs });
    const trial = new Trial(
      bench,
      struck.map((family) => station(bench, family)),
    );
    await until(bench.clock, 'all modems ready', () => trial.#allReady(), 300_000);
    return trial;
  }

  /** Strikes every modem with a fault while it sends and receives. */
  async suffer(fault: string): Promise<void> {
    for (const each of this.#stations) await this.#send(each);
    this.#deliver(inward[0] ?? '');
    await this.#bench.clock.advance(firstStrikeMs);
    for (const family of families) {
      this.#stations.find((each) => each.family === family)?.saboteur.strike(fault);
      await this.#bench.clock.advance(strikeStepMs);
    }
    this.#deliver(inward[1] ?? '');
    await this.#bench.clock.advance(meanwhileMs);
    this.#deliver(inward[2] ?? '');
  }

  /** Somebody pulls every modem out and puts it in again, after so long. */
  async replugged(afterMs: number): Promise<void> {
    await this.#bench.clock.advance(afterMs);
    for (const { modem } of this.#stations) modem.vanish(10_000);
  }

  /** Waits until nothing is under way any more; gives up in time, so that the verdicts tell what is amiss. */
  async settle(): Promise<void> {
    await this.#within(settleWithinMs, () => this.#isOver());
    const isDelivered = (id: string) => this.#bench.status(id) === 'delivered';
    const allDelivered = () => this.#stations.every(({ ids }) => ids.every(isDelivered));
    await this.#within(reportsWithinMs, () => allDelivered() && this.#isOver());
  }

  verdicts(): Readonly<Record<string, Verdict>> {
    return Object.fromEntries(this.#stations.map((each) => [each.family, this.#verdict(each)]));
  }

  async #within(limitMs: number, isSo: () => boolean): Promise<void> {
    for (let passedMs = 0; passedMs < limitMs && !isSo(); passedMs += lookEveryMs)
      await this.#bench.clock.advance(lookEveryMs);
  }

  #allReady(): boolean {
    return this.#stations.every(({ path }) => this.#bench.table.facts(path).state === 'ready');
  }

  async #send({ number, friend, ids }: Station): Promise<void> {
    for (const { body } of outward) {
      const accepted = this.#bench.outbox.accept({ from: number, to: friend, body }, { keyId: 'key' });
      ids.push((await accepted).message_id);
    }
  }

  #deliver(text: string): void {
    for (const { number, friend } of this.#stations)
      this.#bench.table.network.deliver({ from: friend, to: number, text });
  }

  /** What is cheap to look at is looked at first: this is asked for every second that passes. */
  #isOver(): boolean {
    const isFinal = (id: string) => /^(sent|delivered|failed)/.test(this.#bench.status(id));
    return (
      this.#allReady() &&
      this.#stations.every((each) => this.#left(each) === 0 && each.ids.every(isFinal)) &&
      this.#bench.received().length >= inward.length * this.#stations.length
    );
  }

  #received({ friend }: Station): readonly string[] {
    const received = this.#bench.received().filter(({ from }) => from === friend);
    return received.map(({ body }) => body ?? '').sort();
  }

  #left({ number, modem }: Station): number {
    const { ME, SR } = modem.equipment.storages;
    const lying = ME.used + SR.used + (modem.sim?.messages.used ?? 0);
    return this.#bench.table.network.heldFor(number) + lying;
  }

  #verdict(each: Station): Verdict {
    const state = this.#bench.table.facts(each.path).state;
    const texts = each.ids.map((id, place) => ({
      ended: this.#bench.status(id),
      taken: this.#taken(each.friend, place),
    }));
    return { state, texts, received: this.#received(each), left: this.#left(each) };
  }

  /** How often the network took each segment of a text. */
  #taken(friend: string, place: number): readonly number[] {
    const { body = '', segments = 0 } = outward[place] ?? {};
    const times = new Array<number>(segments).fill(0);
    for (const { to, text, concatenation } of this.#bench.table.network.submissions.all) {
      if (to !== friend || !text || !body.includes(text)) continue;
      const at = (concatenation?.sequence ?? 1) - 1;
      times[at] = (times[at] ?? 0) + 1;
    }
    return times;
  }
}

function station(bench: GatewayBench, family: string): Station {
  const place = families.indexOf(family);
  const path = `/dev/tty-${family}`;
  const number = `+155501000${String(place).padStart(2, '0')}`;
  const friend = `+155502000${String(place).padStart(2, '0')}`;
  const profile = profiles[family];
  const modem = bench.table.station(path, { number, sim: { number }, ...(profile && { profile }) });
  return { family, path, number, friend, modem, saboteur: new Saboteur(modem, bench.clock), ids: [] };
}

/** What every modem comes to when a fault has done no harm. */
export const unharmed: Verdict = {
  state: 'ready',
  texts: outward.map(({ segments }) => ({ ended: 'delivered', taken: new Array<number>(segments).fill(1) })),
  received: [...inward].sort(),
  left: 0,
};
