/** Stores that a modem named as holding status reports, which not every modem lists. */
export const reportStores = `
CREATE TABLE report_stores (
  modem_id TEXT NOT NULL,
  storage TEXT NOT NULL,
  PRIMARY KEY (modem_id, storage)
) STRICT, WITHOUT ROWID;
`;
