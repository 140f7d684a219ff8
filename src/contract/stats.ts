import { z } from 'zod';
import { moment } from './health.ts';
import { messageDirection, messageStatus, timestamp } from './message.ts';

const quarterMs = 900_000;
const hourMs = 4 * quarterMs;
const dayMs = 24 * hourMs;

/** The steps of a chart, and how many of them one may have. Every time zone's midnight begins a quarter of an hour. */
const steps = { quarter_hour: quarterMs, hour: hourMs, day: dayMs } as const;
const mostSteps = 800;
/** What is shown where nobody says from when. */
const usualSteps = { quarter_hour: 96, hour: 24, day: 30 } as const;
const stepName = z.enum(['quarter_hour', 'hour', 'day']);

/** What `GET /v1/stats` can be asked for: a day in hours unless said otherwise. */
export const statsQuery = z
  .object({
    from: moment.optional(),
    to: moment.optional(),
    step: stepName.default('hour'),
  })
  .meta({ id: 'StatsQuery' });
export type StatsQuery = z.infer<typeof statsQuery>;

/** How many texts of one number, direction and status there were in the step that begins at `at`. */
export const statsCount = z
  .object({
    at: timestamp,
    /** The gateway's own number; null for what came in while a SIM had none. */
    number: z.string().nullable(),
    direction: messageDirection,
    status: messageStatus,
    messages: z.int(),
    segments: z.int(),
  })
  .meta({ id: 'StatsCount' });
export type StatsCount = z.infer<typeof statsCount>;

/** The answer to `GET /v1/stats`: only what there was; `from` and `to` as they were widened to whole steps. */
export const stats = z
  .object({
    from: timestamp,
    to: timestamp,
    step: stepName,
    counts: z.array(statsCount),
  })
  .meta({ id: 'Stats' });
export type Stats = z.infer<typeof stats>;

const stepWords = { quarter_hour: 'quarters of an hour', hour: 'hours', day: 'days' } as const;

/** A range of whole steps in UTC, in milliseconds since 1970; `to` is no longer a part of it. */
export interface StatsRange {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

/** The range that is asked for, or what is wrong with it by its parameter. */
export function statsRange(query: StatsQuery, now: number): StatsRange | { fault: Record<string, string> } {
  const stepMs = steps[query.step];
  const to = query.to ?? now;
  const from = query.from ?? to - usualSteps[query.step] * stepMs;
  if (from >= to) return { fault: { from: 'must be before to' } };
  const range = { from: Math.floor(from / stepMs) * stepMs, to: Math.ceil(to / stepMs) * stepMs, stepMs };
  if ((range.to - range.from) / stepMs <= mostSteps) return range;
  const most = `${mostSteps} ${stepWords[query.step]} before to`;
  return { fault: { from: `must be at most ${most}${query.step === 'day' ? '' : ', or ask by day'}` } };
}
