/**
 * Texts that were taken out of messages, by age or on request (`emptied`), and what limits must still know of segments
 * that are kept no longer.
 */
export const retention = `
ALTER TABLE messages ADD COLUMN redacted_at INTEGER;
ALTER TABLE messages ADD COLUMN emptied INTEGER NOT NULL DEFAULT 0 CHECK (emptied IN (0, 1));
UPDATE messages SET emptied = 1 WHERE erased_at IS NOT NULL;
CREATE INDEX messages_by_age ON messages (direction, emptied, created_at);
CREATE INDEX status_reports_of_segment ON status_reports (segment_id) WHERE segment_id IS NOT NULL;
CREATE TABLE past_usage (
  sim_id INTEGER NOT NULL REFERENCES sims (sim_id),
  at     INTEGER NOT NULL
) STRICT;
CREATE INDEX past_usage_by_sim ON past_usage (sim_id, at);
CREATE INDEX past_usage_age ON past_usage (at);
`;
