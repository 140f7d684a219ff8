import { z } from 'zod';

/**
 * What an arriving message is, beside its text: `flash` is class 0, `waiting` says that something waits elsewhere
 * (voice mail, fax), `silent` is a Short Message Type 0, `data` is octets or bears application ports, `unreadable` is a
 * PDU that could not be read.
 */
export const messageKinds = ['text', 'flash', 'waiting', 'silent', 'data', 'unreadable'] as const;
export const messageKind = z.enum(messageKinds).meta({ id: 'MessageKind' });
export type MessageKind = z.infer<typeof messageKind>;

/** One message waiting indication (TS 23.038 4, TS 23.040 9.2.3.24.2). */
export const waitingIndication = z
  .object({
    type: z.enum(['voicemail', 'fax', 'email', 'other']),
    /** Whether something waits, or no longer. */
    active: z.boolean(),
    /** How many; null where the network does not say. */
    count: z.int().nullable(),
    /** Whether the network wants the text kept; one that is to be discarded raises no event. */
    store: z.boolean(),
  })
  .meta({ id: 'WaitingIndication' });
export type WaitingIndication = z.infer<typeof waitingIndication>;

/** Application ports (TS 23.040 9.2.3.24.3 and 9.2.3.24.4). */
export const applicationPorts = z.object({ destination: z.int(), source: z.int() });

/** What is shown of an arriving message beyond what every message has; all of it is absent where it does not apply. */
export const inboundParticulars = z.object({
  kind: messageKind.optional(),
  /** The sender as the network wrote it, where `from` is its international form. */
  raw_from: z.string().optional(),
  /** Its sender is not to be heard: it is kept, and raises no event. */
  blocked: z.boolean().optional(),
  waiting: z.array(waitingIndication).optional(),
  ports: applicationPorts.optional(),
  /** The message whose place this one takes (TS 23.040 9.2.3.9), and the one that took the place of this. */
  replaces: z.uuid().optional(),
  replaced_by: z.uuid().optional(),
});
export type InboundParticulars = z.infer<typeof inboundParticulars>;
