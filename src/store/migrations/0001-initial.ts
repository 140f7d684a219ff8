/**
 * The first shape of the database. Times are milliseconds since 1970 in UTC; order and age go by the
 * ever-growing `seq`, because a wall clock can be set back.
 */
export const initial = `
CREATE TABLE sims (
  sim_id        INTEGER PRIMARY KEY,
  iccid         TEXT UNIQUE,
  imsi          TEXT,
  hidden_in     TEXT,
  number        TEXT UNIQUE,
  number_source TEXT CHECK (number_source IN ('person', 'spec', 'sim')),
  label         TEXT,
  sealed_pin    TEXT,
  refused_pins  TEXT NOT NULL DEFAULT '[]',
  drained_at    INTEGER,
  created_at    INTEGER NOT NULL,
  last_seen_at  INTEGER
) STRICT;
CREATE INDEX sims_imsi ON sims (imsi) WHERE imsi IS NOT NULL;

CREATE TABLE modems (
  modem_id     TEXT PRIMARY KEY,
  imei         TEXT,
  manufacturer TEXT,
  model        TEXT,
  firmware     TEXT,
  label        TEXT,
  last_port    TEXT,
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL
) STRICT;

CREATE TABLE messages (
  seq              INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id       TEXT NOT NULL UNIQUE,
  direction        TEXT NOT NULL CHECK (direction IN ('outbound', 'inbound')),
  status           TEXT NOT NULL CHECK (status IN ('queued', 'dispatched', 'sent', 'delivered', 'failed', 'received')),
  from_number      TEXT,
  to_number        TEXT,
  body             TEXT NOT NULL,
  encoding         TEXT NOT NULL CHECK (encoding IN ('gsm7', 'ucs2', 'binary')),
  segment_count    INTEGER NOT NULL CHECK (segment_count > 0),
  complete         INTEGER NOT NULL DEFAULT 1 CHECK (complete IN (0, 1)),
  imported         INTEGER NOT NULL DEFAULT 0 CHECK (imported IN (0, 1)),
  failure_reason   TEXT,
  sent_at          INTEGER,
  delivered_at     INTEGER,
  cost_usd         REAL,
  created_at       INTEGER NOT NULL,
  client_reference TEXT,
  priority         INTEGER NOT NULL DEFAULT 0,
  flash            INTEGER NOT NULL DEFAULT 0 CHECK (flash IN (0, 1)),
  due_at           INTEGER NOT NULL DEFAULT 0,
  expires_at       INTEGER,
  started          INTEGER NOT NULL DEFAULT 0 CHECK (started IN (0, 1)),
  concat_ref       INTEGER,
  sim_id           INTEGER REFERENCES sims (sim_id),
  key_id           TEXT
) STRICT;
CREATE INDEX messages_queue ON messages (from_number, priority DESC, seq)
  WHERE direction = 'outbound' AND status IN ('queued', 'dispatched');
CREATE INDEX messages_expiry ON messages (expires_at) WHERE status IN ('queued', 'dispatched');
CREATE INDEX messages_by_direction ON messages (direction, seq);
CREATE INDEX messages_by_status ON messages (status, seq);
CREATE INDEX messages_by_from ON messages (from_number, seq);
CREATE INDEX messages_by_to ON messages (to_number, seq);
CREATE INDEX messages_by_day ON messages (created_at);
CREATE INDEX messages_by_client_reference ON messages (client_reference, seq) WHERE client_reference IS NOT NULL;

CREATE TABLE segments (
  segment_id   INTEGER PRIMARY KEY,
  message_seq  INTEGER NOT NULL REFERENCES messages (seq) ON DELETE CASCADE,
  position     INTEGER NOT NULL,
  state        TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN
                 ('waiting', 'submitting', 'ambiguous', 'accepted', 'delivered', 'undelivered', 'rejected', 'unresolved')),
  attempts     INTEGER NOT NULL DEFAULT 0,
  sim_id       INTEGER REFERENCES sims (sim_id),
  recipient    TEXT,
  reference    INTEGER,
  submitted_at INTEGER,
  accepted_at  INTEGER,
  settle_by    INTEGER,
  reported_at  INTEGER,
  report_status INTEGER,
  UNIQUE (message_seq, position)
) STRICT;
CREATE INDEX segments_open ON segments (sim_id, reference) WHERE state = 'accepted';
CREATE INDEX segments_closed ON segments (sim_id, reference, segment_id) WHERE state IN ('delivered', 'undelivered');
CREATE INDEX segments_unsettled ON segments (state) WHERE state IN ('submitting', 'ambiguous');
CREATE INDEX segments_by_sim ON segments (sim_id, submitted_at) WHERE sim_id IS NOT NULL;
CREATE INDEX segments_last_reference ON segments (sim_id, accepted_at, segment_id) WHERE accepted_at IS NOT NULL;

CREATE TABLE attempts (
  attempt_id   INTEGER PRIMARY KEY,
  segment_id   INTEGER NOT NULL REFERENCES segments (segment_id) ON DELETE CASCADE,
  ordinal      INTEGER NOT NULL,
  modem_id     TEXT NOT NULL,
  port         TEXT NOT NULL,
  pdu          TEXT NOT NULL,
  expected_reference INTEGER,
  submitted_at INTEGER NOT NULL,
  ended_at     INTEGER,
  outcome      TEXT CHECK (outcome IN ('accepted', 'rejected', 'ambiguous')),
  code         TEXT,
  detail       TEXT
) STRICT;
CREATE INDEX attempts_of_segment ON attempts (segment_id);

CREATE TABLE timeline (
  entry_id    INTEGER PRIMARY KEY,
  message_seq INTEGER NOT NULL REFERENCES messages (seq) ON DELETE CASCADE,
  at          INTEGER NOT NULL,
  entry       TEXT NOT NULL,
  position    INTEGER,
  detail      TEXT
) STRICT;
CREATE INDEX timeline_of_message ON timeline (message_seq, entry_id);

CREATE TABLE concat_references (
  sim_id    INTEGER NOT NULL REFERENCES sims (sim_id),
  recipient TEXT NOT NULL,
  reference INTEGER NOT NULL,
  PRIMARY KEY (sim_id, recipient)
) STRICT, WITHOUT ROWID;

CREATE TABLE status_reports (
  report_id   INTEGER PRIMARY KEY,
  sim_id      INTEGER REFERENCES sims (sim_id),
  reference   INTEGER,
  recipient   TEXT,
  service_centre_at INTEGER,
  discharged_at INTEGER,
  status      INTEGER,
  pdu         TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  segment_id  INTEGER REFERENCES segments (segment_id) ON DELETE SET NULL
) STRICT;
CREATE INDEX status_reports_unmatched ON status_reports (sim_id, received_at) WHERE segment_id IS NULL;
CREATE INDEX status_reports_by_reference ON status_reports (sim_id, reference, received_at);

CREATE TABLE inbound_parts (
  part_id       INTEGER PRIMARY KEY,
  sim_id        INTEGER REFERENCES sims (sim_id),
  storage       TEXT NOT NULL,
  storage_index INTEGER NOT NULL,
  pdu           TEXT NOT NULL,
  tpdu_length   INTEGER,
  received_at   INTEGER NOT NULL,
  kind          TEXT NOT NULL,
  sender        TEXT,
  reference     INTEGER,
  reference_bits INTEGER,
  total         INTEGER NOT NULL DEFAULT 1,
  position      INTEGER NOT NULL DEFAULT 1,
  imported      INTEGER NOT NULL DEFAULT 0,
  on_device     INTEGER NOT NULL DEFAULT 1 CHECK (on_device IN (0, 1)),
  message_seq   INTEGER REFERENCES messages (seq) ON DELETE SET NULL
) STRICT;
CREATE INDEX inbound_parts_place ON inbound_parts (sim_id, storage, storage_index, received_at);
CREATE INDEX inbound_parts_on_device ON inbound_parts (sim_id, received_at) WHERE on_device = 1;
CREATE INDEX inbound_parts_group ON inbound_parts (sim_id, sender, reference, total) WHERE total > 1;
CREATE INDEX inbound_parts_unfinished ON inbound_parts (received_at) WHERE total > 1 AND message_seq IS NULL;
CREATE INDEX inbound_parts_of_message ON inbound_parts (message_seq) WHERE message_seq IS NOT NULL;

CREATE TABLE keys (
  key_id        TEXT PRIMARY KEY,
  name          TEXT NOT NULL,
  prefix        TEXT NOT NULL,
  hash          BLOB NOT NULL UNIQUE,
  scopes        TEXT NOT NULL,
  created_at    INTEGER NOT NULL,
  last_used_at  INTEGER,
  request_count INTEGER NOT NULL DEFAULT 0,
  revoked_at    INTEGER
) STRICT;

CREATE TABLE sessions (
  session_id TEXT PRIMARY KEY,
  hash       BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE idempotency (
  key_id          TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  request_hash    TEXT NOT NULL,
  answer          TEXT NOT NULL,
  created_at      INTEGER NOT NULL,
  PRIMARY KEY (key_id, idempotency_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_age ON idempotency (created_at);

CREATE TABLE events (
  event_seq  INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id   TEXT NOT NULL UNIQUE,
  event_type TEXT NOT NULL,
  data       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX events_age ON events (created_at);
`;
