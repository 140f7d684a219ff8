/** The number of the SIM in the emulated modem. */
export const ourNumber = '+15550100001';
/** A phone that takes texts and never reports them. */
export const unreportingPhone = '+15550199010';
/** A phone that takes and reports them. */
export const reportingPhone = '+15550199011';
/** Who texts us. */
export const correspondent = '+15550199012';
