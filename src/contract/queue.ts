import { z } from 'zod';
import { timestamp } from './message.ts';

/** What keeps texts from leaving or from ageing until a person has decided. */
export const queueState = z
  .object({
    /** A backup was restored: nothing leaves until what waited in it is released or discarded. */
    held: z.object({ since: timestamp, waiting: z.int(), message: z.string() }).nullable(),
    /** The clock of the machine is not believed: what goes by it waits. */
    clock: z.object({ since: timestamp, message: z.string() }).nullable(),
  })
  .meta({ id: 'QueueState' });
export type QueueState = z.infer<typeof queueState>;
