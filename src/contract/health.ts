import { z } from 'zod';
import { timestamp } from './message.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** So long a row a minute is kept, and so long a row an hour: milliseconds. */
export const minutesKeptMs = 7 * dayMs;
export const hoursKeptMs = 366 * dayMs;

/** The longest range that can be asked for, a little more than is kept, and the points that it may have. */
const longestRangeMs = 400 * dayMs;
const mostPoints = 1_500;
/** A step that nobody chose gives at most so many: more than that a chart does not show. */
const pointsChosen = 500;
const stepsChosen = [1, 5, 15, 30, 60, 180, 360, 1_440, 10_080].map((minutes) => minutes * minuteMs);

/** A moment in any zone. A `+` that was not percent-encoded arrives as a blank. */
export const moment = z
  .preprocess(
    (text) => (typeof text === 'string' ? text.replace(/ (?=\d\d:\d\d$)/, '+') : text),
    z.iso.datetime({ offset: true }),
  )
  .transform((text) => Date.parse(text))
  .meta({ type: 'string', format: 'date-time' });

/** What `GET /v1/modems/{id}/health` can be asked for; `step` in seconds. */
export const healthQuery = z
  .object({
    from: moment.optional(),
    to: moment.optional(),
    step: z
      .string()
      .regex(/^\d{1,9}$/, 'must be a whole number of seconds')
      .transform(Number)
      .refine((step) => step > 0 && step % 60 === 0, 'must be a multiple of 60')
      .optional(),
  })
  .meta({ id: 'HealthQuery' });
export type HealthQuery = z.infer<typeof healthQuery>;

const average = z.number().nullable();

/**
 * How a modem fared from `at` to the next point: averages, and the extremes of what varies. A time in which the gateway
 * did not run has no point.
 */
export const healthPoint = z
  .object({
    at: timestamp,
    iccid: z.string().nullable(),
    /** The share of the time that the modem was ready, from 0 to 1. */
    online: z.number(),
    signal_dbm: average,
    signal_min_dbm: average,
    signal_max_dbm: average,
    /** Reference signal of LTE, or the pilot's code power of UMTS. */
    reference_signal_dbm: average,
    /** RSRQ of LTE, or Ec/Io of UMTS. */
    quality_db: average,
    temperature_c: average,
    temperature_max_c: average,
    supply_v: average,
    supply_min_v: average,
    /** The fullest of its message storages. */
    storage_percent: average,
    technology: z.string().nullable(),
    operator: z.string().nullable(),
  })
  .meta({ id: 'HealthPoint' });
export type HealthPoint = z.infer<typeof healthPoint>;

/** The answer to `GET /v1/modems/{id}/health`; `from` and `to` as they were widened to whole steps. */
export const healthSeries = z
  .object({
    modem_id: z.string(),
    from: timestamp,
    to: timestamp,
    step_seconds: z.int(),
    points: z.array(healthPoint),
  })
  .meta({ id: 'HealthSeries' });
export type HealthSeries = z.infer<typeof healthSeries>;

/** A range of whole steps, in milliseconds since 1970; `to` is the end and no longer a part of it. */
export interface HealthRange {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

/** What is wrong with a query, by its parameter. */
export type HealthQueryFault = Readonly<Partial<Record<'from' | 'to' | 'step', string>>>;

/** The range that is asked for, a day until now and a fitting step where nothing was said. */
export function healthRange(query: HealthQuery, now: number): HealthRange | { fault: HealthQueryFault } {
  const to = query.to ?? now;
  const from = query.from ?? to - dayMs;
  if (to > now + dayMs) return { fault: { to: 'must not lie in the future' } };
  if (from >= to) return { fault: { from: 'must be before to' } };
  if (to - from > longestRangeMs) return { fault: { from: 'must be at most 400 days before to' } };
  const leastMs = from < now - minutesKeptMs ? hourMs : minuteMs;
  const fitting = stepsChosen.find((step) => step >= leastMs && (to - from) / step <= pointsChosen);
  const stepMs = query.step === undefined ? (fitting ?? dayMs) : query.step * 1_000;
  if (stepMs < leastMs) {
    return { fault: { step: 'must be at least 3600 for times more than 7 days ago' } };
  }
  const range = {
    from: Math.floor(from / stepMs) * stepMs,
    to: Math.ceil(to / stepMs) * stepMs,
    stepMs,
  };
  if ((range.to - range.from) / stepMs <= mostPoints) return range;
  const least = Math.ceil((to - from) / (mostPoints - 2) / minuteMs) * 60;
  return {
    fault: {
      step: `must be at least ${least} for this range, which else has more than ${mostPoints} points`,
    },
  };
}
