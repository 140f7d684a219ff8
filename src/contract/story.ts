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

/**
 * One segment of a message: of one that went out with the TP-MR and TP-ST that the network gave, of one that came in with
 * the reference that its parts have in common.
 */
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
      'received',
      'missing',
    ]),
    reference: z.int().nullable(),
    report_status: z.int().nullable(),
    submitted_at: timestamp.nullable(),
    accepted_at: timestamp.nullable(),
    reported_at: timestamp.nullable(),
    /** Only of what came in: null where the part never came. */
    received_at: timestamp.nullable().optional(),
    attempts: z.array(attempt),
  })
  .meta({ id: 'MessagePart' });
export type StoryPart = z.infer<typeof storyPart>;

/**
 * Who handed a text in: a program with its API key, somebody at the pages, or a mail. `name` is the key's; the key of a
 * name that is null is no longer known.
 */
export const messageOrigin = z
  .object({
    kind: z.enum(['key', 'session', 'mail']),
    name: z.string().nullable(),
    idempotency_key: z.string().nullable(),
    batch: z.object({ batch_id: z.uuid(), name: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'MessageOrigin' });
export type MessageOrigin = z.infer<typeof messageOrigin>;

/** A modem that had to do with a message, as it was seen last: it may be gone by now. */
const storyModem = z.object({
  id: z.string(),
  manufacturer: z.string().nullable(),
  model: z.string().nullable(),
  forgotten: z.boolean(),
});

/** What a text can wait for. */
export const waitingWords = [
  'evidence',
  'queue_held',
  'disk',
  'sending_paused',
  'sim_paused',
  'batch_paused',
  'modem',
  'clock',
  'scheduled',
  'retry',
  'sim_blamed',
  'modem_trouble',
  'recipients',
  'window',
  'gap',
  'minute',
  'hour',
  'day',
  'month',
  'turn',
] as const;

/** Why a text has not left; `until` is null where that depends on no time. */
export const waiting = z
  .object({ reason: z.enum(waitingWords), message: z.string(), until: timestamp.nullable() })
  .meta({ id: 'Waiting' });
export type Waiting = z.infer<typeof waiting>;

/** What happened to a message, as `GET /v1/sms/{message_id}/events` tells it: oldest first. */
export const story = z
  .object({
    message_id: z.uuid(),
    /** Null for what came in. */
    origin: messageOrigin.nullable(),
    /** The modem that the last attempt was made with; null before the first. */
    modem: storyModem.nullable(),
    /** Null for what waits for nothing: it arrived, is in the modem's hands, or has come to its end. */
    waits: waiting.nullable(),
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
