/**
 * Cards that their modem does not name before their PIN: only that one of them got a PIN, and whether it refused it. Up to
 * now each left an entry among the SIMs that has no name.
 */
export const unnamedCards = `
CREATE TABLE unnamed_cards (
  modem_id TEXT PRIMARY KEY,
  tried_at INTEGER NOT NULL,
  refused  INTEGER NOT NULL CHECK (refused IN (0, 1))
) STRICT;
INSERT OR IGNORE INTO unnamed_cards (modem_id, tried_at, refused)
  SELECT hidden_in, created_at, refused_pins <> '[]' FROM sims
  WHERE iccid IS NULL AND imsi IS NULL AND hidden_in IS NOT NULL
    AND (refused_pins <> '[]' OR sealed_pin IS NOT NULL);
DELETE FROM sims
  WHERE iccid IS NULL AND imsi IS NULL AND number IS NULL AND label IS NULL AND drained_at IS NULL
    AND sim_id NOT IN (SELECT sim_id FROM messages WHERE sim_id IS NOT NULL)
    AND sim_id NOT IN (SELECT sim_id FROM segments WHERE sim_id IS NOT NULL)
    AND sim_id NOT IN (SELECT sim_id FROM concat_references)
    AND sim_id NOT IN (SELECT sim_id FROM status_reports WHERE sim_id IS NOT NULL)
    AND sim_id NOT IN (SELECT sim_id FROM inbound_parts WHERE sim_id IS NOT NULL)
    AND sim_id NOT IN (SELECT sim_id FROM past_usage);
UPDATE sims SET sealed_pin = NULL, refused_pins = '[]' WHERE iccid IS NULL AND imsi IS NULL;
`;
