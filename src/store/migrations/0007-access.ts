/**
 * Until when, from where and how often a key may be used; passwords and roles of those who use the pages; and who
 * changed what. `allowed_addresses` and `details` are JSON.
 */
export const access = `
ALTER TABLE keys ADD COLUMN expires_at INTEGER;
ALTER TABLE keys ADD COLUMN allowed_addresses TEXT NOT NULL DEFAULT '[]';
ALTER TABLE keys ADD COLUMN requests_per_minute INTEGER;

ALTER TABLE sessions ADD COLUMN role TEXT NOT NULL DEFAULT 'administrator'
  CHECK (role IN ('administrator', 'reader'));

CREATE TABLE passwords (
  role       TEXT PRIMARY KEY CHECK (role IN ('administrator', 'reader')),
  hash       TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  audit_id   INTEGER PRIMARY KEY AUTOINCREMENT,
  at         INTEGER NOT NULL,
  action     TEXT NOT NULL,
  target     TEXT,
  details    TEXT NOT NULL DEFAULT '{}',
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('key', 'session', 'command_line', 'nobody')),
  actor_id   TEXT,
  actor_name TEXT,
  address    TEXT,
  request_id TEXT
) STRICT;
CREATE INDEX audit_by_action ON audit (action, audit_id);
CREATE INDEX audit_by_target ON audit (target, audit_id) WHERE target IS NOT NULL;
CREATE INDEX audit_age ON audit (at);
`;
