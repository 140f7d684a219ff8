/** With which `Idempotency-Key` a text was handed in; a text of before this has none. */
export const requestOrigin = `
ALTER TABLE messages ADD COLUMN idempotency_key TEXT;
`;
