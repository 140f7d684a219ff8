import type { Clock } from '../clock.ts';
import type { CallNotice, ModemNotice } from '../contract/event.ts';
import { type Warning, warningWords } from '../contract/modem.ts';
import type { Logger } from '../log.ts';
import type { FleetMember } from '../modem/fleet.ts';
import type { CallEvent } from '../modem/incoming-call.ts';
import type { EventLog } from '../store/event-log.ts';
import type { HealthStore } from '../store/health-store.ts';
import type { SilenceStore } from '../store/silence-store.ts';
import type { SimStore } from '../store/sim-store.ts';
import { AbsenceWatch } from './absence-watch.ts';
import { Attention } from './attention.ts';
import { BalanceWatch } from './balance-watch.ts';
import { noteDeafness } from './deafness.ts';
import { EventBacklog } from './event-backlog.ts';
import { HealthHistory } from './health-history.ts';
import { ModemEvents } from './modem-events.ts';
import { Presence } from './presence.ts';
import { noteRestarts } from './restarts.ts';
import { type SilenceSettings, SilenceWatch } from './silence-watch.ts';
import { SimRounds } from './sim-rounds.ts';
import { StorageWatch } from './storage-watch.ts';
import { noteUnwritten } from './unwritten.ts';

/** Settings of what is watched; see `Config`. */
export interface CareSettings extends SilenceSettings {
  readonly offlineGraceSeconds: number;
  readonly attentionEveryMinutes: number;
  readonly offlineMinutes: number;
}

/** What modems look like from outside. */
export interface CaredModems {
  /** Every modem once. */
  members(): readonly FleetMember[];
  notice(member: FleetMember): ModemNotice;
  /** What is plugged in and cannot serve. */
  waiting(): readonly ModemNotice[];
}

export interface CareContext {
  readonly clock: Clock;
  readonly log: Logger;
  readonly events: Pick<EventLog, 'record'>;
  readonly health: HealthStore;
  readonly silence: SilenceStore;
  readonly sims: Pick<SimStore, 'settings' | 'get' | 'keepBalance'>;
  readonly modems: CaredModems;
  readonly settings: CareSettings;
  /** What a SIM's modem brought and the disk did not take. */
  readonly unwritten: (simId: number) => { readonly waiting: number; readonly lost: number };
}

/** Everything that looks after modems from outside: what becomes an event, what is kept, when a person is told. */
export class ModemCare {
  readonly #events: EventBacklog;
  readonly #unwritten: CareContext['unwritten'];
  readonly #modems: CaredModems;
  readonly #sims: Pick<SimStore, 'settings'>;
  readonly #attention: Attention;
  readonly #modemEvents: ModemEvents;
  readonly #storage: StorageWatch;
  readonly #absence: AbsenceWatch;
  readonly #rounds: SimRounds;
  readonly #history: HealthHistory;

  constructor(context: CareContext) {
    const { clock, log, health, silence, sims, modems, settings } = context;
    const events = new EventBacklog((type, data) => context.events.record(type, data), clock, log);
    this.#sims = sims;
    this.#events = events;
    this.#unwritten = context.unwritten;
    this.#modems = modems;
    const attention = new Attention(
      (notice) => events.record('modem.attention', notice),
      clock,
      settings.attentionEveryMinutes * 60_000,
    );
    const presence = new Presence(
      (type, notice) => events.record(type, notice),
      clock,
      settings.offlineGraceSeconds * 1_000,
    );
    this.#attention = attention;
    this.#modemEvents = new ModemEvents(presence, attention);
    this.#storage = new StorageWatch(attention);
    this.#absence = new AbsenceWatch(clock, attention, settings.offlineMinutes * 60_000);
    this.#rounds = new SimRounds({
      clock,
      log,
      attention,
      absence: this.#absence,
      silence: new SilenceWatch(clock, silence, attention, settings),
      balance: new BalanceWatch(clock, log, sims, attention),
      sims: () => this.#simsInModems(),
    });
    this.#history = new HealthHistory(health, clock, log, () => this.#recorded());
  }

  start(): void {
    this.#history.start();
    this.#rounds.start();
  }

  stop(): void {
    this.#rounds.stop();
    this.#history.stop();
    this.#modemEvents.stop();
    this.#events.stop();
  }

  /** The fleet has changed. */
  update(): void {
    const standing = this.#modems.members().map((member) => ({
      notice: this.#modems.notice(member),
      ready: member.facts.state === 'ready',
      found: member.found,
      facts: member.facts,
    }));
    const waiting = this.#modems.waiting().map((notice) => ({ notice, ready: false }));
    this.#modemEvents.update([...standing, ...waiting]);
    this.#absence.note(standing);
    for (const { notice, ready, facts } of standing) {
      this.#history.note(notice.modem_id, ready);
      this.#storage.note(notice, facts);
      noteDeafness(this.#attention, notice, facts);
      const unwritten = facts.sim && this.#unwritten(facts.sim.simId);
      if (unwritten) noteUnwritten(this.#attention, notice, unwritten);
      noteRestarts(this.#attention, notice, facts);
    }
  }

  /** What a person should know of a modem that goes on serving. */
  warnings(modemId: string): Warning[] {
    return this.#attention.standing(modemId).flatMap(({ problem }) => {
      const code = warningWords.find((word) => word === problem.code);
      return code ? [{ code, message: problem.message }] : [];
    });
  }

  /** A call came, or ended; nobody takes it here. */
  call(member: FleetMember, { kind, from }: CallEvent): void {
    const notice: CallNotice = { from: from ?? null, to: member.facts.sim?.number ?? null };
    this.#events.record(`call.${kind}`, notice);
  }

  #simsInModems() {
    return this.#modems.members().flatMap((member) => {
      const { sim, state } = member.facts;
      if (!sim || state !== 'ready') return [];
      const ussd = (code: string) => member.modem.desk.ussd(code);
      const { simId } = sim;
      return [{ simId, notice: this.#modems.notice(member), settings: this.#sims.settings(simId), ussd }];
    });
  }

  #recorded() {
    return this.#modems
      .members()
      .map((member) => ({ modemId: this.#modems.notice(member).modem_id, facts: member.facts }));
  }
}
