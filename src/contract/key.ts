import { z } from 'zod';
import { timestamp } from './message.ts';
import { defaultScopes, scopes } from './scope.ts';

export { covers, defaultScopes, type Scope, scopes } from './scope.ts';

export const scope = z.enum(scopes).meta({ id: 'Scope' });

/** An address, or a range of them in CIDR form, from which a key may be used. */
export const sourceAddress = z
  .union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
    error: 'must be an address such as 192.168.1.20, or a range such as 10.0.0.0/8',
  })
  .meta({ id: 'SourceAddress', example: '10.0.0.0/8' });

/** What a key is made from. */
export const newKey = z
  .strictObject({
    name: z.string().trim().min(1, 'must not be empty').max(100, 'must be at most 100 characters'),
    scopes: z
      .array(scope)
      .min(1, 'must name at least one scope')
      .max(20)
      .default([...defaultScopes]),
    /** From then on it is refused; `null`: never. */
    expires_at: z.iso.datetime({ offset: true }).nullable().default(null),
    /** Where it may be used from; none: from everywhere. */
    allowed_addresses: z.array(sourceAddress).max(50).default([]),
    /** How many requests it may make in a minute; `null`: as the gateway is set. */
    requests_per_minute: z.int().min(1).max(1_000_000).nullable().default(null),
  })
  .meta({ id: 'NewKey' });
export type NewKey = z.infer<typeof newKey>;

/** A key as it is listed: never the key itself, only its first characters. */
export const apiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(scope),
    created_at: timestamp,
    expires_at: timestamp.nullable(),
    allowed_addresses: z.array(z.string()),
    requests_per_minute: z.int().nullable(),
    last_used_at: timestamp.nullable(),
    request_count: z.int(),
    revoked_at: timestamp.nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKey>;

/** The answer to `POST /v1/keys`: the only one that ever holds the key itself. */
export const createdKey = apiKey.extend({ key: z.string() }).meta({ id: 'CreatedKey' });
export type CreatedKey = z.infer<typeof createdKey>;
