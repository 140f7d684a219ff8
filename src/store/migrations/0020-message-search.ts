/**
 * The index that texts are searched with: of every three characters that follow one another, in small letters, where
 * they stand. It holds the messages up to `indexed_up_to`; `SearchIndex` takes later ones in, a few at a time, so that
 * accepting a text costs nothing of it. What is taken out of a message goes out of the index in the same transaction,
 * and out of the file (`secure-delete`). Merging is done by `SearchIndex` too, in slices of known length.
 */
const outOf = `INSERT INTO message_search (message_search, rowid, body)
    SELECT 'delete', old.seq, lower(old.body) WHERE old.body <> '';`;

const isIndexed = `old.seq <= (SELECT indexed_up_to FROM search_progress)`;

export const messageSearch = `
CREATE VIRTUAL TABLE message_search USING fts5 (
  body, content = '', columnsize = 0, tokenize = 'trigram case_sensitive 1'
);
INSERT INTO message_search (message_search, rank) VALUES ('secure-delete', 1);
INSERT INTO message_search (message_search, rank) VALUES ('automerge', 0);
INSERT INTO message_search (message_search, rank) VALUES ('crisismerge', 1000);

CREATE TABLE search_progress (
  only_row      INTEGER PRIMARY KEY CHECK (only_row = 1),
  indexed_up_to INTEGER NOT NULL
) STRICT;
INSERT INTO search_progress (only_row, indexed_up_to) VALUES (1, 0);

CREATE TRIGGER searched_message_changed AFTER UPDATE OF body ON messages
WHEN old.body <> new.body AND ${isIndexed} BEGIN
  ${outOf}
  INSERT INTO message_search (rowid, body) SELECT new.seq, lower(new.body) WHERE new.body <> '';
END;
CREATE TRIGGER searched_message_left AFTER DELETE ON messages WHEN ${isIndexed} BEGIN
  ${outOf}
END;
`;
