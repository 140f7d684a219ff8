/**
 * What an arriving message is beside its text, and which of them the log leaves out. `indication` holds waiting
 * indications and ports as JSON; `service_centre` and `replace_type` decide which message a later one replaces.
 */
export const inboundKinds = `
ALTER TABLE messages ADD COLUMN kind TEXT NOT NULL DEFAULT 'text';
ALTER TABLE messages ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1));
ALTER TABLE messages ADD COLUMN raw_from TEXT;
ALTER TABLE messages ADD COLUMN indication TEXT;
ALTER TABLE messages ADD COLUMN service_centre TEXT;
ALTER TABLE messages ADD COLUMN replace_type INTEGER;
ALTER TABLE messages ADD COLUMN replaces TEXT;
ALTER TABLE messages ADD COLUMN replaced_by TEXT;
UPDATE messages SET kind = 'unreadable'
  WHERE seq IN (SELECT message_seq FROM inbound_parts WHERE kind = 'unreadable' AND message_seq IS NOT NULL);
UPDATE messages SET kind = 'data' WHERE direction = 'inbound' AND encoding = 'binary' AND kind = 'text';
CREATE INDEX messages_hidden ON messages (seq) WHERE hidden = 1;
CREATE INDEX messages_by_raw_from ON messages (raw_from, seq) WHERE raw_from IS NOT NULL;
CREATE INDEX messages_by_kind ON messages (kind, seq) WHERE kind <> 'text';
CREATE INDEX messages_replaceable ON messages (sim_id, replace_type, from_number)
  WHERE replace_type IS NOT NULL AND replaced_by IS NULL;
CREATE INDEX status_reports_unmatched_by_time ON status_reports (received_at) WHERE segment_id IS NULL;
`;
