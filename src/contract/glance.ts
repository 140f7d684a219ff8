import { z } from 'zod';
import { modemState } from './modem.ts';

/** A modem in one line of a menu. */
export const glancedModem = z.object({
  id: z.string(),
  /** The label of its SIM, else its number, model or port. */
  name: z.string(),
  state: modemState,
  operator: z.string().nullable(),
  /** From 0 to 4. */
  signal_bars: z.int().nullable(),
  queue_depth: z.int(),
  /** What a person must see to, in a sentence. */
  problem: z.string().nullable(),
});
export type GlancedModem = z.infer<typeof glancedModem>;

/** How the gateway stands, for a sign at the edge of the screen. */
export const glance = z.object({
  sending_paused: z.boolean(),
  /** Texts that have not left yet. */
  waiting: z.int(),
  modems: z.array(glancedModem),
});
export type Glance = z.infer<typeof glance>;

/** What a person should notice who looks at something else. */
export const personNotice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('received'), from: z.string().nullable(), body: z.string() }),
  z.object({ kind: z.literal('attention'), message: z.string() }),
]);
export type PersonNotice = z.infer<typeof personNotice>;
