import { z } from 'zod';
import { messageKind } from './inbound-kind.ts';
import { messageDirection, messageStatus } from './message.ts';

/** The deepest page that is counted to: beyond it the offset would no longer be an exact integer. */
const deepestPage = 1_000_000_000;

export const calendarDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day written YYYY-MM-DD')
  .refine(
    (day) => new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) ?? false,
    'is not a day of the calendar',
  );

const positiveCount = (most: number) =>
  z
    .string()
    .regex(/^\d{1,16}$/, 'must be a whole number')
    .transform(Number)
    .refine((count) => count >= 1 && count <= most, `must be between 1 and ${most}`);

const truth = z.enum(['true', 'false'], 'must be true or false').transform((word) => word === 'true');

/** Which part of a short list (modems, numbers, SIMs) is wanted: nearly always all of it. */
export const pageQuery = z
  .object({ page: positiveCount(deepestPage).default(1), per_page: positiveCount(100).default(100) })
  .meta({ id: 'PageQuery' });
export type PageQuery = z.infer<typeof pageQuery>;

/** What `GET /v1/sms` can be asked for; unknown parameters are ignored. */
export const messageQuery = z
  .object({
    /** A `+` that was not percent-encoded arrives as a blank. */
    number: z
      .string()
      .min(1, 'must not be empty')
      .max(64)
      .transform((number) => number.replace(/^ /, '+'))
      .optional(),
    direction: messageDirection.optional(),
    status: messageStatus.optional(),
    from_date: calendarDay.optional(),
    to_date: calendarDay.optional(),
    q: z.string().min(1, 'must not be empty').max(256).optional(),
    client_reference: z.string().max(128).optional(),
    kind: messageKind.optional(),
    blocked: truth.optional(),
    /** Also what the log leaves out otherwise: silent messages, and those that another one has replaced. */
    hidden: truth.optional(),
    after: z.uuid('must be the message_id of a message').optional(),
    page: positiveCount(deepestPage).default(1),
    per_page: positiveCount(100).default(20),
  })
  .meta({ id: 'MessageQuery' });
export type MessageQuery = z.infer<typeof messageQuery>;
