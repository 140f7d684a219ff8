import { z } from 'zod';
import { timestamp } from './message.ts';

/** One attempt to hand a segment over; `outcome` is null while its result is not known. */
export const attempt = z
  .object({
    attempt: z.int(),
    modem_id: z.string(),
    port: z.string(),
    submitted_at: timestamp,
    ended_at: timestamp.nullable(),
    outcome: z.enum(['accepted', 'rejected', 'ambiguous']).nullable(),
    code: z.string().nullable(),
    detail: z.string().nullable(),
  })
  .meta({ id: 'Attempt' });
export type Attempt = z.infer<typeof attempt>;

/** One segment of an outbound message with the TP-MR and TP-ST that the network gave. */
export const storyPart = z
  .object({
    part: z.int(),
    state: z.enum([
      'waiting',
      'submitting',
      'ambiguous',
      'accepted',
      'delivered',
      'undelivered',
      'rejected',
      'unresolved',
    ]),
    reference: z.int().nullable(),
    report_status: z.int().nullable(),
    submitted_at: timestamp.nullable(),
    accepted_at: timestamp.nullable(),
    reported_at: timestamp.nullable(),
    attempts: z.array(attempt),
  })
  .meta({ id: 'MessagePart' });
export type StoryPart = z.infer<typeof storyPart>;

/** What happened to a message, as `GET /v1/sms/{message_id}/events` tells it: oldest first. */
export const story = z
  .object({
    message_id: z.uuid(),
    events: z.array(
      z.object({
        at: timestamp,
        entry: z.string(),
        part: z.int().nullable(),
        detail: z.string().nullable(),
      }),
    ),
    parts: z.array(storyPart),
  })
  .meta({ id: 'MessageStory' });
export type Story = z.infer<typeof story>;

/** A field of a PDU, where its octets lie and what they mean. */
const span = z
  .object({
    field: z.string(),
    start: z.int(),
    end: z.int(),
    bits: z.object({ high: z.int(), low: z.int() }).optional(),
    hex: z.string(),
    value: z.string(),
    meaning: z.string(),
  })
  .meta({ id: 'PduSpan' });

/** A PDU of a message as `GET /v1/sms/{message_id}/pdus` explains it; `MO` went out, `MT` came in. */
export const messagePdu = z
  .object({
    direction: z.enum(['MO', 'MT']),
    part: z.int(),
    attempt: z.int().nullable(),
    pdu: z.string(),
    spans: z.array(span),
    problems: z.array(z.object({ field: z.string(), offset: z.int(), message: z.string() })),
  })
  .meta({ id: 'MessagePdu' });
export type MessagePdu = z.infer<typeof messagePdu>;
