import { z } from 'zod';
import { timestamp } from './message.ts';

/** A delivery report that no text of this gateway was found for, as `GET /v1/reports/unmatched` shows it. */
export const unmatchedReport = z
  .object({
    report_id: z.int(),
    /** The SIM that it came to, and that SIM's number. */
    iccid: z.string().nullable(),
    number: z.string().nullable(),
    recipient: z.string().nullable(),
    /** TP-MR, the number that the modem gave to the text. */
    reference: z.int().nullable(),
    /** TP-ST, and what it means. */
    status: z.int().nullable(),
    state: z.enum(['delivered', 'pending', 'failed', 'expired']).nullable(),
    meaning: z.string().nullable(),
    /** When the service centre had the text, and when its fate was decided there. */
    service_centre_at: timestamp.nullable(),
    discharged_at: timestamp.nullable(),
    received_at: timestamp,
    pdu: z.string(),
  })
  .meta({ id: 'UnmatchedReport' });
export type UnmatchedReport = z.infer<typeof unmatchedReport>;
