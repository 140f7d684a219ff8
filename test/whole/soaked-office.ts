import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import type { Message } from '../../src/contract/message.ts';
import { immediate, profiles } from '../../src/emulator/index.ts';
import { ModemBench } from './bench-of-modems.ts';
import type { Chance } from './chance.ts';
import { RunningGateway, removeDataDir, temporaryDataDir } from './running-gateway.ts';
import { SoakedModem } from './soaked-modem.ts';

const families = Object.values(profiles).map(immediate);
/** Where the database and a full log are put of a run in which a text went wrong. */
const keepsData = process.env.SOAK_DATA;
const longestPauseMs = 80;
/** In the long form a result that never comes is waited for: two minutes, and one for evidence. */
const settleWithinMs = 600_000;

const numberOf = (place: number) => `+155501${1_000 + place}`;
const friendOf = (place: number) => `+155502${1_000 + place}`;

/** One gateway with many modems, each on a pseudo terminal, and what befalls them by chance. */
export class SoakedOffice {
  readonly #chance: Chance;
  readonly #bench: ModemBench;
  readonly #modems: readonly SoakedModem[];
  readonly #dataDir: string;
  readonly gateway: RunningGateway;
  /** What befell which modem, in order. */
  readonly story: string[] = [];
  /** Texts that were sent out, and that were sent to the modems: each says something else. */
  readonly outward: string[] = [];
  readonly inward: string[] = [];

  private constructor(
    chance: Chance,
    bench: ModemBench,
    modems: readonly SoakedModem[],
    gateway: RunningGateway,
    dataDir: string,
  ) {
    this.#chance = chance;
    this.#bench = bench;
    this.#modems = modems;
    this.gateway = gateway;
    this.#dataDir = dataDir;
  }

  /** With all modems ready. */
  static async open(
    count: number,
    chance: Chance,
    long: boolean,
    evidenceSeconds = 60,
  ): Promise<SoakedOffice> {
    const bench = await ModemBench.open({ latencyMs: 50, reportDelayMs: 1_000, retryMs: 2_000 });
    const modems = Array.from({ length: count }, (_, place) => {
      const profile = families[place % families.length];
      const plugged = bench.add(numberOf(place), profile ? { profile } : {});
      return new SoakedModem(plugged, place, chance, long);
    });
    for (const modem of modems) await modem.plugIn();
    const dataDir = await temporaryDataDir();
    const flags = modems.flatMap(({ specs }) => specs.flatMap((spec) => ['--modem', spec]));
    const level = keepsData === undefined ? {} : { POSTERN_LOG_LEVEL: 'trace' };
    const env = { POSTERN_EVIDENCE_SECONDS: String(evidenceSeconds), ...level };
    const gateway = await RunningGateway.start(flags, { dataDir, env });
    const office = new SoakedOffice(chance, bench, modems, gateway, dataDir);
    await office.#allOnline();
    return office;
  }

  async close(): Promise<void> {
    await this.gateway.stop();
    await this.#bench.clear();
    await removeDataDir(this.#dataDir);
  }

  /** Lets texts come and go and faults strike, so many in all. */
  async soak(happenings: number): Promise<void> {
    for (let count = 0; count < happenings; count++) {
      await this.#happen(Math.floor(this.#chance.next() * this.#modems.length), this.#chance.next());
      await new Promise<void>((resolve) =>
        systemClock.after(this.#chance.between(0, longestPauseMs), resolve),
      );
    }
  }

  /** Mends everything and waits until every text has its end, every arrival is shown and every modem is ready. */
  async settle(): Promise<void> {
    await Promise.all(this.#modems.map((modem) => modem.mend()));
    const open = (status: string) => this.gateway.messages(`status=${status}`);
    const allEnded = async () => (await open('queued')).length + (await open('dispatched')).length === 0;
    await this.gateway.until('every text to have its end', allEnded, settleWithinMs);
    const allShown = async () =>
      (await this.gateway.messages('direction=inbound')).length >= this.inward.length;
    await this.gateway.until('every arrival to be shown', allShown, settleWithinMs);
    await this.#allOnline();
  }

  /** What the gateway tells of a text, and what the network took from its number. */
  async tellOf({ message_id: id, from }: Message): Promise<string> {
    await this.keepData();
    const { body } = await this.gateway.request(`/v1/sms/${id}/events`);
    const taken = this.#bench.takenFrom(from ?? '');
    return `${JSON.stringify(body, undefined, 1)}\nThe network took from ${from}: ${JSON.stringify(taken)}`;
  }

  /** How often the network took each text, by what it says. */
  timesSent(): ReadonlyMap<string, number> {
    return this.#bench.timesSent();
  }

  async keepData(): Promise<void> {
    if (keepsData === undefined) return;
    await cp(this.#dataDir, keepsData, { recursive: true });
    await writeFile(join(keepsData, 'log'), this.gateway.log);
  }

  async #happen(place: number, what: number): Promise<void> {
    if (what < 0.4) {
      this.outward.push(`out ${this.outward.length}`);
      await this.gateway.send(numberOf(place), friendOf(place), this.outward.at(-1) ?? '');
    } else if (what < 0.6) {
      this.inward.push(`in ${this.inward.length}`);
      const text = this.inward.at(-1) ?? '';
      this.#bench.network.deliver({ from: friendOf(place), to: numberOf(place), text });
    } else this.story.push(`${place}: ${this.#modems[place]?.suffer()}`);
  }

  #allOnline(): Promise<void> {
    return this.gateway.online(...this.#modems.map(({ plugged }) => plugged.number));
  }
}
