/**
 * Texts of two characters are searched with the index as well: they are how some three characters begin. So that this
 * holds at the end of a text too, a mark follows it there; nobody can search for that mark. `message_trigrams` shows what
 * the index holds. The messages are taken in anew.
 */
const mark = 'char(3)';

const outOf = `INSERT INTO message_search (message_search, rowid, body)
    SELECT 'delete', old.seq, lower(old.body) || ${mark} WHERE old.body <> '';`;

const isIndexed = `old.seq <= (SELECT indexed_up_to FROM search_progress)`;

export const shortSearches = `
DROP TRIGGER searched_message_changed;
DROP TRIGGER searched_message_left;
INSERT INTO message_search (message_search) VALUES ('delete-all');
UPDATE search_progress SET indexed_up_to = 0;

CREATE VIRTUAL TABLE message_trigrams USING fts5vocab (message_search, instance);

CREATE TRIGGER searched_message_changed AFTER UPDATE OF body ON messages
WHEN old.body <> new.body AND ${isIndexed} BEGIN
  ${outOf}
  INSERT INTO message_search (rowid, body) SELECT new.seq, lower(new.body) || ${mark} WHERE new.body <> '';
END;
CREATE TRIGGER searched_message_left AFTER DELETE ON messages WHEN ${isIndexed} BEGIN
  ${outOf}
END;
`;
