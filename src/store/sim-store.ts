import { type SimSettings, simSettings } from '../contract/sim-settings.ts';
import type { Database } from './database.ts';
import type { SecretBox } from './secret-box.ts';

/** A SIM as it is kept. `iccid` is normalised; `hiddenIn` names the modem of a card that tells neither id. */
export interface StoredSim {
  readonly simId: number;
  readonly iccid: string | undefined;
  readonly imsi: string | undefined;
  readonly hiddenIn: string | undefined;
  readonly number: string | undefined;
  /** Who said so: a person, a modem's specification, or the SIM itself, which anybody overrules. */
  readonly numberSource: 'person' | 'spec' | 'sim' | undefined;
  readonly label: string | undefined;
  readonly hasPin: boolean;
  /** The service centre that a person set, else the one that was read off the card last. */
  readonly serviceCentre: string | undefined;
  readonly serviceCentreSource: 'person' | 'sim' | undefined;
  /** Nothing leaves from it until a person resumes it. */
  readonly paused: boolean;
  readonly drained: boolean;
  readonly lastSeenAt: number | undefined;
  readonly balance: Balance | undefined;
}

/** The network's answer to the last question for the balance; `amount` undefined where none was found in it. */
export interface Balance {
  readonly amount: number | undefined;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

interface SimRow {
  readonly sim_id: number;
  readonly iccid: string | null;
  readonly imsi: string | null;
  readonly hidden_in: string | null;
  readonly number: string | null;
  readonly number_source: StoredSim['numberSource'] | null;
  readonly label: string | null;
  readonly sealed_pin: string | null;
  readonly settings: string;
  readonly paused_at: number | null;
  readonly refused_pins: string;
  readonly service_centre: string | null;
  readonly service_centre_source: StoredSim['serviceCentreSource'] | null;
  readonly drained_at: number | null;
  readonly last_seen_at: number | null;
  readonly balance_amount: number | null;
  readonly balance_text: string | null;
  readonly balance_at: number | null;
}

/** What is read off a card, and the modem that it sits in. */
export interface SimReading {
  readonly iccid: string | undefined;
  readonly imsi: string | undefined;
  readonly modemId: string;
}

/** Settings by name, as they are after the contract has judged them. */
export type SimSettingsChange = Partial<Omit<SimSettings, 'limits'>> & {
  readonly limits?: Partial<SimSettings['limits']>;
};

/** The SIMs: number, label and PIN hang on the card, wherever it turns up. */
export class SimStore {
  readonly #database: Database;
  readonly #secrets: SecretBox;

  constructor(database: Database, secrets: SecretBox) {
    this.#database = database;
    this.#secrets = secrets;
  }

  /** The entry of a card, made if there is none; by ICCID, else by IMSI, else by the modem that hides both. */
  findOrCreate(reading: SimReading, at: number): StoredSim {
    return this.#database.transaction(() => {
      const known = this.find(reading) ?? this.#create(reading, at);
      this.#database
        .prepare(
          `UPDATE sims SET iccid = coalesce(iccid, ?), imsi = coalesce(?, imsi), last_seen_at = ?,
             forgotten_at = NULL WHERE sim_id = ?`,
        )
        .run(reading.iccid ?? null, reading.imsi ?? null, at, known.simId);
      return this.get(known.simId) ?? known;
    });
  }

  /** Makes an entry for a card that was never seen here, so that its settings wait for it; the entry's id. */
  foresee(iccid: string, at: number): number {
    return Number(
      this.#database.prepare('INSERT INTO sims (iccid, created_at) VALUES (?, ?)').run(iccid, at)
        .lastInsertRowid,
    );
  }

  find(reading: SimReading): StoredSim | undefined {
    const byIccid = reading.iccid ? this.#one('iccid = ?', reading.iccid) : undefined;
    if (byIccid) return byIccid;
    if (reading.imsi) {
      const condition = reading.iccid ? 'imsi = ? AND iccid IS NULL' : 'imsi = ?';
      const byImsi = this.#one(condition, reading.imsi);
      if (byImsi) return byImsi;
    }
    return reading.iccid || reading.imsi ? undefined : this.#one('hidden_in = ?', reading.modemId);
  }

  get(simId: number): StoredSim | undefined {
    return this.#one('sim_id = ?', simId);
  }

  byNumber(number: string): StoredSim | undefined {
    return this.#one('number = ?', number);
  }

  /** Every SIM that was seen and is not forgotten. */
  list(): StoredSim[] {
    return this.#database
      .prepare<[], SimRow>('SELECT * FROM sims WHERE forgotten_at IS NULL ORDER BY sim_id')
      .all()
      .map(toSim);
  }

  /** Gives a SIM its number, taking it from whatever SIM only claimed it by itself. */
  setNumber(simId: number, number: string | null, source: 'person' | 'spec' | 'sim'): void {
    this.#database.transaction(() => {
      this.#database
        .prepare(
          `UPDATE sims SET number = NULL, number_source = NULL WHERE number = ? AND number_source = 'sim' AND sim_id <> ?`,
        )
        .run(number, simId);
      this.#database
        .prepare('UPDATE sims SET number = ?, number_source = ? WHERE sim_id = ?')
        .run(number, number === null ? null : source, simId);
    });
  }

  /** Its number is free and its PIN gone; the row stays for what was sent and received. A card that comes back is known again. */
  forget(simId: number, at: number): void {
    this.setNumber(simId, null, 'person');
    this.setPin(simId, null);
    this.#database.prepare('UPDATE sims SET forgotten_at = ? WHERE sim_id = ?').run(at, simId);
  }

  setLabel(simId: number, label: string | null): void {
    this.#database.prepare('UPDATE sims SET label = ? WHERE sim_id = ?').run(label, simId);
  }

  /** Keeps a service centre for a SIM; null lets the card's own count again. */
  setServiceCentre(simId: number, number: string | null, source: 'person' | 'sim'): void {
    this.#database
      .prepare('UPDATE sims SET service_centre = ?, service_centre_source = ? WHERE sim_id = ?')
      .run(number, number === null ? null : source, simId);
  }

  /** All settings of a SIM, the defaults where nobody has set anything. */
  settings(simId: number): SimSettings {
    return simSettings.parse(this.#ownSettings(simId));
  }

  /** Changes the settings that are named, leaving the others; `limits` are changed one by one too. */
  changeSettings(simId: number, change: SimSettingsChange): void {
    const kept = this.#ownSettings(simId);
    const changed = { ...kept, ...change, limits: { ...kept.limits, ...change.limits } };
    simSettings.parse(changed);
    this.#database
      .prepare('UPDATE sims SET settings = ? WHERE sim_id = ?')
      .run(JSON.stringify(changed), simId);
  }

  keepBalance(simId: number, { amount, text, at }: Balance): void {
    this.#database
      .prepare('UPDATE sims SET balance_amount = ?, balance_text = ?, balance_at = ? WHERE sim_id = ?')
      .run(amount ?? null, text, at, simId);
  }

  /** Pauses a SIM since `at`, or lets it send again. */
  setPaused(simId: number, at: number | null): void {
    this.#database.prepare('UPDATE sims SET paused_at = ? WHERE sim_id = ?').run(at, simId);
  }

  /** Keeps a PIN sealed; a person's word makes earlier refusals of it void. */
  setPin(simId: number, pin: string | null): void {
    const sealed = pin === null ? null : this.#secrets.seal(pin);
    this.#database
      .prepare(`UPDATE sims SET sealed_pin = ?, refused_pins = '[]' WHERE sim_id = ?`)
      .run(sealed, simId);
  }

  pin(simId: number): string | undefined {
    const sealed = this.#row('sim_id = ?', simId)?.sealed_pin;
    return sealed ? this.#secrets.open(sealed) : undefined;
  }

  /** Whether this SIM has refused this PIN before. */
  hasRefused(simId: number, pin: string): boolean {
    return this.#refusals(simId).includes(this.#secrets.fingerprint(pin));
  }

  addRefusal(simId: number, pin: string): void {
    const refusals = [...this.#refusals(simId), this.#secrets.fingerprint(pin)].slice(-20);
    this.#database
      .prepare('UPDATE sims SET refused_pins = ? WHERE sim_id = ?')
      .run(JSON.stringify(refusals), simId);
  }

  removeRefusal(simId: number, pin: string): void {
    const refusals = this.#refusals(simId).filter((refusal) => refusal !== this.#secrets.fingerprint(pin));
    this.#database
      .prepare('UPDATE sims SET refused_pins = ? WHERE sim_id = ?')
      .run(JSON.stringify(refusals), simId);
  }

  /**
   * What became of the PIN that a card got in this modem before the modem named it; undefined where none did. `tried`
   * also stands for one that opened it.
   */
  unnamedCardTry(modemId: string): 'tried' | 'refused' | undefined {
    const row = this.#database
      .prepare<[string], { refused: number }>('SELECT refused FROM unnamed_cards WHERE modem_id = ?')
      .get(modemId);
    return row && (row.refused === 1 ? 'refused' : 'tried');
  }

  keepUnnamedCardTry(modemId: string, outcome: 'tried' | 'refused', at: number): void {
    this.#database
      .prepare(
        `INSERT INTO unnamed_cards (modem_id, tried_at, refused) VALUES (?, ?, ?)
         ON CONFLICT (modem_id) DO UPDATE SET tried_at = excluded.tried_at, refused = excluded.refused`,
      )
      .run(modemId, at, outcome === 'refused' ? 1 : 0);
  }

  forgetUnnamedCardTry(modemId: string): void {
    this.#database.prepare('DELETE FROM unnamed_cards WHERE modem_id = ?').run(modemId);
  }

  setDrained(simId: number, at: number): void {
    this.#database
      .prepare('UPDATE sims SET drained_at = coalesce(drained_at, ?) WHERE sim_id = ?')
      .run(at, simId);
  }

  #ownSettings(simId: number): SimSettingsChange {
    return JSON.parse(this.#row('sim_id = ?', simId)?.settings ?? '{}') as SimSettingsChange;
  }

  #refusals(simId: number): string[] {
    return JSON.parse(this.#row('sim_id = ?', simId)?.refused_pins ?? '[]') as string[];
  }

  #create(reading: SimReading, at: number): StoredSim {
    const hiddenIn = reading.iccid || reading.imsi ? null : reading.modemId;
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO sims (iccid, imsi, hidden_in, created_at) VALUES (?, ?, ?, ?)')
      .run(reading.iccid ?? null, reading.imsi ?? null, hiddenIn, at);
    const created = this.get(Number(lastInsertRowid));
    if (!created) throw new Error('a SIM that was just written cannot be read');
    return created;
  }

  #one(condition: string, value: string | number): StoredSim | undefined {
    const row = this.#row(condition, value);
    return row && toSim(row);
  }

  #row(condition: string, value: string | number): SimRow | undefined {
    return this.#database
      .prepare<[string | number], SimRow>(`SELECT * FROM sims WHERE ${condition}`)
      .get(value);
  }
}

function toSim(row: SimRow): StoredSim {
  return {
    simId: row.sim_id,
    iccid: row.iccid ?? undefined,
    imsi: row.imsi ?? undefined,
    hiddenIn: row.hidden_in ?? undefined,
    number: row.number ?? undefined,
    numberSource: row.number_source ?? undefined,
    label: row.label ?? undefined,
    hasPin: row.sealed_pin !== null,
    serviceCentre: row.service_centre ?? undefined,
    serviceCentreSource: row.service_centre_source ?? undefined,
    paused: row.paused_at !== null,
    drained: row.drained_at !== null,
    lastSeenAt: row.last_seen_at ?? undefined,
    balance: balanceOf(row),
  };
}

function balanceOf({ balance_amount, balance_text, balance_at }: SimRow): Balance | undefined {
  if (balance_at === null) return undefined;
  return { amount: balance_amount ?? undefined, text: balance_text ?? '', at: balance_at };
}
