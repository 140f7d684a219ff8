/**
 * What protects modems and SIMs when the program starts anew: when a modem was restarted, which SIMs the network
 * refuses, and over which side of the network it takes their texts. Moments are milliseconds since 1970.
 */
export const care = `
CREATE TABLE modem_restarts (
  imei TEXT PRIMARY KEY,
  told_at INTEGER,
  moments TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sim_blames (
  sim_id INTEGER PRIMARY KEY REFERENCES sims (sim_id) ON DELETE CASCADE,
  rests INTEGER NOT NULL,
  until_at INTEGER NOT NULL,
  sentence TEXT NOT NULL
) STRICT;

CREATE TABLE text_bearers (
  modem_id TEXT NOT NULL,
  sim_id INTEGER NOT NULL REFERENCES sims (sim_id) ON DELETE CASCADE,
  bearer INTEGER NOT NULL,
  PRIMARY KEY (modem_id, sim_id)
) STRICT, WITHOUT ROWID;
`;
