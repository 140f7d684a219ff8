/** Events that waited too long for a mail server: nothing of their content, so that a person can be told how many. */
export const mailGivenUp = `
CREATE TABLE mail_given_up (
  event_id    TEXT PRIMARY KEY,
  event_type  TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  given_up_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_given_up_age ON mail_given_up (given_up_at);
`;
