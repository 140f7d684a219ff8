/**
 * `settled_revision` goes up whenever the status of a message changes behind which at least 20,000 others came: what was
 * counted of a status among such old messages stays right until then, however busy the newest are.
 */
export const settledStatuses = `
ALTER TABLE message_revision ADD COLUMN settled_revision INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER settled_status AFTER UPDATE OF status ON messages
WHEN old.status IS NOT new.status AND new.seq <= (SELECT max(seq) FROM messages) - 20000 BEGIN
  UPDATE message_revision SET settled_revision = settled_revision + 1;
END;
`;
