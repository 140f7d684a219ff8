import { z } from 'zod';

/** What a port is taken for before anybody has asked it. */
export const portUses = [
  'modem',
  'spare',
  'data',
  'closed',
  'of_modem',
  'bridge',
  'maybe',
  'no_modem',
  'built_in',
  'hidden',
] as const;

/** A serial port of this machine as `GET /v1/ports` shows it. */
export const port = z
  .object({
    path: z.string(),
    /** What it belongs to; null for a port that is built in. */
    device: z.string().nullable(),
    use: z.enum(portUses),
    /** Programs that have it open, as far as this one may see them. */
    held_by: z.array(z.object({ program: z.string(), pid: z.int() })),
  })
  .meta({ id: 'Port' });
export type PortView = z.infer<typeof port>;
