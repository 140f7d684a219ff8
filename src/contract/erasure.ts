import { z } from 'zod';
import { numberList } from './number-list.ts';

/** What `POST /v1/erasures` takes: a person's number, or the name that an alphanumeric sender goes by. */
export const erasureRequest = z
  .strictObject({ number: z.string().trim().min(3, 'must have at least 3 characters').max(64) })
  .meta({ id: 'ErasureRequest' });

/** What was erased of one person. */
export const erasure = z
  .object({
    /** Messages that were emptied, among them those that were still waiting and were cancelled for it. */
    messages: z.int(),
    cancelled: z.int(),
    /** Messages of which a part has left and whose fate is not known yet: ask again later. */
    not_final: z.int(),
    /** Parts of long texts that were waiting for others, in either direction, delivery reports that matched nothing, and calls. */
    parts: z.int(),
    reports: z.int(),
    calls: z.int(),
    /** Lines of the AT logs. */
    log_lines: z.int(),
    /** Lists that the number still stands on, because somebody has to know it there. */
    lists: z.array(numberList),
  })
  .meta({ id: 'Erasure' });
export type Erasure = z.infer<typeof erasure>;
