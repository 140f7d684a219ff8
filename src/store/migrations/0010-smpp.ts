/**
 * What SMPP clients wait for: passwords of keys for a protocol that takes eight characters, which messages they want
 * receipts of, who is given inbound texts, what was not acknowledged yet, and parts of long texts.
 */
export const smpp = `
CREATE TABLE smpp_passwords (
  key_id TEXT PRIMARY KEY REFERENCES keys (key_id) ON DELETE CASCADE,
  salt   BLOB NOT NULL,
  hash   BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE smpp_requests (
  message_id TEXT PRIMARY KEY,
  key_id     TEXT NOT NULL,
  wanted     INTEGER NOT NULL,
  addresses  TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX smpp_requests_age ON smpp_requests (created_at);

CREATE TABLE smpp_receivers (
  key_id   TEXT PRIMARY KEY,
  bound_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE smpp_deliveries (
  delivery_id INTEGER PRIMARY KEY AUTOINCREMENT,
  key_id      TEXT NOT NULL,
  message_id  TEXT NOT NULL,
  receipt     TEXT,
  attempts    INTEGER NOT NULL DEFAULT 0,
  due_at      INTEGER NOT NULL DEFAULT 0,
  created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX smpp_deliveries_of_key ON smpp_deliveries (key_id, delivery_id);
CREATE INDEX smpp_deliveries_of_message ON smpp_deliveries (message_id);

CREATE TABLE smpp_parts (
  part_id     INTEGER PRIMARY KEY,
  group_key   TEXT NOT NULL,
  message_id  TEXT NOT NULL,
  position    INTEGER NOT NULL,
  octets      BLOB NOT NULL,
  submission  TEXT NOT NULL,
  joined      INTEGER NOT NULL DEFAULT 0 CHECK (joined IN (0, 1)),
  received_at INTEGER NOT NULL,
  UNIQUE (message_id, position)
) STRICT;
CREATE INDEX smpp_parts_of_group ON smpp_parts (group_key, part_id);
CREATE INDEX smpp_parts_age ON smpp_parts (joined, received_at);
`;
