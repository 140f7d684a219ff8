import { z } from 'zod';

/** What is younger is never touched: repeats of the network are known by it, and limits of a day are counted by it. */
export const leastDaysKept = 2;

const days = z.int().min(leastDaysKept).max(36_500).nullable().default(null);
const count = z.int().min(1).max(100_000_000).nullable().default(null);

/**
 * How long messages are kept, by direction: none older than so many days, only the newest so many, and the text of none
 * older than so many days while all else about it stays. `null`: for ever.
 */
export const retentionSettings = z.object({
  keep_inbound_days: days,
  keep_outbound_days: days,
  keep_inbound_count: count,
  keep_outbound_count: count,
  redact_inbound_days: days,
  redact_outbound_days: days,
});
export type RetentionSettings = z.infer<typeof retentionSettings>;
