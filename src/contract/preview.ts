import { z } from 'zod';
import { sendRequest } from './message.ts';

/** What `POST /v1/sms/preview` takes: a text, and the number it would leave from where its cost is wanted. */
export const previewRequest = z
  .strictObject({
    body: sendRequest.shape.body,
    from: sendRequest.shape.from.optional(),
    to: sendRequest.shape.to.optional(),
  })
  .meta({ id: 'PreviewRequest' });
export type PreviewRequest = z.infer<typeof previewRequest>;

/** How a text would travel, as `POST /v1/sms/preview` tells. */
export const preview = z
  .object({
    encoding: z.enum(['gsm7', 'ucs2']),
    segment_count: z.int(),
    /** As a person counts them. */
    characters: z.int(),
    /** Septets of `gsm7` or UTF-16 units of `ucs2` that a segment holds. */
    units_per_segment: z.int(),
    /** What the last segment has left: characters of the usual kind. */
    characters_left: z.int(),
    /** Each character because of which it is `ucs2`, and where it stands first. */
    forced_by: z.array(z.object({ character: z.string(), index: z.int() })),
    /** Null within the SIM's allowance, where no price is set, or without `from`. */
    cost_usd: z.number().nullable(),
  })
  .meta({ id: 'Preview' });
export type Preview = z.infer<typeof preview>;
