import { onTestFinished } from 'vitest';
import type { AttentionWord, EventType } from '../../src/contract/event.ts';
import { type CareSettings, ModemCare } from '../../src/health/modem-care.ts';
import { silentLog } from '../../src/log.ts';
import { EventLog } from '../../src/store/event-log.ts';
import { HealthStore } from '../../src/store/health-store.ts';
import { OutboundStore } from '../../src/store/outbound-store.ts';
import { SilenceStore } from '../../src/store/silence-store.ts';
import { ModemViews } from '../../src/views/modem-views.ts';
import { FleetBench, type FleetBenchOptions, type StationOptions } from '../modem/fleet-bench.ts';

export const port = '/dev/ttyUSB0';
export const ours = '+15550001111';
export const friend = '+15557654321';

export interface ToldOfModem {
  readonly type: EventType;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at an event as a receiver in any language would
  readonly data: any;
}

/** A fleet of emulated modems and all that looks after them, joined as in the gateway. */
export class CareBench {
  readonly table: FleetBench;
  readonly care: ModemCare;
  readonly views: ModemViews;
  /** What was recorded for webhooks and the event stream, in order. */
  readonly told: ToldOfModem[] = [];

  constructor(settings: Partial<CareSettings> = {}, table: FleetBench | FleetBenchOptions = {}) {
    this.table = table instanceof FleetBench ? table : new FleetBench(table);
    const { clock, database, fleet, sims, book } = this.table;
    const events = new EventLog(database, clock, silentLog);
    const outbound = new OutboundStore(database);
    this.views = new ModemViews(
      fleet,
      sims,
      outbound,
      () => book.numbers(),
      (modemId) => this.care.warnings(modemId),
    );
    this.care = new ModemCare({
      clock,
      log: silentLog,
      events,
      health: new HealthStore(database),
      modems: this.views,
      silence: new SilenceStore(database),
      sims,
      unwritten: () => ({ waiting: 0, lost: 0 }),
      settings: {
        offlineGraceSeconds: 10,
        attentionEveryMinutes: 60,
        offlineMinutes: 15,
        reportsWithinHours: 24,
        inboundWithinHours: 0,
        ...settings,
      },
    });
    events.subscribe((announcement) => {
      if ('event_type' in announcement)
        this.told.push({ type: announcement.event_type, data: announcement.data });
    });
    fleet.on('changed', () => this.care.update());
    fleet.on('removed', () => this.care.update());
    fleet.on('call', (member, call) => this.care.call(member, call));
    this.care.start();
    onTestFinished(() => this.care.stop());
  }

  /** With a modem that is ready. */
  static async ready(
    station: StationOptions = {},
    settings: Partial<CareSettings> = {},
    options: FleetBenchOptions = {},
  ) {
    const bench = new CareBench(settings, options);
    const modem = bench.table.station(port, { number: ours, ...station });
    await bench.table.reaches(port, 'ready');
    return { bench, modem, clock: bench.table.clock, network: bench.table.network };
  }

  get clock() {
    return this.table.clock;
  }

  /** The modem as the API shows it. */
  view(path = port) {
    return this.views.modem(this.table.member(path));
  }

  types(): EventType[] {
    return this.told.map(({ type }) => type);
  }

  /** The words that a person was told, in order. */
  words(): AttentionWord[] {
    return this.told.filter(({ type }) => type === 'modem.attention').map(({ data }) => data.problem.code);
  }

  /** The sentence that was told last with this word. */
  sentence(word: AttentionWord): string | undefined {
    return this.told.findLast(({ data }) => data.problem?.code === word)?.data.problem.message;
  }
}
