/**
 * How modems fared: a row a minute, and a row an hour made of the minutes. `at` is the start of the minute or hour;
 * `online` the share of it that the modem was ready; `sim_id` 0 where no SIM was known. And what
 * was left on a SIM when it was asked last, with two indexes that tell how long it has been silent.
 */
export const health = `
CREATE TABLE health_minutes (
  modem_id        TEXT NOT NULL,
  at              INTEGER NOT NULL,
  sim_id          INTEGER NOT NULL,
  online          REAL NOT NULL,
  signal          REAL,
  reference       REAL,
  quality         REAL,
  temperature     REAL,
  supply          REAL,
  storage_percent REAL,
  technology      TEXT,
  operator        TEXT,
  PRIMARY KEY (modem_id, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX health_minutes_age ON health_minutes (at);

CREATE TABLE health_hours (
  modem_id        TEXT NOT NULL,
  at              INTEGER NOT NULL,
  sim_id          INTEGER NOT NULL,
  minutes         INTEGER NOT NULL,
  online          REAL NOT NULL,
  signal          REAL,
  signal_min      REAL,
  signal_max      REAL,
  reference       REAL,
  reference_min   REAL,
  reference_max   REAL,
  quality         REAL,
  temperature     REAL,
  temperature_min REAL,
  temperature_max REAL,
  supply          REAL,
  supply_min      REAL,
  supply_max      REAL,
  storage_percent REAL,
  technology      TEXT,
  operator        TEXT,
  PRIMARY KEY (modem_id, at, sim_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX health_hours_age ON health_hours (at);

ALTER TABLE sims ADD COLUMN balance_amount REAL;
ALTER TABLE sims ADD COLUMN balance_text TEXT;
ALTER TABLE sims ADD COLUMN balance_at INTEGER;

CREATE INDEX status_reports_by_time ON status_reports (sim_id, received_at);
CREATE INDEX inbound_parts_by_time ON inbound_parts (sim_id, received_at);
`;
