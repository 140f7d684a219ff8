import { z } from 'zod';
import { timestamp } from './message.ts';

export const scopes = ['sms:send', 'sms:read', 'webhooks', 'admin'] as const;
export const scope = z.enum(scopes).meta({ id: 'Scope' });
export type Scope = z.infer<typeof scope>;

/** What a new key may do when nobody says. */
export const defaultScopes: readonly Scope[] = ['sms:send', 'sms:read'];

/** What a key is made from. */
export const newKey = z
  .strictObject({
    name: z.string().trim().min(1, 'must not be empty').max(100, 'must be at most 100 characters'),
    scopes: z
      .array(scope)
      .min(1, 'must name at least one scope')
      .default([...defaultScopes]),
  })
  .meta({ id: 'NewKey' });
export type NewKey = z.infer<typeof newKey>;

/** Whether somebody with the scopes `held` may do what needs `needed`; `admin` may do everything. */
export function covers(held: readonly Scope[], needed: Scope): boolean {
  return held.includes(needed) || held.includes('admin');
}

/** A key as it is listed: never the key itself, only its first characters. */
export const apiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(scope),
    created_at: timestamp,
    last_used_at: timestamp.nullable(),
    request_count: z.int(),
    revoked_at: timestamp.nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKey>;
