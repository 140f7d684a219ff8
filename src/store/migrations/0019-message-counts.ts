/**
 * How many messages there are of each day (UTC), own number, direction and status, and between which `seq` they lie: a
 * list knows its total and where its pages begin without counting. Kept by triggers, in the transaction that changes a
 * message; the cells of a day lie together, so that this is one page more of a commit. `own_number` is empty where there
 * was none. And indexes that tell the number of ours from the other's.
 * `message_revision` goes up whenever something changes in messages that lists are asked for, but for new messages and
 * statuses.
 */
const cellOf = (row: 'new' | 'old' | 'messages') => `${row}.created_at / 86400000,
    coalesce(CASE ${row}.direction WHEN 'outbound' THEN ${row}.from_number ELSE ${row}.to_number END, ''),
    ${row}.direction, ${row}.status, ${row}.hidden`;

const columns = 'day, own_number, direction, status, hidden';

const entered = `INSERT INTO message_counts (${columns}, messages, first_seq, last_seq)
    VALUES (${cellOf('new')}, 1, new.seq, new.seq)
    ON CONFLICT DO UPDATE SET messages = messages + 1, first_seq = min(first_seq, excluded.first_seq),
      last_seq = max(last_seq, excluded.last_seq);`;

const left = `UPDATE message_counts SET messages = messages - 1 WHERE (${columns}) = (${cellOf('old')});`;

const revisable = [
  ...['direction', 'created_at', 'from_number', 'to_number', 'raw_from'],
  ...['body', 'client_reference', 'kind', 'hidden', 'blocked'],
];

const revised = 'UPDATE message_revision SET revision = revision + 1;';

export const messageCounts = `
CREATE TABLE message_counts (
  day        INTEGER NOT NULL,
  own_number TEXT NOT NULL,
  direction  TEXT NOT NULL,
  status     TEXT NOT NULL,
  hidden     INTEGER NOT NULL,
  messages   INTEGER NOT NULL,
  first_seq  INTEGER NOT NULL,
  last_seq   INTEGER NOT NULL,
  PRIMARY KEY (day, own_number, direction, status, hidden)
) STRICT, WITHOUT ROWID;
INSERT INTO message_counts (${columns}, messages, first_seq, last_seq)
  SELECT ${cellOf('messages')}, count(*), min(seq), max(seq) FROM messages NOT INDEXED GROUP BY 1, 2, 3, 4, 5;

CREATE TABLE message_revision (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  revision INTEGER NOT NULL
) STRICT;
INSERT INTO message_revision (only_row, revision) VALUES (1, 0);

CREATE TRIGGER message_entered AFTER INSERT ON messages BEGIN
  ${entered}
END;
CREATE TRIGGER message_moved AFTER UPDATE OF direction, status, hidden, created_at, from_number, to_number ON messages
WHEN (${cellOf('old')}) IS NOT (${cellOf('new')}) BEGIN
  ${left}
  ${entered}
END;
CREATE TRIGGER message_left AFTER DELETE ON messages BEGIN
  ${left}
  DELETE FROM message_counts WHERE (${columns}) = (${cellOf('old')}) AND messages = 0;
  ${revised}
END;
CREATE TRIGGER message_revised AFTER UPDATE OF ${revisable.join(', ')} ON messages
WHEN (${revisable.map((name) => `old.${name}`).join(', ')}) IS NOT (${revisable.map((name) => `new.${name}`).join(', ')}) BEGIN
  ${revised}
END;

DROP INDEX messages_by_from;
DROP INDEX messages_by_to;
CREATE INDEX messages_sent_from ON messages (from_number, seq) WHERE direction = 'outbound';
CREATE INDEX messages_sent_to ON messages (to_number, seq) WHERE direction = 'outbound';
CREATE INDEX messages_received_from ON messages (from_number, seq) WHERE direction = 'inbound';
CREATE INDEX messages_received_to ON messages (to_number, seq) WHERE direction = 'inbound';
`;
