/**
 * The service centre of a SIM, as a person set it or as it was read off the card while it had one; and the IMEIs that
 * several modems were seen with at once.
 */
export const identity = `
ALTER TABLE sims ADD COLUMN service_centre TEXT;
ALTER TABLE sims ADD COLUMN service_centre_source TEXT CHECK (service_centre_source IN ('person', 'sim'));

CREATE TABLE shared_imeis (
  imei    TEXT PRIMARY KEY,
  seen_at INTEGER NOT NULL
) STRICT;
`;
