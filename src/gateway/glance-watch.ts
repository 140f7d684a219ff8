import type { Clock, Timer } from '../clock.ts';
import { attentionNotice, type EventEnvelope, receivedMessage } from '../contract/event.ts';
import type { Glance, GlancedModem, PersonNotice } from '../contract/glance.ts';
import type { ModemView } from '../contract/modem.ts';
import type { Logger } from '../log.ts';
import type { EventLog } from '../store/event-log.ts';
import type { SettingsStore } from '../store/settings-store.ts';
import type { ModemViews } from '../views/modem-views.ts';

const lookEveryMs = 2_000;
/** More at once are not told one by one: nobody reads them. */
const mostNotices = 20;

export interface GlanceListener {
  readonly glance: (glance: Glance) => void;
  readonly notice: (notice: PersonNotice) => void;
}

/** Where the watch looks. */
export interface GlanceSources {
  readonly clock: Clock;
  readonly log: Logger;
  readonly views: Pick<ModemViews, 'modems' | 'numbers'>;
  readonly settings: Pick<SettingsStore, 'all'>;
  readonly events: Pick<EventLog, 'newestId' | 'since'>;
}

/**
 * Tells a listener how all stands whenever that has changed, and of events that a person should notice. It looks every
 * two seconds, so that a busy gateway pays no more for it than an idle one.
 */
export class GlanceWatch {
  readonly #sources: GlanceSources;
  readonly #listener: GlanceListener;
  #timer: Timer | undefined;
  #lastEvent: string | undefined;
  #told = '';

  constructor(sources: GlanceSources, listener: GlanceListener) {
    this.#sources = sources;
    this.#listener = listener;
  }

  start(): void {
    this.#lastEvent = this.#sources.events.newestId();
    this.#look();
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #look(): void {
    this.#timer = this.#sources.clock.after(lookEveryMs, () => this.#look());
    try {
      this.#tellGlance();
      this.#tellNotices();
    } catch (error) {
      this.#sources.log.warn({ err: error }, 'how all stands cannot be told now');
    }
  }

  #tellGlance(): void {
    const { views, settings } = this.#sources;
    const glance: Glance = {
      sending_paused: settings.all().sending_paused,
      waiting: views.numbers().reduce((sum, { queue_depth }) => sum + queue_depth, 0),
      modems: views.modems().map(glanced),
    };
    const seen = JSON.stringify(glance);
    if (seen === this.#told) return;
    this.#told = seen;
    this.#listener.glance(glance);
  }

  #tellNotices(): void {
    const events = this.#sources.events.since(this.#lastEvent ?? '', mostNotices);
    if (events.length === mostNotices) this.#lastEvent = this.#sources.events.newestId();
    else this.#lastEvent = events.at(-1)?.event_id ?? this.#lastEvent;
    for (const notice of events.flatMap(noticeOf)) this.#listener.notice(notice);
  }
}

function glanced(modem: ModemView): GlancedModem {
  const { id, label, number, model, port, state, operator, signal_bars, queue_depth, problem } = modem;
  return {
    id,
    name: label ?? number ?? model ?? port,
    state,
    operator,
    signal_bars,
    queue_depth,
    problem: problem?.message ?? null,
  };
}

function noticeOf({ event_type, data }: EventEnvelope): PersonNotice[] {
  if (event_type === 'sms.received') {
    const { from, body } = receivedMessage.parse(data);
    return [{ kind: 'received', from, body }];
  }
  if (event_type === 'modem.attention') {
    return [{ kind: 'attention', message: attentionNotice.parse(data).problem.message }];
  }
  return [];
}
