/** Who is still to have a mail that others of its recipients have; NULL while nobody has it. JSON. */
export const mailRecipients = `
ALTER TABLE mail_outbox ADD COLUMN still_to TEXT;
`;
