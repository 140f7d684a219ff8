import { z } from 'zod';

/** What came of it that a person let Postern use the modems of this machine (`src/port-access`). */
export const accessOutcome = z.object({
  given: z.boolean(),
  sentence: z.string(),
  /** Lines for a terminal that do the same, where it could not be done. */
  commands: z.array(z.string()),
});
export type AccessOutcome = z.infer<typeof accessOutcome>;
