/**
 * Texts that were handed over together. While a batch is paused its waiting texts have a `due_at` that no clock reaches,
 * and keep the one they had in `due_after_pause`.
 */
export const batches = `
CREATE TABLE batches (
  batch_seq    INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id     TEXT NOT NULL UNIQUE,
  name         TEXT,
  key_id       TEXT NOT NULL,
  refused      INTEGER NOT NULL DEFAULT 0,
  created_at   INTEGER NOT NULL,
  paused_at    INTEGER,
  cancelled_at INTEGER
) STRICT;

ALTER TABLE messages ADD COLUMN batch_seq INTEGER REFERENCES batches (batch_seq);
ALTER TABLE messages ADD COLUMN due_after_pause INTEGER;
CREATE INDEX messages_by_batch ON messages (batch_seq, status) WHERE batch_seq IS NOT NULL;
`;
