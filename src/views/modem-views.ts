import type { ModemNotice } from '../contract/event.ts';
import { formatTimestamp } from '../contract/message.ts';
import type { ModemView, OwnNumber, Problem, RecoveryView, UssdWay, Warning } from '../contract/modem.ts';
import type { SimView } from '../contract/sim.ts';
import type { PluggedDevice } from '../modem/discovery/plugged-devices.ts';
import type { Fleet, FleetMember } from '../modem/fleet.ts';
import type { ModemFacts } from '../modem/modem-facts.ts';
import type { OutboundStore } from '../store/outbound-store.ts';
import type { SimStore, StoredSim } from '../store/sim-store.ts';
import { healthView } from './health-view.ts';
import { isPresent, SimPlaces } from './sim-places.ts';

/** What is kept of modems and their traffic. Moments are milliseconds since 1970. */
export interface ModemMemory {
  /** Whether somebody has looked at this modem since it was plugged in for the first time. */
  isWelcomed(modemId: string): boolean;
  ussdWay(modemId: string): UssdWay;
  lastSent(simId: number): number | undefined;
  lastReceived(number: string): number | undefined;
}

const noMemory: ModemMemory = {
  isWelcomed: () => true,
  ussdWay: () => 'automatic',
  lastSent: () => undefined,
  lastReceived: () => undefined,
};

/** What modems, numbers and SIMs look like from outside, as they stand now. */
export class ModemViews {
  readonly #fleet: Pick<Fleet, 'members'>;
  readonly #sims: SimStore;
  readonly #outbound: OutboundStore;
  readonly #numbers: () => readonly string[];
  readonly #warningsOf: (modemId: string) => readonly Warning[];
  readonly #plugged: () => readonly PluggedDevice[];
  readonly #memory: ModemMemory;
  readonly #places: SimPlaces;

  constructor(
    fleet: Pick<Fleet, 'members'>,
    sims: SimStore,
    outbound: OutboundStore,
    /** Every number that texts can be sent from. */
    numbers: () => readonly string[],
    /** What a person should know of a modem that goes on serving. */
    warningsOf: (modemId: string) => readonly Warning[] = () => [],
    /** What is plugged in and cannot serve. */
    plugged: () => readonly PluggedDevice[] = () => [],
    memory: ModemMemory = noMemory,
    places: SimPlaces = new SimPlaces(fleet),
  ) {
    this.#fleet = fleet;
    this.#sims = sims;
    this.#outbound = outbound;
    this.#numbers = numbers;
    this.#plugged = plugged;
    this.#memory = memory;
    this.#places = places;
    this.#warningsOf = warningsOf;
  }

  modems(): ModemView[] {
    return [...this.members(), ...this.#plugged()].map((modem) => this.modem(modem));
  }

  /** What is to be told of the devices that cannot serve. */
  waiting(): ModemNotice[] {
    return this.#plugged().map((device) => this.notice(device));
  }

  /** Every modem once, where it sits now. */
  members(): FleetMember[] {
    return this.#fleet.members.filter((member) => !this.#isElsewhere(member));
  }

  /** The modem that is shown with this id. */
  find(id: string): FleetMember | undefined {
    return this.members().find(({ facts }) => this.#id(facts) === id);
  }

  /** A modem of the fleet, or a device of which nothing is known but what stands in its way. */
  modem({ facts, namedNumber }: Pick<FleetMember, 'facts' | 'namedNumber'>): ModemView {
    const number = facts.sim?.number ?? this.#awaited(facts, namedNumber) ?? null;
    const sim = facts.sim ?? this.#lastSim(facts);
    const ofNumber = number ?? sim?.number;
    return {
      id: this.#id(facts),
      port: facts.port,
      state: facts.state,
      problem: problemOf(facts),
      manufacturer: facts.manufacturer ?? null,
      model: facts.model ?? null,
      firmware: facts.firmware ?? null,
      imei: facts.imei ?? null,
      iccid: facts.iccid ?? null,
      imsi: facts.imsi ?? null,
      number,
      label: sim?.label ?? null,
      operator: facts.operator ?? null,
      technology: facts.technology ?? null,
      registration: facts.registration ?? null,
      ...healthView(facts),
      warnings: [...this.#warningsOf(this.#id(facts))],
      queue_depth: ofNumber === undefined ? 0 : this.#outbound.depth(ofNumber),
      recovery: recoveryOf(facts),
      restarts_last_day: facts.restartsInADay,
      ussd_way: this.#memory.ussdWay(facts.id),
      emulated: facts.emulated,
      is_new: facts.imei !== undefined && !facts.emulated && !this.#memory.isWelcomed(facts.id),
      last_sent_at: momentOf(sim && this.#memory.lastSent(sim.simId)),
      last_received_at: momentOf(ofNumber === undefined ? undefined : this.#memory.lastReceived(ofNumber)),
      last_seen_at: facts.lastSeenAt === undefined ? null : formatTimestamp(facts.lastSeenAt),
    };
  }

  numbers(): OwnNumber[] {
    return this.#numbers().map((number) => {
      const member = this.#fleet.members.find(
        ({ facts }) => facts.sim?.number === number && isPresent(facts),
      );
      return {
        number,
        label: this.#sims.byNumber(number)?.label ?? null,
        online: member?.canSend ?? false,
        modem_id: member ? this.#id(member.facts) : null,
        signal_dbm: member ? healthView(member.facts).signal_dbm : null,
        operator: member?.facts.operator ?? null,
        queue_depth: this.#outbound.depth(number),
      };
    });
  }

  sims(): SimView[] {
    return this.#sims.list().map((sim) => this.#sim(sim));
  }

  notice({ facts }: Pick<FleetMember, 'facts'>): ModemNotice {
    const number = facts.sim?.number ?? null;
    return { modem_id: this.#id(facts), port: facts.port, number, problem: problemOf(facts), suppressed: 0 };
  }

  #sim(sim: StoredSim): SimView {
    const place = this.#places.of(sim.simId);
    const modemId = place && this.#id(place.member.facts);
    return {
      ...this.#sims.settings(sim.simId),
      iccid: sim.iccid ?? null,
      imsi: sim.imsi ?? null,
      number: sim.number ?? null,
      label: sim.label ?? null,
      has_pin: sim.hasPin,
      smsc: sim.serviceCentre ?? null,
      online: place?.member.facts.state === 'ready',
      paused: sim.paused,
      modem_id: (place?.presumed ? undefined : modemId) ?? sim.hiddenIn ?? null,
      presumed_modem_id: (place?.presumed && sim.hiddenIn === undefined ? modemId : undefined) ?? null,
      last_seen_at: sim.lastSeenAt === undefined ? null : formatTimestamp(sim.lastSeenAt),
      balance: balanceOf(sim),
    };
  }

  /** The number that a port waits for: the one it was named with, as long as no modem serves that elsewhere. */
  #awaited({ state, sim }: ModemFacts, named: string | undefined): string | undefined {
    if (state !== 'absent' || sim || named === undefined) return undefined;
    const isServed = this.#fleet.members.some(({ facts }) => facts.sim?.number === named && !isGone(facts));
    return isServed ? undefined : named;
  }

  /** Many SIMs cannot be read before they are unlocked: people know the modem by the one it had. */
  #lastSim(facts: ModemFacts): StoredSim | undefined {
    const last = this.#places.presumedIn(facts);
    return last === undefined ? undefined : this.#sims.get(last);
  }

  /** Cheap sticks share an IMEI: then the port tells them apart. */
  #id(facts: ModemFacts): string {
    const namesakes = this.#fleet.members.filter(
      (member) => member.facts.id === facts.id && !isGone(member.facts),
    );
    return namesakes.length > 1 ? `${facts.id}@${facts.port}` : facts.id;
  }

  /** The port that a modem was pulled out of, when it sits in another one now. */
  #isElsewhere({ facts }: FleetMember): boolean {
    if (!isGone(facts)) return false;
    return this.#fleet.members.some((other) => other.facts.id === facts.id && !isGone(other.facts));
  }
}

function momentOf(epochMs: number | undefined): string | null {
  return epochMs === undefined ? null : formatTimestamp(epochMs);
}

function balanceOf({ balance }: StoredSim): SimView['balance'] {
  return balance
    ? { amount: balance.amount ?? null, text: balance.text, at: formatTimestamp(balance.at) }
    : null;
}

function isGone(facts: ModemFacts): boolean {
  return facts.state === 'absent';
}

function problemOf({ obstacle }: ModemFacts): Problem | null {
  if (!obstacle) return null;
  const { code, message, remedy, triesLeft } = obstacle;
  return {
    code,
    message,
    ...(remedy && { remedy: { ...remedy, commands: [...remedy.commands] } }),
    ...(triesLeft !== undefined && { tries_left: triesLeft }),
  };
}

function recoveryOf({ recovery }: ModemFacts): RecoveryView | null {
  return recovery ? { ...recovery, since: formatTimestamp(recovery.since) } : null;
}
