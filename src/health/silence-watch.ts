import type { Clock } from '../clock.ts';
import type { ModemNotice } from '../contract/event.ts';
import type { WarningWord } from '../contract/modem.ts';
import type { SimSettings } from '../contract/sim-settings.ts';
import type { SilenceStore } from '../store/silence-store.ts';
import type { Attention } from './attention.ts';

const hourMs = 3_600_000;
/** Texts that were sent longer ago than this before the time that is allowed say nothing of today. */
const relevantMs = 7 * 24 * hourMs;

/** For how long each SIM may be silent, in hours, where it has no setting of its own; 0: for ever. */
export interface SilenceSettings {
  readonly reportsWithinHours: number;
  readonly inboundWithinHours: number;
}

/** A SIM in a modem that is ready, and when it was first seen there: milliseconds since 1970. */
export interface SimInModem {
  readonly simId: number;
  readonly notice: ModemNotice;
  readonly settings: SimSettings;
  readonly seenAt: number;
}

/** Tells of a SIM that gets no delivery reports although its texts asked for them, or no texts. */
export class SilenceWatch {
  readonly #clock: Clock;
  readonly #store: SilenceStore;
  readonly #attention: Attention;
  readonly #settings: SilenceSettings;

  constructor(clock: Clock, store: SilenceStore, attention: Attention, settings: SilenceSettings) {
    this.#clock = clock;
    this.#store = store;
    this.#attention = attention;
    this.#settings = settings;
  }

  check({ simId, notice, settings, seenAt }: SimInModem): void {
    const reports = settings.reports
      ? (settings.reports_within_hours ?? this.#settings.reportsWithinHours)
      : 0;
    const inbound = settings.inbound_within_hours ?? this.#settings.inboundWithinHours;
    this.#tell(notice, 'no_reports', reports > 0 && this.#lacksReports(simId, reports * hourMs), () => {
      const since = `No delivery report has come for ${hoursOf(reports)} although texts were sent`;
      const remedy = 'If the operator gives none, set reports_within_hours=0 with "postern sims settings"';
      return `${since} from ${nameOf(notice)}. See whether one arrives at a telephone at hand. ${remedy}.`;
    });
    this.#tell(notice, 'no_inbound', inbound > 0 && this.#lacksTexts(simId, seenAt, inbound * hourMs), () => {
      const since = `No text has come in for ${hoursOf(inbound)}`;
      return `${since} at ${nameOf(notice)}. Send one to it from a telephone to see whether it still receives.`;
    });
  }

  /** Only texts that went out after the last report count: a SIM that sends nothing gets none. */
  #lacksReports(simId: number, allowedMs: number): boolean {
    const now = this.#clock.now();
    const since = Math.max(this.#store.lastReportAt(simId) ?? 0, now - allowedMs - relevantMs);
    const sentAt = this.#store.acceptedAfter(simId, since);
    return sentAt !== undefined && now - sentAt >= allowedMs;
  }

  #lacksTexts(simId: number, seenAt: number, allowedMs: number): boolean {
    return this.#clock.now() - (this.#store.lastInboundAt(simId) ?? seenAt) >= allowedMs;
  }

  #tell(notice: ModemNotice, code: WarningWord, silent: boolean, sentence: () => string): void {
    if (silent) this.#attention.raise({ ...notice, problem: { code, message: sentence() } });
    else this.#attention.clear(notice.modem_id, code);
  }
}

function hoursOf(hours: number): string {
  return hours === 1 ? 'an hour' : `${hours} hours`;
}

function nameOf({ number, port }: ModemNotice): string {
  return number ?? `the SIM in the modem at ${port}`;
}
