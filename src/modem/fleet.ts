import { EventEmitter } from 'node:events';
import type { Refusal } from '../gsm/at/final-result.ts';
import { DampedLogs } from './damped-log.ts';
import { FlapGuard } from './flap-guard.ts';
import { type FleetMember, holding, Member, presentModem, there, twinObstacle } from './fleet-member.ts';
import type { CallEvent } from './incoming-call.ts';
import { Modem } from './modem.ts';
import type { ModemContext } from './modem-context.ts';
import type { ModemFacts } from './modem-facts.ts';
import type { ModemPort } from './modem-port.ts';
import { Obstacle, type ObstacleCode } from './obstacle.ts';
import { OpenDevices } from './open-devices.ts';
import { PresumedCards } from './presumed-cards.ts';
import { RecoveryRecords, type RestartMemory } from './recovery-records.ts';
import { type ImeiRegister, SharedImeis } from './shared-imeis.ts';
import { settleClaims } from './sim-claims.ts';
import type { SimHints } from './sim-directory.ts';

/** A port to serve: named by a person, found, or emulated. */
export interface FleetPort extends ModemPort {
  readonly hints: Pick<SimHints, 'number' | 'pin'>;
  /** Found by looking, not named: let go again when it turns out to be no modem of its own. */
  readonly found: boolean;
}

export interface FleetEvents {
  changed: [modem: FleetMember, before: ModemFacts];
  removed: [modem: FleetMember];
  lateSubmit: [simId: number, reference: number];
  lateRefusal: [simId: number, refusal: Refusal, afterMs: number];
  call: [modem: FleetMember, event: CallEvent];
}

export interface FleetContext extends Omit<ModemContext, 'hints' | 'idOf' | 'records' | 'devices' | 'cards'> {
  readonly imeis: ImeiRegister;
  readonly restarts: RestartMemory;
}

/**
 * All modems. Every port has its own, so that one's trouble never delays another; here is only what needs a look
 * at several: two that claim one SIM.
 */
export class Fleet extends EventEmitter<FleetEvents> {
  readonly #context: FleetContext;
  readonly #imeis: SharedImeis;
  readonly #members = new Map<string, Member>();
  readonly #records: RecoveryRecords;
  readonly #devices = new OpenDevices();
  readonly #cards: PresumedCards;
  readonly #flaps: FlapGuard;
  readonly #logs: DampedLogs;
  /** SIMs whose texts the network refuses, by their id. */
  readonly #refusals = new Map<number, Obstacle>();

  constructor(context: FleetContext) {
    super();
    this.#context = context;
    this.#imeis = new SharedImeis(context.imeis, context.clock, () => this.#renameAll());
    this.#records = new RecoveryRecords(context.restarts, context.clock, context.log);
    this.#cards = new PresumedCards(context.clock);
    this.#flaps = new FlapGuard(context.clock, (simId) => this.#tellOfSim(simId));
    this.#logs = new DampedLogs(context.log, context.clock);
  }

  get members(): readonly FleetMember[] {
    return [...this.#members.values()];
  }

  /** Serves a port from now on; a path that is served already is left as it is. */
  add(port: FleetPort): void {
    if (this.#members.has(port.path)) return;
    const idOf = (imei: string) => this.#imeis.idOf(imei, port.path, port.usb?.socket);
    const modem = new Modem(port, {
      ...this.#context,
      log: this.#logs.of(port.path),
      records: this.#records,
      devices: this.#devices,
      cards: this.#cards,
      hints: port.hints,
      idOf,
    });
    const member = new Member(modem, port, this.#refusals, this.#flaps);
    this.#members.set(port.path, member);
    modem.on('changed', (_, before) => this.#onChange(member, before));
    modem.on('lateSubmit', (reference) =>
      this.#withSim(member, (simId) => this.emit('lateSubmit', simId, reference)),
    );
    modem.on('lateRefusal', (refusal, afterMs) =>
      this.#withSim(member, (simId) => this.emit('lateRefusal', simId, refusal, afterMs)),
    );
    modem.on('call', (event) => this.emit('call', member, event));
    modem.start();
    this.emit('changed', member, modem.facts);
  }

  /** The system says that a port is gone: whoever has it open lets it go. */
  portGone(path: string): void {
    this.#members.get(path)?.modem.portGone();
  }

  /** Lets a port go. */
  async remove(path: string): Promise<void> {
    const member = this.#members.get(path);
    if (!member) return;
    this.#members.delete(path);
    await member.modem.stop();
    this.#settleClaims();
    this.#settleTwins();
    this.emit('removed', member);
  }

  /** Ends all exchanges in flight within `graceMs` and lets every port go. */
  async stop(graceMs = 0): Promise<void> {
    this.#imeis.stop();
    this.#flaps.stop();
    await Promise.all([...this.#members.values()].map(({ modem }) => modem.stop(graceMs)));
    this.#members.clear();
  }

  /** Whether a modem has told of something that arrived for this SIM and was not read yet. */
  hasUnread(simId: number): boolean {
    return [...this.#members.values()].some(({ modem }) => modem.unread && modem.facts.sim?.simId === simId);
  }

  /** Looks all SIMs up again, after a person changed what is known of them. */
  async recognise(): Promise<void> {
    await Promise.all([...this.#members.values()].map(({ modem }) => modem.recognise()));
  }

  /** The texts of this SIM cannot leave, wherever it sits; with no sentence, they leave again. */
  refuse(simId: number, sentence: string | undefined, code: ObstacleCode = 'sim_refused'): void {
    if (sentence === undefined) this.#refusals.delete(simId);
    else this.#refusals.set(simId, new Obstacle(code, sentence));
    this.#tellOfSim(simId);
  }

  /** The machine goes to sleep: every port is let go, because none survives it. */
  async suspending(graceMs = 0): Promise<void> {
    await Promise.all([...this.#members.values()].map(({ modem }) => modem.letGo('asleep', graceMs)));
  }

  /** The machine has slept, or its clock jumped: every modem is asked at once whether it is still there. */
  async resumed(): Promise<void> {
    await Promise.all([...this.#members.values()].map(({ modem }) => modem.resumed()));
  }

  #onChange(member: Member, before: ModemFacts): void {
    const { facts } = member.modem;
    const moved = (states: ReadonlySet<string>) => states.has(facts.state) !== states.has(before.state);
    if (!member.claims) member.claimedAs = undefined;
    if (facts.sim?.simId !== before.sim?.simId || facts.sameAs !== before.sameAs || moved(holding))
      this.#settleClaims();
    if (
      facts.sim?.simId !== before.sim?.simId ||
      facts.imei !== before.imei ||
      moved(holding) ||
      moved(there)
    )
      this.#settleTwins();
    this.#tell(member);
    for (const other of this.#members.values()) {
      if (other !== member && other.facts.obstacle?.code !== other.told.obstacle?.code) this.#tell(other);
    }
  }

  #settleClaims(): void {
    settleClaims([...this.#members.values()], (imei) => this.#context.imeis.isShared(imei));
  }

  #tellOfSim(simId: number): void {
    for (const member of this.#members.values())
      if (member.modem.facts.sim?.simId === simId) this.#tell(member);
  }

  /** What was told before is what a listener knows, also of that which only comparing modems shows. */
  #tell(member: Member): void {
    member.watchFlapping();
    const before = member.told;
    member.told = member.facts;
    this.emit('changed', member, before);
  }

  /** Two sticks with one IMEI: both work, each under an id of its own, and a person is told. */
  #settleTwins(): void {
    const present = [...this.#members.values()].flatMap((member) => presentModem(member) ?? []);
    this.#imeis.compare(present);
    for (const member of this.#members.values()) {
      const modem = presentModem(member);
      const twin = modem && this.#imeis.twin(modem, present);
      member.twin = twin && twinObstacle(twin.port);
    }
  }

  #renameAll(): void {
    this.#settleTwins();
    for (const { modem } of this.#members.values()) modem.rename();
  }

  #withSim(member: Member, action: (simId: number) => void): void {
    const simId = member.modem.facts.sim?.simId;
    if (simId !== undefined) return action(simId);
    const once = (facts: ModemFacts) => {
      if (!facts.sim) return;
      member.modem.off('changed', once);
      action(facts.sim.simId);
    };
    member.modem.on('changed', once);
  }
}

export type { FleetMember } from './fleet-member.ts';
