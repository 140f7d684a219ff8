/** How modems want their USSD strings: as a person set it for one modem, and as it was found out of a model. */
export const ussdForms = `
CREATE TABLE ussd_ways (
  modem_id TEXT PRIMARY KEY,
  way TEXT NOT NULL CHECK (way IN ('plain', 'packed', 'ucs2'))
) STRICT, WITHOUT ROWID;

CREATE TABLE ussd_forms (
  model TEXT PRIMARY KEY,
  form TEXT NOT NULL CHECK (form IN ('text', 'packed', 'ucs2'))
) STRICT, WITHOUT ROWID;
`;
