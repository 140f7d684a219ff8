/** When a person let a modem go; null while it is served. */
export const disabledModems = `
ALTER TABLE modems ADD COLUMN disabled_at INTEGER;
`;
