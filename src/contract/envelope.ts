import { z } from 'zod';

/** The envelope of one thing. */
export const one = <Data extends z.ZodType>(data: Data) => z.object({ success: z.literal(true), data });

export const pageMeta = z
  .object({ page: z.int(), per_page: z.int(), total: z.int(), total_pages: z.int() })
  .meta({ id: 'PageMeta' });
export type PageMeta = z.infer<typeof pageMeta>;

/** The envelope of a page of a list. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ success: z.literal(true), data: z.array(item), meta: pageMeta });
