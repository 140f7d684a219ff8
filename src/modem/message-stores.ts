import {
  type Command,
  chooseStores,
  deleteMessage,
  listMessages,
  listStores,
  pduMode,
  readMessage,
  readStores,
  type StoredPdu,
} from '../gsm/at/commands.ts';
import { showsTextMode } from '../gsm/at/text-mode.ts';
import type { AtChannel, Run } from './at-channel.ts';
import type { Priority } from './job-queue.ts';
import { ModemError } from './modem-error.ts';
import type { StoreState } from './modem-health.ts';
import { Obstacle } from './obstacle.ts';
import { optional } from './optional.ts';
import { generic, type StorePreference } from './profiles/index.ts';
import { StoreFill } from './store-fill.ts';
import { nothingUnlisted, type Unlisted, UnlistedTexts } from './unlisted-texts.ts';
import { wholeReading } from './whole-reading.ts';

/** A PDU that arrived, and where the modem keeps it; `storage` is empty where no store holds it. */
export interface Arrival {
  readonly pdu: string;
  readonly tpduLength: number | undefined;
  readonly storage: string;
  readonly index: number;
  /** The places of this store that held something when this one was read, where that was looked at. */
  readonly occupied: ReadonlySet<number> | undefined;
  /** What had the same bytes before was acknowledged to the network, so that this is another text. */
  readonly anew?: boolean;
}

/**
 * Puts an arrival on disk. Only when it returns true may the PDU be deleted from the modem: false leaves there what
 * is no arrival, an exception what could not be written.
 */
export type KeepArrival = (arrival: Arrival) => boolean;

/** Told when the modem has confirmed that a place is empty. */
export type DeletedArrival = (place: Pick<Arrival, 'storage' | 'index'>) => void;

/** More places than the largest stores of modems have. */
const mostVisited = 500;

const onCard = 'SM';

/** What our own texts leave in a store (stat 2 and 3, TS 27.005 3.1) is not ours to delete. */
const arrivedStats = new Set<number | undefined>([0, 1, undefined]);

/**
 * The message stores of one modem, TS 27.005 2.2: which ones it has, where arrivals go, and taking out what is
 * in them. Reading, committing and deleting are one sequence on the channel, so that no index can mean another
 * text in between.
 */
export class MessageStores {
  readonly #channel: AtChannel;
  readonly #deleted: DeletedArrival;
  readonly #readable: readonly string[];
  readonly #rest: readonly string[];
  readonly #fill = new StoreFill();
  readonly #unlisted = new UnlistedTexts();
  /** The store in which texts arrive. */
  readonly arriving: string;
  /** Whether the modem knows no +CPMS: what it has is one store, whatever its notices call it. */
  readonly #nameless: boolean;
  #current: string | undefined;

  private constructor(
    channel: AtChannel,
    deleted: DeletedArrival,
    readable: readonly string[],
    chosen: readonly string[],
    nameless = false,
  ) {
    this.#nameless = nameless;
    this.#channel = channel;
    this.#deleted = deleted;
    this.#readable = readable;
    this.#current = chosen[0];
    this.#rest = chosen.slice(1);
    this.arriving = chosen.at(-1) ?? '';
  }

  /**
   * Asks which stores there are and chooses one for everything, in the order that its family prefers and in the
   * number of values that the modem takes: three by the standard, two or one by some.
   */
  static async negotiate(
    channel: AtChannel,
    deleted: DeletedArrival,
    preference: StorePreference = generic.stores,
  ): Promise<MessageStores> {
    const offered = (await optional(channel, listStores)) ?? [];
    for (const choice of storeChoices(offered, preference)) {
      if (await accepts(channel, choice))
        return new MessageStores(channel, deleted, readableStores(offered, choice), choice);
    }
    const present = await optional(channel, readStores);
    const names = (present ?? []).map(({ storage }) => storage).filter(Boolean);
    if (names.length === 0) throw new Obstacle('sms_not_ready', 'The modem offers no place for texts yet.');
    return new MessageStores(channel, deleted, [names[0] ?? ''], names);
  }

  /**
   * The one store of a modem that knows no +CPMS and lists texts all the same; undefined where it does not. It goes by the
   * name of the card's, which is where such a modem keeps them.
   */
  static async unnamed(channel: AtChannel, deleted: DeletedArrival): Promise<MessageStores | undefined> {
    const listed = await optional(channel, listMessages);
    return listed && new MessageStores(channel, deleted, [onCard], [onCard], true);
  }

  /**
   * Takes in what lies at one place; false where the place is empty. The store of which the modem has just told is the
   * one that was chosen last, if it is called the same: one that forgot that would not have told.
   */
  take(named: string, index: number, keep: KeepArrival): Promise<boolean> {
    const storage = this.#nameless ? this.arriving : named;
    return this.#channel.sequence('arrival', async (run) => {
      if (!(await this.#choose(run, storage))) return false;
      const first = await readPlace(run, index);
      if (!first || !arrivedStats.has(first.stat)) return false;
      const stored = await wholeReading(first, () => readPlace(run, index));
      if (!stored) return false;
      const { pdu, tpduLength } = stored;
      const kept = keep({ pdu, tpduLength, storage, index, occupied: undefined });
      if (kept) await this.#delete(run, storage, index);
      return true;
    });
  }

  /**
   * Takes in all that lies in the stores, and in those beside them that the modem does not list; a text that cannot be
   * deleted is kept and tried again at the next sweep.
   *
   * @returns the stores that the modem will not look into
   */
  async sweep(keep: KeepArrival, beside: readonly string[] = []): Promise<string[]> {
    const refused: string[] = [];
    for (const storage of new Set([...this.#readable, ...beside])) {
      const unlisted = await this.#channel.sequence('arrival', (run) => this.#sweepOne(run, storage, keep));
      if (unlisted) await this.#visit(storage, unlisted, keep);
      else refused.push(storage);
    }
    return refused;
  }

  /** How full the stores are, and with what; `further` are those beside the one for texts that must not be full. */
  states(further: readonly string[] = []): StoreState[] {
    return this.#fill.states(new Set([this.arriving, ...further]));
  }

  /** Whether a sweep might make room in a store that fills up. */
  get relievable(): boolean {
    return this.#fill.relievable;
  }

  /** Asks how full the stores in use are, TS 27.005 3.2.2. */
  async measure(priority: Priority): Promise<void> {
    const uses = (await optional(this.#channel, readStores, priority)) ?? [];
    for (const { storage, used, total } of uses) this.#fill.measured(storage, used, total);
  }

  /**
   * Goes through the places of a store that does not list what it holds, until as many texts were found as it counts.
   * Each place is a sequence of its own, so that nothing waits for a large store.
   */
  async #visit(storage: string, { used, total }: Unlisted, keep: KeepArrival): Promise<void> {
    let left = used;
    for (let index = 0; left > 0 && index <= Math.min(total, mostVisited); index++)
      if (await this.take(storage, index, keep)) left--;
    if (used > 0) this.#unlisted.visited(storage, left);
  }

  /**
   * Takes in what a store lists, and tells how much lies in one that refuses to list, or lists nothing of what it counts;
   * undefined where the modem will not look into it. The store is chosen anew: a modem that has forgotten which it was would
   * list another under its name.
   */
  async #sweepOne(run: Run, storage: string, keep: KeepArrival): Promise<Unlisted | undefined> {
    this.#current = undefined;
    if (!(await this.#choose(run, storage))) return undefined;
    const listed = await unlessRefused(inPduMode(run), listMessages);
    if (!listed) return this.#unlisted.worthwhile(storage, await unlistedIn(run, storage));
    const counted = this.#fill.of(storage);
    if (listed.length === 0 && counted.used > 0) return this.#unlisted.worthwhile(storage, counted);
    const occupied = new Set(listed.map(({ index }) => index));
    const count = { listed: listed.length, deleted: 0, foreign: 0, stuck: 0 };
    for (const first of listed) {
      const { index } = first;
      const arrived = first.pdu !== '' && arrivedStats.has(first.stat);
      const stored = arrived ? await wholeReading(first, () => readPlace(run, index)) : undefined;
      const kept =
        stored && keep({ pdu: stored.pdu, tpduLength: stored.tpduLength, storage, index, occupied });
      const deleted = kept && (await this.#delete(run, storage, index));
      count[deleted ? 'deleted' : kept ? 'stuck' : 'foreign']++;
    }
    this.#fill.swept(storage, count);
    return nothingUnlisted;
  }

  /** What cannot be deleted now is recognised at the next sweep, and deleted then. */
  async #delete(run: Run, storage: string, index: number): Promise<boolean> {
    try {
      await run(deleteMessage(index));
    } catch (error) {
      if (error instanceof ModemError && error.code === 'refused') return false;
      throw error;
    }
    this.#deleted({ storage, index });
    return true;
  }

  /** False where the modem will not look into this store. */
  async #choose(run: Run, storage: string): Promise<boolean> {
    if (this.#nameless) return storage === this.arriving;
    if (this.#current === storage || storage === '') return true;
    this.#current = undefined;
    const chosen = await unlessRefused(run, chooseStores([storage, ...this.#rest]));
    if (chosen) {
      this.#current = storage;
      this.#fill.chosen(storage, chosen);
    }
    return chosen !== undefined;
  }
}

/**
 * Stores that hold texts and reports: BM holds broadcasts, and MT only repeats ME and SM, so that it is read where
 * texts arrive in it, and then instead of them. Of a modem that does not say what it has, those for texts are tried.
 */
function readableStores(offered: readonly (readonly string[])[], chosen: readonly string[]): string[] {
  const arriving = chosen.at(-1) ?? '';
  const wanted = arriving === 'MT' ? ['MT', 'SR'] : ['ME', 'SM', 'SR'];
  const listed = offered[0]?.length ? offered[0] : ['ME', 'SM'];
  const readable = wanted.filter((store) => listed.includes(store));
  return readable.includes(arriving) ? readable : [...readable, arriving];
}

/** Every choice worth trying: the same store for reading, writing and arriving, then fewer values. */
function storeChoices(
  offered: readonly (readonly string[])[],
  { order: known, values }: StorePreference,
): string[][] {
  const has = (position: number, store: string) => !offered[position] || offered[position].includes(store);
  const width = offered.length === 0 ? values : Math.min(offered.length, 3);
  const whole = known.filter((store) =>
    Array.from({ length: width }, (_, at) => at).every((at) => has(at, store)),
  );
  const order = [...whole, ...known.filter((store) => !whole.includes(store) && has(0, store))];
  return [width, ...[3, 2, 1].filter((other) => other !== width)].flatMap((count) =>
    order.map((store) =>
      Array.from({ length: count }, (_, at) => (has(at, store) ? store : (offered[at]?.[0] ?? store))),
    ),
  );
}

async function accepts(channel: AtChannel, stores: readonly string[]): Promise<boolean> {
  return (await optional(channel, chooseStores(stores))) !== undefined;
}

/** An empty place answers with nothing, with an empty header or with an error, as the maker pleases. */
function readPlace(run: Run, index: number): Promise<StoredPdu | undefined> {
  return unlessRefused(inPduMode(run), readMessage(index));
}

/**
 * A modem that fell back unnoticed, or that another program used meanwhile, shows texts in text mode; it is turned back and
 * asked again at once, because a text could say what would then be taken for a notice or an end of the answer.
 */
function inPduMode(run: Run): Run {
  return async (command) => {
    const lines = await run({ ...command, parse: (answer) => answer });
    if (!showsTextMode(lines)) return command.parse(lines);
    await run(pduMode);
    return run(command);
  };
}

/** Some modems know no +CMGL, and some refuse it with a store that is full. */
async function unlistedIn(run: Run, storage: string): Promise<Unlisted> {
  const uses = (await unlessRefused(run, readStores)) ?? [];
  return uses.find((use) => use.storage === storage) ?? nothingUnlisted;
}

async function unlessRefused<Answer>(run: Run, command: Command<Answer>): Promise<Answer | undefined> {
  try {
    return await run(command);
  } catch (error) {
    if (error instanceof ModemError && error.code === 'refused') return undefined;
    throw error;
  }
}
