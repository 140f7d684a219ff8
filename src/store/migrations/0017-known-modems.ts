/**
 * Whether a person has been shown a modem that was plugged in for the first time (those of before this count as shown),
 * and what a person said is gone for good. The rows stay: the history of messages names modems and SIMs.
 */
export const knownModems = `
ALTER TABLE modems ADD COLUMN welcomed_at INTEGER;
UPDATE modems SET welcomed_at = first_seen_at;
ALTER TABLE modems ADD COLUMN forgotten_at INTEGER;
ALTER TABLE sims ADD COLUMN forgotten_at INTEGER;
`;
