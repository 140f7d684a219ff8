import { z } from 'zod';
import { e164 } from './phone-number.ts';

/** More than anybody needs to try things out. */
export const mostEmulated = 8;

/** What a phone of the emulated network does with a text. */
const behaviour = z.enum(['auto-reply', 'echo', 'switched-off', 'silent']);

/** The emulated modems as `GET /v1/emulation` shows them: how many there are, and phones to write to. */
export const emulation = z
  .object({
    modems: z.int(),
    phones: z.array(z.object({ number: e164, behaviour })),
  })
  .meta({ id: 'Emulation' });
export type EmulationView = z.infer<typeof emulation>;

/** What `POST /v1/emulation` takes. */
export const newEmulation = z
  .strictObject({
    modems: z
      .int()
      .min(1, 'must be at least 1')
      .max(mostEmulated, `must be at most ${mostEmulated}`)
      .default(2),
  })
  .meta({ id: 'NewEmulation' });
