import { z } from 'zod';
import { scope } from './key.ts';
import { timestamp } from './message.ts';

/** Who the caller is, as `GET /v1/session` tells: an API key, or a person's browser. */
export const session = z
  .object({
    kind: z.enum(['key', 'session']),
    id: z.string(),
    name: z.string().nullable(),
    scopes: z.array(scope),
    expires_at: timestamp.nullable(),
    gateway_version: z.string(),
  })
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof session>;
