import type { Database } from './database.ts';

/** What is kept of a modem between its visits. */
export interface SeenModem {
  readonly modemId: string;
  readonly imei: string | undefined;
  readonly manufacturer: string | undefined;
  readonly model: string | undefined;
  readonly firmware: string | undefined;
  readonly port: string;
}

/** The modems that were ever here. */
export class ModemStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  seen(modem: SeenModem, at: number): void {
    this.#database
      .prepare(
        `INSERT INTO modems (modem_id, imei, manufacturer, model, firmware, last_port, first_seen_at, last_seen_at)
         VALUES (@modemId, @imei, @manufacturer, @model, @firmware, @port, @at, @at)
         ON CONFLICT (modem_id) DO UPDATE SET imei = excluded.imei, manufacturer = excluded.manufacturer,
           model = excluded.model, firmware = excluded.firmware, last_port = excluded.last_port,
           last_seen_at = excluded.last_seen_at, forgotten_at = NULL`,
      )
      .run({ ...toRow(modem), at });
  }

  /** Whether somebody has looked at this modem since it was plugged in for the first time. */
  isWelcomed(modemId: string): boolean {
    const sql = 'SELECT 1 FROM modems WHERE modem_id = ? AND welcomed_at IS NOT NULL';
    return this.#database.prepare(sql).get(modemId) !== undefined;
  }

  /** Somebody has looked at this modem; also one that was never ready. */
  welcome(modem: SeenModem, at: number): void {
    this.#database
      .prepare(
        `INSERT INTO modems (modem_id, imei, manufacturer, model, firmware, last_port, first_seen_at, last_seen_at, welcomed_at)
         VALUES (@modemId, @imei, @manufacturer, @model, @firmware, @port, @at, @at, @at)
         ON CONFLICT (modem_id) DO UPDATE SET welcomed_at = excluded.welcomed_at`,
      )
      .run({ ...toRow(modem), at });
  }

  /** It is gone for good. If it comes back after all, it is a new one. */
  forget(modemId: string, at: number): void {
    this.#database
      .prepare(
        'UPDATE modems SET forgotten_at = ?, welcomed_at = NULL, disabled_at = NULL WHERE modem_id = ?',
      )
      .run(at, modemId);
  }

  /** Whether several modems were seen with this IMEI at once. */
  isShared(imei: string): boolean {
    return this.#database.prepare('SELECT 1 FROM shared_imeis WHERE imei = ?').get(imei) !== undefined;
  }

  share(imei: string, at: number): void {
    this.#database
      .prepare('INSERT INTO shared_imeis (imei, seen_at) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(imei, at);
  }

  /** Whether a person let this modem go. */
  isDisabled(modemId: string): boolean {
    const row = this.#database
      .prepare<[string], { disabled_at: number | null }>('SELECT disabled_at FROM modems WHERE modem_id = ?')
      .get(modemId);
    return row !== undefined && row.disabled_at !== null;
  }

  /** Lets a modem go, or takes it back; also one that was never ready. */
  setDisabled(modem: SeenModem, disabled: boolean, at: number): void {
    this.#database
      .prepare(
        `INSERT INTO modems (modem_id, imei, manufacturer, model, firmware, last_port, first_seen_at, last_seen_at, disabled_at)
         VALUES (@modemId, @imei, @manufacturer, @model, @firmware, @port, @at, @at, @since)
         ON CONFLICT (modem_id) DO UPDATE SET disabled_at = excluded.disabled_at`,
      )
      .run({ ...toRow(modem), at, since: disabled ? at : null });
  }
}

function toRow({ modemId, imei, manufacturer, model, firmware, port }: SeenModem) {
  return {
    modemId,
    imei: imei ?? null,
    manufacturer: manufacturer ?? null,
    model: model ?? null,
    firmware: firmware ?? null,
    port,
  };
}
