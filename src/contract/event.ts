import { z } from 'zod';
import { message, timestamp } from './message.ts';
import { modem, problem } from './modem.ts';

/** Events that are kept, can be subscribed to and resumed: the same for webhooks and for `GET /v1/events`. */
export const eventTypes = [
  'sms.received',
  'sms.sent',
  'sms.delivered',
  'sms.failed',
  'call.incoming',
  'call.missed',
  'modem.online',
  'modem.offline',
  'modem.attention',
] as const;
export const eventType = z.enum(eventTypes).meta({ id: 'EventType' });
export type EventType = z.infer<typeof eventType>;

/** What `sms.received` carries. */
export const receivedMessage = z.object({
  message_id: z.uuid(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  body: z.string(),
});

/** What the `modem.*` events carry. */
export const modemNotice = z.object({
  modem_id: z.string(),
  port: z.string(),
  number: z.string().nullable(),
  problem: problem.nullable(),
});
export type ModemNotice = z.infer<typeof modemNotice>;

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
