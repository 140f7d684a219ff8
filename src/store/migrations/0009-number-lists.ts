/**
 * Black list, white list, and who wants no more texts. `match_key` is what an entry is found by: its number in small
 * letters, of the last list the digits that decide. And which arriving messages came from who is not to be heard.
 */
export const numberLists = `
CREATE TABLE listed_numbers (
  list       TEXT NOT NULL CHECK (list IN ('blocked', 'allowed', 'opted-out')),
  number     TEXT NOT NULL,
  match_key  TEXT NOT NULL,
  note       TEXT,
  source     TEXT NOT NULL CHECK (source IN ('person', 'reply')),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (list, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX listed_numbers_match ON listed_numbers (list, match_key);
ALTER TABLE messages ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0 CHECK (blocked IN (0, 1));
CREATE INDEX messages_blocked ON messages (seq) WHERE blocked = 1;
`;
