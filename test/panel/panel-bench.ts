import type { ModemView } from '../../src/contract/modem.ts';
import type { EmulatedModem } from '../../src/emulator/index.ts';
import { silentLog } from '../../src/log.ts';
import { AtLog } from '../../src/modem/at-log/at-log.ts';
import type { ModemState } from '../../src/modem/modem-facts.ts';
import { ModemPanel } from '../../src/panel/modem-panel.ts';
import { ModemStore } from '../../src/store/modem-store.ts';
import { OutboundStore } from '../../src/store/outbound-store.ts';
import { UssdStore } from '../../src/store/ussd-store.ts';
import { ModemViews } from '../../src/views/modem-views.ts';
import { type Answer, type RunningApi, startApi } from '../api/running-api.ts';
import { ManualClock } from '../manual-clock.ts';
import { FleetBench, type FleetBenchOptions, type StationOptions } from '../modem/fleet-bench.ts';

export const port = '/dev/ttyUSB0';
export const ours = '+15550001111';

/** A modem on a table, the panel on top of it, and the real HTTP on top of that: joined as in the gateway. */
export class PanelBench {
  readonly clock: ManualClock;
  readonly table: FleetBench;
  readonly modem: EmulatedModem;
  readonly #api: RunningApi;
  readonly #views: ModemViews;
  readonly #adminKey: string;

  private constructor(table: FleetBench, modem: EmulatedModem, api: RunningApi, views: ModemViews) {
    this.clock = table.clock;
    this.table = table;
    this.modem = modem;
    this.#api = api;
    this.#views = views;
    this.#adminKey = api.newKey(['admin']);
  }

  /** With a modem that reaches this state. */
  static async open(
    station: StationOptions = {},
    options: FleetBenchOptions = {},
    state: ModemState = 'ready',
  ) {
    const atLog = new AtLog(new ManualClock());
    const table = new FleetBench({ ...options, watched: (open) => atLog.recorded(open) });
    const { fleet, book, sims } = table;
    const ussd = new UssdStore(table.database);
    const views = new ModemViews(
      fleet,
      sims,
      new OutboundStore(table.database),
      () => book.numbers(),
      undefined,
      undefined,
      {
        isWelcomed: () => true,
        ussdWay: (modemId) => ussd.ussdWay(modemId),
        lastSent: () => undefined,
        lastReceived: () => undefined,
      },
    );
    fleet.on('changed', ({ modem }) => atLog.note(modem.facts));
    const panel = new ModemPanel({
      clock: table.clock,
      log: silentLog,
      atLog,
      modems: views,
      store: new ModemStore(table.database),
      ussd,
      ports: { named: [], remove: (path) => fleet.remove(path) },
    });
    const api = await startApi({ panel, modems: { views: () => views.modems() } });
    const modem = table.station(port, { number: ours, ...station });
    await table.reaches(port, state);
    return new PanelBench(table, modem, api, views);
  }

  get view(): ModemView {
    const [view] = this.#views.modems();
    if (!view) throw new Error('there is no modem');
    return view;
  }

  /** Asks as an administrator about the modem; the clock goes on until there is an answer. */
  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#ask(path, { headers: { ...this.#asAdmin, ...headers } });
  }

  post(action: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#ask(action, {
      method: 'POST',
      headers: { ...this.#asAdmin, ...headers },
      ...(body && { body }),
    });
  }

  /** Asks for something to be set for the modem. */
  patch(body: object, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#ask('', { method: 'PATCH', headers: { ...this.#asAdmin, ...headers }, body });
  }

  /** Asks for the modem to be forgotten. */
  remove(): Promise<Answer> {
    return this.#ask('', { method: 'DELETE', headers: this.#asAdmin });
  }

  /** The header of a key that may send and read, and nothing else. */
  get asCustomer(): Record<string, string> {
    return { authorization: `Bearer ${this.#api.key}` };
  }

  get #asAdmin(): Record<string, string> {
    return { authorization: `Bearer ${this.#adminKey}` };
  }

  async #ask(path: string, asked: Parameters<RunningApi['ask']>[1]): Promise<Answer> {
    let over = false;
    const answer = this.#api
      .ask(`/v1/modems/${encodeURIComponent(this.view.id)}${path}`, asked)
      .finally(() => {
        over = true;
      });
    while (!over) await this.clock.advance(20);
    return answer;
  }
}
