import { z } from 'zod';
import { type NumberList, numberLists } from './list-names.ts';
import { timestamp } from './message.ts';
import { recipient } from './phone-number.ts';

export { type NumberList, numberLists } from './list-names.ts';

export const numberList = z.enum(numberLists).meta({ id: 'NumberList' });

/** What can stand on the black and the white list: a number, a name, or the first digits of numbers and a `*`. */
const pattern = z
  .string()
  .trim()
  .regex(
    /^(?:\+?\d{1,19}\*|\+?[\d*#]{3,20}|(?=.*\p{L})[^*]{1,20})$/u,
    'must be a number such as +14155553000, a name, or the first digits of numbers such as +4915*',
  );

const note = z.string().max(200).nullable().default(null);

/** What `POST /v1/lists/{list}` takes. */
export const newListEntry = {
  blocked: z.strictObject({ number: pattern, note }),
  allowed: z.strictObject({ number: pattern, note }),
  'opted-out': z.strictObject({ number: recipient, note }),
} as const satisfies Record<NumberList, z.ZodType>;

/** An entry as it is shown; `source` tells whether a person put it there or a reply did. */
export const listEntry = z
  .object({
    number: z.string(),
    note: z.string().nullable(),
    source: z.enum(['person', 'reply']),
    created_at: timestamp,
  })
  .meta({ id: 'ListEntry' });
export type ListEntry = z.infer<typeof listEntry>;
