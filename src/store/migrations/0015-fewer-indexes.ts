/**
 * The network's last reference is found by the order in which a SIM's texts were handed over: an index for it alone would
 * be written to with every text.
 */
export const fewerIndexes = `
DROP INDEX segments_last_reference;
`;
