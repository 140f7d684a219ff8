/** Events that wait to be forwarded by e-mail. */
export const mail = `
CREATE TABLE mail_outbox (
  mail_id    INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id   TEXT NOT NULL,
  event_type TEXT NOT NULL,
  message_id TEXT,
  data       TEXT NOT NULL,
  attempts   INTEGER NOT NULL DEFAULT 0,
  due_at     INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX mail_outbox_due ON mail_outbox (due_at, mail_id);
CREATE INDEX mail_outbox_of_message ON mail_outbox (message_id) WHERE message_id IS NOT NULL;
`;
