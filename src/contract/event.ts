import { z } from 'zod';
import { type EventType, eventTypes } from './event-types.ts';
import { message, timestamp } from './message.ts';
import { modem, problemWords, remedy, warningWords } from './modem.ts';

export { type EventType, eventTypes } from './event-types.ts';

export const eventType = z.enum(eventTypes).meta({ id: 'EventType' });

/** What `sms.received` carries. */
export const receivedMessage = z.object({
  message_id: z.uuid(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  body: z.string(),
});

export const attentionWord = z.enum([...problemWords, ...warningWords]);
export type AttentionWord = z.infer<typeof attentionWord>;
const wrong = z.object({ code: attentionWord, message: z.string(), remedy: remedy.optional() });

/**
 * What `modem.online` and `modem.offline` carry. `suppressed` counts the changes before this one that were over too
 * soon to be told.
 */
export const modemNotice = z.object({
  modem_id: z.string(),
  port: z.string(),
  number: z.string().nullable(),
  problem: wrong.nullable(),
  suppressed: z.int(),
});
export type ModemNotice = z.infer<typeof modemNotice>;

/** What `modem.attention` carries; `suppressed` counts how often the same came up since it was told last. */
export const attentionNotice = modemNotice.extend({ problem: wrong });
export type AttentionNotice = z.infer<typeof attentionNotice>;

/** What the `call.*` events carry; `from` is null where the caller hides the number. */
export const callNotice = z.object({ from: z.string().nullable(), to: z.string().nullable() });
export type CallNotice = z.infer<typeof callNotice>;

/** What the `data` of each type of event is. */
export const eventPayloads = {
  'sms.received': receivedMessage,
  'sms.sent': message,
  'sms.delivered': message,
  'sms.failed': message,
  'call.incoming': callNotice,
  'call.missed': callNotice,
  'modem.online': modemNotice,
  'modem.offline': modemNotice,
  'modem.attention': attentionNotice,
} as const satisfies Readonly<Record<EventType, z.ZodType>>;

/** The envelope of a kept event. `event_id` is a ULID. */
export const eventEnvelope = z
  .object({
    event_id: z.string(),
    event_type: eventType,
    api_version: z.literal('v1'),
    timestamp,
    data: z.unknown(),
  })
  .meta({ id: 'Event' });
export type EventEnvelope = z.infer<typeof eventEnvelope>;

/**
 * Changes that only a live view needs: they are sent on the stream but not kept, carry no id and cannot be resumed.
 * After a gap a view reads the resource again.
 */
export const liveChange = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message.changed'), data: message }),
  z.object({ type: z.literal('modem.changed'), data: modem }),
  z.object({ type: z.literal('modem.removed'), data: z.object({ id: z.string() }) }),
]);
export type LiveChange = z.infer<typeof liveChange>;
