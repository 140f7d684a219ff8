/**
 * What a person sets for a SIM, whether sending is paused, and which message a message sends again. `settings` of a
 * SIM holds only what differs from the defaults, as JSON.
 */
export const sending = `
ALTER TABLE sims ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
ALTER TABLE sims ADD COLUMN paused_at INTEGER;
ALTER TABLE messages ADD COLUMN resend_of TEXT;
ALTER TABLE messages ADD COLUMN erased_at INTEGER;
ALTER TABLE segments ADD COLUMN resent INTEGER NOT NULL DEFAULT 0 CHECK (resent IN (0, 1));
CREATE INDEX events_of_message ON events (json_extract(data, '$.message_id'));
CREATE INDEX idempotency_of_message ON idempotency (json_extract(answer, '$.message_id'));
CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
