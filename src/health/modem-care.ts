import type { Clock } from '../clock.ts';
import type { ModemNotice } from '../contract/event.ts';
import type { FleetMember } from '../modem/fleet.ts';
import type { EventLog } from '../store/event-log.ts';
import { Attention } from './attention.ts';
import { ModemEvents } from './modem-events.ts';
import { Presence } from './presence.ts';

/** Settings of what is watched; see `Config`. */
export interface CareSettings {
  readonly offlineGraceSeconds: number;
  readonly attentionEveryMinutes: number;
}

/** What modems look like from outside. */
export interface CaredModems {
  /** Every modem once. */
  members(): readonly FleetMember[];
  notice(member: FleetMember): ModemNotice;
}

export interface CareContext {
  readonly clock: Clock;
  readonly events: Pick<EventLog, 'record'>;
  readonly modems: CaredModems;
  readonly settings: CareSettings;
}

/** Everything that looks after modems from outside: what becomes an event, and when a person is told. */
export class ModemCare {
  readonly #modems: CaredModems;
  readonly #modemEvents: ModemEvents;

  constructor({ clock, events, modems, settings }: CareContext) {
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
    this.#modemEvents = new ModemEvents(presence, attention);
  }

  stop(): void {
    this.#modemEvents.stop();
  }

  /** The fleet has changed. */
  update(): void {
    this.#modemEvents.update(
      this.#modems.members().map((member) => ({
        notice: this.#modems.notice(member),
        ready: member.facts.state === 'ready',
      })),
    );
  }
}
