import { z } from 'zod';
import { weekdays } from './weekdays.ts';

export { type Weekday, weekdays } from './weekdays.ts';

const timeOfDay = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time of day such as 08:30');

const timeZone = z.string().refine(isTimeZone, 'must be a time zone such as Europe/Berlin, or UTC');

/** Hours in which texts may leave. An end before its start, or equal to it, is meant on the next day. */
export const sendWindow = z
  .strictObject({ days: z.array(z.enum(weekdays)).min(1).max(7), from: timeOfDay, to: timeOfDay })
  .meta({ id: 'SendWindow' });
export type SendWindow = z.infer<typeof sendWindow>;

const count = (most: number) => z.int().min(1).max(most).nullable();

/**
 * How much may leave from one SIM, in segments; `null` is no limit. Minutes and hours roll, days and months begin at
 * `day_starts_at` and on `month_starts_on` in the SIM's time zone. The reserve is kept for texts of priority 7 and up.
 */
export const sendLimits = z
  .strictObject({
    gap_seconds: z.number().min(0).max(3_600).default(0),
    gap_jitter_percent: z.int().min(0).max(100).default(0),
    per_minute: count(1_000).default(null),
    per_hour: count(60_000).default(null),
    per_day: count(1_000_000).default(null),
    per_month: count(10_000_000).default(null),
    recipients_per_day: count(10_000).default(null),
    reserve_percent: z.int().min(0).max(50).default(10),
    day_starts_at: timeOfDay.default('00:00'),
    month_starts_on: z.int().min(1).max(28).default(1),
    queue: z.int().min(1).max(1_000_000).default(1_000_000),
  })
  .meta({ id: 'SendLimits' });
export type SendLimits = z.infer<typeof sendLimits>;

/** What a person has set for a SIM beside its number, label and PIN; all of it follows the card. */
export const simSettings = z
  .strictObject({
    limits: sendLimits.prefault({}),
    /** When texts may leave; none: always. */
    windows: z.array(sendWindow).max(20).default([]),
    time_zone: timeZone.default('UTC'),
    /** Ask the network for a report on every segment. */
    reports: z.boolean().default(true),
    /** What becomes of a segment that may have been sent when no evidence came. */
    after_ambiguity: z.enum(['never_resend', 'resend_once']).default('never_resend'),
    /** How long evidence is awaited; `null`: as the gateway is set. */
    evidence_seconds: z.int().min(1).max(3_600).nullable().default(null),
    price_usd_per_segment: z.number().min(0).max(100).nullable().default(null),
    monthly_allowance: z.int().min(0).max(10_000_000).nullable().default(null),
    /** Where numbers written nationally belong, ISO 3166-1. */
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be a country such as DE')
      .nullable()
      .default(null),
    /** So long without a delivery report, though texts asked for one, is told of; 0: never, `null`: as the gateway is set. */
    reports_within_hours: z.int().min(0).max(8_760).nullable().default(null),
    /** Likewise without a text coming in. */
    inbound_within_hours: z.int().min(0).max(8_760).nullable().default(null),
    /** What is dialled to ask what is left on the SIM; `null`: nobody asks. */
    balance_code: z
      .string()
      .regex(/^[*#][\d*#]{1,30}$/, 'must be a code such as *100#')
      .nullable()
      .default(null),
    balance_every_hours: z.int().min(1).max(8_760).default(24),
    /** Finds the amount in the answer, in its first group where it has one; `null`: the first decimal number. */
    balance_pattern: z
      .string()
      .max(200)
      .refine(isPattern, 'must be a regular expression such as balance ([0-9.]+)')
      .nullable()
      .default(null),
    /** Less than this is told of. */
    balance_floor: z.number().min(-1_000_000_000).max(1_000_000_000).nullable().default(null),
  })
  .meta({ id: 'SimSettings' });
export type SimSettings = z.infer<typeof simSettings>;

/** What holds where nobody has set anything. */
export const defaultSimSettings: SimSettings = simSettings.parse({});

/** Texts of this priority and above may use the reserve of a limit. */
export const urgentPriority = 7;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
