/** The stable first words of `failure_reason`; a colon and a plain sentence follow. */
export const failureWords = [
  'network_rejected',
  'recipient_unknown',
  'recipient_unavailable',
  'undeliverable',
  'expired',
  'sim_failure',
  'modem_failure',
  'cancelled',
  'ambiguous_submit',
] as const;
export type FailureWord = (typeof failureWords)[number];
