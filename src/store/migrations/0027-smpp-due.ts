/** What waits for an SMPP client is found by when it is due: many that were refused stand in the way of no others. */
export const smppDue = `
CREATE INDEX smpp_deliveries_due ON smpp_deliveries (key_id, due_at, delivery_id);
DROP INDEX smpp_deliveries_of_key;
`;
