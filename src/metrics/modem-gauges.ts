import { Gauge, type Registry } from 'prom-client';
import { type ModemView, modemStates } from '../contract/modem.ts';

/** How each modem stands. What a modem does not tell has no line. */
export class ModemGauges {
  readonly #modems: () => readonly ModemView[];
  readonly #state: Gauge<'modem' | 'state'>;
  readonly #signal: Gauge<'modem'>;
  readonly #temperature: Gauge<'modem'>;
  readonly #restarts: Gauge<'modem'>;
  readonly #recovering: Gauge<'modem' | 'step'>;
  readonly #storageUsed: Gauge<'modem' | 'storage'>;
  readonly #storageTotal: Gauge<'modem' | 'storage'>;

  constructor(registry: Registry, modems: () => readonly ModemView[]) {
    this.#modems = modems;
    const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
      new Gauge({ name: `postern_modem_${name}`, help, labelNames, registers: [registry] });
    this.#state = gauge('state', '1 for the state a modem is in, 0 for the others.', 'modem', 'state');
    this.#signal = gauge('signal_dbm', 'Signal strength.', 'modem');
    this.#temperature = gauge('temperature_celsius', 'Temperature.', 'modem');
    this.#restarts = gauge('restarts_last_day', 'How often it started anew in 24 hours.', 'modem');
    this.#recovering = gauge(
      'recovering',
      '1 for the step by which it is being brought back.',
      'modem',
      'step',
    );
    this.#storageUsed = gauge(
      'storage_used',
      'Messages in a storage of the SIM or modem.',
      'modem',
      'storage',
    );
    this.#storageTotal = gauge('storage_total', 'How many messages the storage holds.', 'modem', 'storage');
  }

  read(): void {
    for (const gauge of [
      this.#state,
      this.#signal,
      this.#temperature,
      this.#restarts,
      this.#recovering,
      this.#storageUsed,
      this.#storageTotal,
    ]) {
      gauge.reset();
    }
    for (const modem of this.#modems()) this.#readOne(modem);
  }

  #readOne({ id: modem, ...view }: ModemView): void {
    for (const state of modemStates) this.#state.set({ modem, state }, view.state === state ? 1 : 0);
    if (view.signal_dbm !== null) this.#signal.set({ modem }, view.signal_dbm);
    if (view.temperature_c !== null) this.#temperature.set({ modem }, view.temperature_c);
    if (view.recovery) this.#recovering.set({ modem, step: view.recovery.step }, 1);
    this.#restarts.set({ modem }, view.restarts_last_day);
    for (const { name: storage, used, total } of view.storage) {
      this.#storageUsed.set({ modem, storage }, used);
      this.#storageTotal.set({ modem, storage }, total);
    }
  }
}
